import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { parseTorrentFile } from "@/lib/downloads/torrent-file";
import { films, imdbIdOf } from "./films";
import { type IndexerOptions, type IndexerStandIn, indexerKey, startIndexer } from "./indexer";
import { type MovieApiStandIn, startMovieApi } from "./movie-api";
import { releasesOf } from "./releases";

let open: Pick<IndexerStandIn | MovieApiStandIn, "close"> | undefined;

afterEach(() => open?.close());

/** A stand-in that takes what real indexers refuse would let mistakes of ours through. */
describe("the stand-in for indexers", () => {
  let origin = "";
  async function start(options: IndexerOptions) {
    const standIn = await startIndexer(options);
    open = standIn;
    origin = standIn.origin;
    return async (question: string, apikey = indexerKey, url = standIn.url) => {
      const response = await fetch(`${url}?apikey=${apikey}&${question}`, { redirect: "manual" });
      const { status, headers } = response;
      return { status, location: headers.get("location"), text: await response.text() };
    };
  }

  it.each([
    ["jackett", 200, '<error code="100"'],
    ["prowlarr", 401, ""],
    ["tracker", 200, '<error code="100"'],
  ] as const)("refuses a key as %s does", async (kind, status, part) => {
    const ask = await start({ kind });
    const url = kind === "prowlarr" ? `${origin}/1/api` : undefined;
    const refused = await ask("t=caps", "no", url);
    expect(refused).toMatchObject({ status, text: expect.stringContaining(part) });
    if (part === "") expect(refused.text).toBe("");
  });

  it("refuses what they can't read", async () => {
    const ask = await start({ kind: "jackett" });
    const codeOf = async (question: string) =>
      /<error code="(\d+)"/.exec((await ask(question)).text)?.[1];
    expect(await codeOf("t=movie&q=lamp&cat=movies")).toBe("900");
    expect(await codeOf("t=movie&imdbid=1")).toBe("201");
    expect(await codeOf("t=books")).toBe("202");
    expect(await codeOf("q=lamp")).toBe("200");
    expect(await codeOf(`t=movie&imdbid=${imdbIdOf(films[0] as (typeof films)[0])}`)).toBe(
      undefined,
    );
  });

  it("pages, and never mixes an id up with words", async () => {
    const ask = await start({ kind: "tracker" });
    const count = async (question: string) =>
      (await ask(question)).text.match(/<item>/g)?.length ?? 0;
    expect(await count("t=search&q=cartographer")).toBe(3);
    expect(await count("t=search&q=cartographer&limit=2&offset=2")).toBe(1);
    expect(await count("t=search&q=nothing")).toBe(0);
  });
});

describe("the stand-in for a movie service", () => {
  const { VIGILIO_SHARED_DIR } = process.env;
  const places = VIGILIO_SHARED_DIR ? [VIGILIO_SHARED_DIR] : ["../shared", "../../shared"];
  const sample = places
    .map((place) => resolve(place, "contracts/samples/search-sources/movieApi.json"))
    .find(existsSync);

  it("answers in the shape of the recorded answer", async (context) => {
    const standIn = await startMovieApi();
    open = standIn;
    const ask = async (words: string) =>
      (await fetch(standIn.apiUrl.replace("$" + "{searchInput}", words))).json();
    const answer = await ask("cartographer");
    const [movie] = answer.data.movies;
    const release = releasesOf(films[0] as (typeof films)[0])[0];
    expect(movie.torrents[0]).toMatchObject({ seeds: release?.seeds, quality: "2160p" });
    // The magnet and the .torrent are of the same.
    const torrent = await fetch(movie.torrents[0].url);
    expect(parseTorrentFile(Buffer.from(await torrent.arrayBuffer())).infoHashV1).toBe(
      release?.infoHash,
    );
    expect((await ask("nothing")).data).toEqual({ movie_count: 0, limit: 20, page_number: 1 });
    if (!sample) return context.skip();
    const recorded = JSON.parse(readFileSync(sample, "utf8"));
    const { trailers, ...fields } = recorded.data.movies[0];
    expect(Object.keys(movie)).toEqual(expect.arrayContaining(Object.keys(fields)));
    expect(Object.keys(movie.torrents[0])).toEqual(
      expect.arrayContaining(Object.keys(trailers[0])),
    );
  });
});
