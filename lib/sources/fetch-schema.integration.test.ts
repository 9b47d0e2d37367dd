import { afterEach, describe, expect, it } from "vitest";
import { UpstreamError } from "@/lib/errors";
import { type Film, films, imdbIdOf, titleOf } from "@/tests/upstreams/films";
import { type MovieApiStandIn, startMovieApi } from "@/tests/upstreams/movie-api";
import { releasesOf } from "@/tests/upstreams/releases";
import { type StandIn, startStandIn } from "@/tests/upstreams/server";
import { moviesOfRows } from "./coerce";
import { schemaDefinition } from "./definition";
import { askSchema, type SchemaQuestion, schemaUrl } from "./fetch-schema";

let open: Pick<StandIn, "close"> | undefined;

afterEach(async () => {
  await open?.close();
  open = undefined;
});

async function movieApi(options: Parameters<typeof startMovieApi>[0] = {}) {
  const standIn = await startMovieApi(options);
  open = standIn;
  return standIn;
}

const ask = (standIn: MovieApiStandIn, query: string, more: Partial<SchemaQuestion> = {}) =>
  askSchema({
    definition: schemaDefinition.parse(standIn.definition),
    ...{ query, privateHost: new URL(standIn.origin).host },
    ...more,
  });

async function faultOf(asked: Promise<unknown>): Promise<string> {
  const error = await asked.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UpstreamError);
  const { fault, reason, stack } = error as UpstreamError;
  expect(`${stack} ${JSON.stringify(error)}`).not.toMatch(/127\.0\.0\.1|secret/);
  return `${fault} ${reason.code}`;
}

const film = films[0] as Film;
const search = "$" + "{searchInput}";

describe("a movie service", () => {
  it("is asked by its schema, and gives films with releases", async () => {
    const standIn = await movieApi();
    const answer = await ask(standIn, "salt cartographer");
    expect(answer).toMatchObject({ problem: null });
    expect(answer.elapsedMs).toBeGreaterThanOrEqual(0);
    const { movies, problems } = moviesOfRows(answer.rows);
    expect(problems).toEqual([]);
    expect(movies).toMatchObject([
      {
        ...{ imdbId: imdbIdOf(film), title: titleOf(film), year: 2021 },
        releases: releasesOf(film).map(({ infoHash, quality, type, seeds }) => ({
          ...{ infoHash, quality, type, seeds },
          link: `${standIn.origin}/torrent/download/${infoHash.toUpperCase()}`,
        })),
      },
    ]);
    const sizes = movies[0]?.releases.map(({ sizeBytes }) => (sizeBytes ?? 0) / 1024 ** 3);
    expect(sizes?.[0]).toBeCloseTo(18.4, 1);
  });

  it("without hits has no rows", async () => {
    const standIn = await movieApi();
    expect(await ask(standIn, "nothing like it")).toMatchObject({ rows: [], problem: null });
  });

  it("is given the words as they were typed", async () => {
    const standIn = await movieApi({ links: "magnet" });
    for (const words of ["a&b=c#d", "50 %", "ışık ☂", `$& $1 ${search}`, "../..", "+"]) {
      await ask(standIn, words);
      expect(standIn.requests.at(-1)?.query.query_term).toBe(words);
    }
    await ask(standIn, "\ud800");
    expect(standIn.requests.at(-1)?.query.query_term).toBe("\ufffd");
  });

  it.each([
    ["hangs", "timeout source-timeout"],
    [{ slowMs: 2_000 }, "timeout source-timeout"],
    ["huge", "broken source-too-large"],
    ["huge-packed", "broken source-too-large"],
    ["page", "broken source-is-a-page"],
    ["into-the-cloud", "refused source-private-address"],
    ["down", "unreachable source-unreachable"],
  ] as const)("that behaves badly is a fault in words: %j", async (manner, code) => {
    const standIn = await movieApi();
    standIn.behave(manner);
    const timeoutMs = code.startsWith("timeout") ? 300 : 10_000;
    expect(await faultOf(ask(standIn, "salt", { timeoutMs }))).toBe(code);
    standIn.behave(manner === "hangs" ? { slowMs: 10 } : null);
    expect((await ask(standIn, "salt")).rows).not.toEqual([]);
  });

  it.each([
    [{ status: 401 }, "credentials source-credentials"],
    [{ status: 404, body: "{}" }, "not-found source-not-found"],
    [{ status: 429, headers: { "retry-after": "5" } }, "rate-limited source-rate-limited"],
    [{ status: 500, body: "{}" }, "broken source-broken"],
    [{ status: 503, body: "<!doctype html><p>Wait</p>" }, "broken source-is-a-page"],
    [{ status: 200, body: "" }, "broken source-empty"],
    [{ status: 200, body: '{"data": {"mov' }, "broken source-not-json"],
    [{ status: 200, body: "<rss/>" }, "broken source-not-json"],
  ])("that says no is a fault in words: %j", async (failure, code) => {
    const standIn = await movieApi();
    standIn.fail(failure);
    expect(await faultOf(ask(standIn, "salt"))).toBe(code);
  });

  it("may call its JSON anything, and begin with a mark", async () => {
    const standIn = await movieApi();
    const body = `\ufeff${JSON.stringify({ data: { movies: [{ title: "Lamp" }] } })}`;
    standIn.fail({ status: 200, headers: { "content-type": "text/html" }, body });
    expect((await ask(standIn, "lamp")).rows).toMatchObject([{ title: "Lamp" }]);
    standIn.fail({ status: 204 });
    expect((await ask(standIn, "lamp")).rows).toEqual([]);
  });

  it("in a private network is asked when an admin typed it alone", async () => {
    const standIn = await movieApi();
    expect(await faultOf(ask(standIn, "salt", { privateHost: null }))).toBe(
      "refused source-private-address",
    );
    expect(standIn.requests).toEqual([]);
  });
});

describe("a schema of version 2", () => {
  const definition = (origin: string, more: object = {}) =>
    schemaDefinition.parse({
      version: 2,
      apiUrl: `${origin}/find?kind=film&page=9`,
      headers: { "X-Api-Key": "secret", accept: "text/json" },
      query: { q: `movie ${search}`, sort: "seeds" },
      paging: { parameter: "page", start: 0, step: 10, pages: 4 },
      parsers: [{ key: "title", value: "films.0.name" }],
      ...more,
    });

  it("adds its query, headers and pages, until one is empty", async () => {
    const pages: Record<string, object> = {
      0: { films: [{ name: "One" }] },
      10: { films: [{ name: "Two" }] },
    };
    const standIn = await startStandIn(({ query }) => ({
      status: 200,
      body: pages[query.page ?? ""] ?? { films: [] },
    }));
    open = standIn;
    const asking = { query: "a&b", privateHost: new URL(standIn.origin).host };
    const { rows } = await askSchema({ definition: definition(standIn.origin), ...asking });
    expect(rows.map(({ title }) => title)).toEqual(["One", "Two"]);
    expect(standIn.requests.map(({ query }) => query)).toEqual(
      ["0", "10", "20"].map((page) => ({ kind: "film", q: "movie a&b", sort: "seeds", page })),
    );
    expect(standIn.requests[0]?.headers).toMatchObject({
      ...{ "x-api-key": "secret", accept: "text/json", "user-agent": "Vigilio" },
    });
    standIn.fail({ status: 200, body: pages[0] ? JSON.stringify(pages[0]) : "" }, { status: 500 });
    const half = await askSchema({ definition: definition(standIn.origin), ...asking });
    expect(half.rows.map(({ title }) => title)).toEqual(["One"]);
    expect(half.problem).toMatchObject({ service: "source", fault: "broken" });
  });

  it("ends its pages when they repeat, and when the time is over", async () => {
    const standIn = await startStandIn(() => ({ status: 200, body: { films: [{ name: "One" }] } }));
    open = standIn;
    const asking = { query: "one", privateHost: new URL(standIn.origin).host };
    const one = await askSchema({ definition: definition(standIn.origin), ...asking });
    expect(one.rows).toHaveLength(1);
    expect(standIn.requests).toHaveLength(2);
  });

  it("may have the words in the path", () => {
    const path = (query: string) =>
      schemaUrl(
        schemaDefinition.parse({
          ...{ version: 2, apiUrl: `https://films.example/find/${search}/all` },
          parsers: [{ key: "title", value: "films.0.name" }],
        }),
        query,
      ).href;
    expect(path("a/b c")).toBe("https://films.example/find/a%2Fb%20c/all");
    expect(path("..")).toBe("https://films.example/find/..%20/all");
  });
});
