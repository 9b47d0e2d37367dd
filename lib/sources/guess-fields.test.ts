import { describe, expect, it } from "vitest";
import { filmOf, titleOf } from "@/tests/upstreams/films";
import { startMovieApi } from "@/tests/upstreams/movie-api";
import { moviesOfRows } from "./coerce";
import { schemaDefinition } from "./definition";
import { definitionOfDraft, draftOfDefinition, emptyDraft } from "./draft";
import { guessFields, magnetTemplate } from "./guess-fields";
import { schemaRows } from "./schema-rows";

const apiUrl = "https://films.example/?q=$" + "{searchInput}";

function pathsOf(answer: unknown): Record<string, string> {
  return Object.fromEntries(guessFields(answer).map(({ key, path }) => [key, path]));
}

/** What the guess makes of an answer, by the way that a search goes. */
function moviesOf(answer: unknown) {
  const definition = definitionOfDraft({ ...emptyDraft, apiUrl, fields: guessFields(answer) });
  return moviesOfRows(schemaRows(answer, schemaDefinition.parse(definition)));
}

const hash = "0123456789abcdef0123456789abcdef01234567";

describe("an answer's fields", () => {
  it("are all found in the answer of a movie service", async () => {
    const api = await startMovieApi();
    const answer = await (
      await fetch(api.apiUrl.replace(/\$\{.*\}/, encodeURIComponent(titleOf(filmOf("tt7000001")))))
    ).json();
    await api.close();
    const list = "data.movies.0.torrents|sources.0";
    expect(pathsOf(answer)).toMatchObject({
      title: "data.movies.0.title",
      imdbId: "data.movies.0.imdb_code",
      year: "data.movies.0.year",
      image: "data.movies.0.small_cover_image",
      source: `${list}.url`,
      quality: `${list}.quality`,
      type: `${list}.type`,
      seeds: `${list}.seeds`,
      hash: `${list}.hash`,
    });
    const { movies, problems } = moviesOf(answer);
    expect(movies[0]?.releases.length).toBeGreaterThan(1);
    expect(problems).toEqual([]);
  });

  it("are found where each row is a release, and a magnet is made of a hash", () => {
    const answer = [
      {
        id: "1",
        name: "Lantern.2019.1080p.WEB-DL.x264",
        info_hash: hash,
        seeders: "12",
        size: "1500000000",
        imdb: "tt7000001",
        added: "1719835200",
      },
      {
        id: "2",
        name: "Lantern.2019.720p.BluRay.x264",
        info_hash: hash,
        seeders: "3",
        size: "900000000",
        imdb: "tt7000001",
        added: "1719835200",
      },
    ];
    expect(pathsOf(answer)).toMatchObject({
      imdbId: "0.imdb",
      source: "0.info_hash",
      seeds: "0.seeders",
      size: "0.size",
    });
    expect(guessFields(answer).find(({ key }) => key === "source")?.template).toBe(magnetTemplate);
    const { movies } = moviesOf(answer);
    expect(movies[0]?.releases[0]).toMatchObject({
      infoHash: hash,
      seeds: 12,
      sizeBytes: 1_500_000_000,
    });
  });

  it("are found by what values are, whatever they are called", () => {
    const answer = {
      r: [
        {
          x: "tt7000001",
          title: "Lantern",
          d: "2019-05-01",
          dl: [{ m: `magnet:?xt=urn:btih:${hash}`, q: "1080p", k: "BluRay", z: "1.4 GB" }],
        },
      ],
    };
    expect(pathsOf(answer)).toEqual({
      title: "r.0.title",
      imdbId: "r.0.x",
      source: "r.0.dl|sources.0.m",
      quality: "r.0.dl|sources.0.q",
      type: "r.0.dl|sources.0.k",
      size: "r.0.dl|sources.0.z",
    });
  });

  it.each([[null], [[]], ["text"], [{}], [{ a: [1, 2] }], [[[1]]]])("are none in %j", (answer) => {
    expect(guessFields(answer)).toEqual([]);
  });
});

describe("a draft", () => {
  it("is version 1 until something needs version 2, and comes back as it went", () => {
    const plain = { ...emptyDraft, apiUrl, fields: [{ key: "title", path: "0.t" }] };
    expect(definitionOfDraft(plain)).toEqual({
      version: 1,
      apiUrl,
      parsers: [{ key: "title", value: "0.t" }],
    });
    const rich = {
      ...plain,
      fields: [
        { key: "title", path: "0.t" },
        { key: "seeds", path: "0.s", type: "number" as const },
      ],
      headers: [{ name: "X-Api-Key", text: "k" }],
      query: [{ name: "limit", text: "50" }],
      constants: [{ name: "type", text: "web" }],
      paging: { parameter: "page", start: 1, step: 1, pages: 2 },
    };
    for (const draft of [plain, rich]) {
      expect(draftOfDefinition(schemaDefinition.parse(definitionOfDraft(draft)))).toEqual(draft);
    }
  });
});
