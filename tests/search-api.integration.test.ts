import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as movieRoutes from "@/app/api/v1/movies/route";
import * as search from "@/app/api/v1/search/route";
import * as stream from "@/app/api/v1/search/stream/route";
import * as source from "@/app/api/v1/sources/[id]/route";
import * as sources from "@/app/api/v1/sources/route";
import * as test from "@/app/api/v1/sources/test/route";
import { downloads, settings } from "@/db/schema";
import { sealSession } from "@/lib/auth/session-token";
import { startSession } from "@/lib/auth/sessions";
import { reason } from "@/lib/errors";
import { saveHealth } from "@/lib/queue/health";
import type { SearchProgress, SearchView } from "@/lib/sources/schema";
import { addMovieRow } from "./support/library";
import { type TestSite, testSite } from "./support/site";
import { filmOf, films, imdbIdOf, titleOf } from "./upstreams/films";
import { indexerFailures, indexerKey, startIndexer } from "./upstreams/indexer";
import { type MovieApiOptions, startMovieApi } from "./upstreams/movie-api";

const token = "t".repeat(40);
const film = filmOf("tt7000001");
const title = titleOf(film);
let site: TestSite;
const closing: (() => Promise<void>)[] = [];
beforeEach(() => {
  site = testSite({ VIGILIO_API_TOKEN: token });
  const ok = { ok: true, detail: reason("health-ok") };
  const checks = { scheduler: ok, qbittorrent: ok, ffmpeg: ok, ffprobe: ok, disk: ok };
  saveHealth(site.db, checks, new Date());
});
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
  site[Symbol.dispose]();
});

interface Route {
  (request: Request, context: { params: Promise<Record<string, string>> }): Promise<Response>;
  spec: { method: string; path: string };
}

interface Call {
  params?: Record<string, string>;
  body?: unknown;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

function ask(route: Route, { params = {}, body, query, headers, signal }: Call = {}) {
  const url = `http://vigilio.test${route.spec.path}?${new URLSearchParams(query)}`;
  return route(
    new Request(url, {
      method: route.spec.method,
      headers: {
        ...{ authorization: `Bearer ${token}`, "content-type": "application/json" },
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    }),
    { params: Promise.resolve(params) },
  );
}

// biome-ignore lint/suspicious/noExplicitAny: what an answer holds is what the tests look at
async function call(route: Route, given: Call = {}): Promise<{ status: number; data: any }> {
  const answer = await ask(route, given);
  const text = await answer.text();
  return { status: answer.status, data: text === "" ? null : JSON.parse(text) };
}

/** Headers of somebody who is signed in on a device. */
async function signedIn(role: "admin" | "member" | "visitor") {
  const claims = startSession(site.db, {
    ...{ userId: site.user(role, role), sessionVersion: 1, userAgent: null, address: null },
    now: new Date(),
  });
  const cookie = `vigilio.session=${await sealSession(claims)}`;
  return { authorization: "Basic cHJveHk=", cookie, "sec-fetch-site": "same-origin" };
}

async function movieApi(options?: MovieApiOptions) {
  const api = await startMovieApi(options);
  closing.push(api.close);
  return api;
}

async function indexer(options: Parameters<typeof startIndexer>[0] = {}) {
  const started = await startIndexer(options);
  closing.push(started.close);
  const definition = { url: started.url, apiKey: indexerKey };
  return { ...started, definition };
}

const add = async (name: string, kind: "schema" | "torznab", definition: unknown) =>
  (await call(sources.POST, { body: { name, kind, definition } })).data.id as string;

const found = async (query: string, more: Call = {}) =>
  (await call(search.GET, { query: { query }, ...more })).data as SearchView;

/** Lines of the stream with when they came, in milliseconds from the question. */
async function lines(query: string, until: (progress: SearchProgress) => boolean = () => false) {
  const startedMs = performance.now();
  const leaving = new AbortController();
  const answer = await ask(stream.GET, { query: { query }, signal: leaving.signal });
  expect(answer.headers.get("content-type")).toMatch(/^application\/x-ndjson/);
  const read: { at: number; progress: SearchProgress }[] = [];
  let text = "";
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return read;
    text += decoder.decode(value, { stream: true });
    const parts = text.split("\n");
    text = parts.pop() ?? "";
    for (const part of parts) {
      read.push({ at: performance.now() - startedMs, progress: JSON.parse(part) });
    }
    if (read.some(({ progress }) => until(progress))) {
      await reader.cancel();
      leaving.abort();
      return read;
    }
  }
}

describe("sources", () => {
  it("are kept, changed, put in order and removed, and a key is never shown", async () => {
    const api = await movieApi();
    const jackett = await indexer();
    const first = await add("Movies", "schema", api.definition);
    const second = await add("Jackett", "torznab", jackett.definition);
    const listed = await call(sources.GET);
    expect(listed.data).toMatchObject({ total: 2, items: [{ id: first }, { id: second }] });
    expect(listed.data.items[1]).toMatchObject({ isKeySet: true, health: { state: "unknown" } });
    expect(JSON.stringify(listed.data)).not.toContain(indexerKey);

    const changed = await call(source.PATCH, {
      params: { id: second },
      body: { position: 0, definition: { url: jackett.url, categories: [2040] } },
    });
    expect(changed.data).toMatchObject({ position: 0, isKeySet: true });
    expect((await call(source.DELETE, { params: { id: first } })).status).toBe(204);
    expect((await call(source.DELETE, { params: { id: first } })).status).toBe(404);
    expect((await call(sources.GET)).data).toMatchObject({ total: 1 });
  });

  it("are refused with the place of what is wrong", async () => {
    const wrong = async (definition: object) =>
      call(sources.POST, { body: { name: "A", kind: "schema", definition } });
    const address = "https://films.example/?q=$" + "{searchInput}";
    const parsers = [{ key: "title", value: "movies.0.title" }];
    expect(await wrong({ version: 1, apiUrl: "https://films.example/", parsers })).toMatchObject({
      status: 422,
      data: { errors: { "definition.apiUrl": expect.stringContaining("searchInput") } },
    });
    const double = [...parsers, { key: "year", value: "movies.0..year" }];
    expect(await wrong({ version: 1, apiUrl: address, parsers: double })).toMatchObject({
      data: { errors: { "definition.parsers.1.value": expect.stringContaining("empty part") } },
    });
    const torznab = { name: "A", kind: "torznab", definition: { url: "nowhere" } };
    expect(await call(sources.POST, { body: torznab })).toMatchObject({
      data: { errors: { "definition.url": expect.any(String) } },
    });
    const tried = { kind: "schema", definition: { version: 1, apiUrl: address, parsers: [] } };
    expect(await call(test.POST, { body: { ...tried, query: "a" } })).toMatchObject({
      data: { errors: { "definition.parsers": expect.any(String) } },
    });
  });

  it("are for admins alone", async () => {
    const headers = await signedIn("member");
    for (const route of [sources.GET, sources.POST, test.POST]) {
      const body = route.spec.method === "GET" ? undefined : {};
      expect((await call(route, { headers, body })).status, route.spec.path).toBe(403);
    }
  });
});

describe("a test of a source", () => {
  it("shows what a schema makes of a sample, without asking anybody", async () => {
    const api = await movieApi();
    const response = { data: { movies: [{ title: "Night Bus", imdb_code: "tt0000042" }] } };
    const tried = { kind: "schema", definition: api.definition, response };
    expect(await call(test.POST, { body: tried })).toMatchObject({
      status: 200,
      data: {
        results: [{ title: "Night Bus", imdbId: "tt0000042", sources: [] }],
        problems: [expect.stringContaining("nothing to download")],
        elapsedMs: 0,
      },
    });
    expect(api.requests).toEqual([]);
    expect((await call(test.POST, { body: { ...tried, response: undefined } })).data).toMatchObject(
      { errors: { query: expect.any(String) } },
    );
  });

  it("asks, and says in words what went wrong; nothing is saved", async () => {
    const api = await movieApi();
    const tried = { kind: "schema", definition: api.definition, query: title };
    const { data } = await call(test.POST, { body: tried });
    expect(data).toMatchObject({ results: [{ title }], problems: [] });
    api.behave("page");
    expect((await call(test.POST, { body: tried })).data).toMatchObject({
      results: [],
      problems: [expect.stringContaining("web page")],
    });

    const jackett = await indexer();
    const asked = { kind: "torznab", definition: jackett.definition, query: title };
    const answer = await call(test.POST, { body: asked });
    expect(answer.data.results.length).toBeGreaterThan(0);
    expect(answer.data.results[0]).toMatchObject({ title: expect.any(String) });
    expect(JSON.stringify(answer.data)).not.toMatch(/magnet:|https?:|lamp0lamp1/);
    expect((await call(sources.GET)).data.total).toBe(0);
  });

  it("uses a stored key for the same server alone", async () => {
    const jackett = await indexer();
    const id = await add("Jackett", "torznab", jackett.definition);
    const elsewhere = await indexer();
    const tried = (url: string) => ({
      ...{ kind: "torznab", definition: { url }, query: title, sourceId: id },
    });
    const { data } = await call(test.POST, { body: tried(jackett.url) });
    expect(data.problems).toEqual([]);
    await call(test.POST, { body: tried(elsewhere.url) });
    expect(elsewhere.requests.map(({ url }) => url).join()).not.toContain(indexerKey);
  });
});

describe("a search", () => {
  it("puts together what all sources have, and shows no link and no key", async () => {
    const api = await movieApi();
    const jackett = await indexer();
    await add("Movies", "schema", api.definition);
    await add("Jackett", "torznab", jackett.definition);
    const movieId = addMovieRow(site.db, { title, imdbId: imdbIdOf(film) });
    const answer = await found(title);
    expect(answer.errors).toEqual([]);
    const [first] = answer.results;
    expect(first).toMatchObject({ title, imdbId: imdbIdOf(film), movieId });
    const named = new Set(first?.releases.map(({ sourceName }) => sourceName.split(":")[0]));
    expect(named.size).toBeGreaterThanOrEqual(1);
    expect(first?.releases[0]).toMatchObject({ quality: "1080p", ready: "at-once", minutes: 0 });
    const text = JSON.stringify(answer);
    expect(text).not.toMatch(/magnet:|127\.0\.0\.1|https?:/);
    expect(text).not.toContain(indexerKey);
  });

  it("by an IMDb id asks an indexer by it, and a schema by its text", async () => {
    const api = await movieApi();
    const jackett = await indexer();
    await add("Movies", "schema", api.definition);
    await add("Jackett", "torznab", jackett.definition);
    const answer = await found(`https://www.imdb.com/title/${imdbIdOf(film)}/`);
    expect(answer.results).toMatchObject([{ imdbId: imdbIdOf(film) }]);
    expect(jackett.requests.map(({ query }) => query.imdbid).filter(Boolean)).toEqual(["7000001"]);
    expect(api.requests[0]?.query.query_term).toBe(imdbIdOf(film));
    // What it can do is asked once a day.
    await found(imdbIdOf(film));
    expect(jackett.requests.filter(({ query }) => query.t === "caps")).toHaveLength(1);
  });

  it("is for members while the settings allow it, and never for visitors", async () => {
    const headers = await signedIn("member");
    expect((await call(search.GET, { query: { query: "a" }, headers })).status).toBe(200);
    const now = new Date();
    site.db
      .insert(settings)
      .values({ key: "membersMaySearch", value: false, updatedAt: now })
      .run();
    expect((await call(search.GET, { query: { query: "a" }, headers })).status).toBe(403);
    expect((await call(stream.GET, { query: { query: "a" }, headers })).status).toBe(403);
    const visitor = await signedIn("visitor");
    expect((await call(search.GET, { query: { query: "a" }, headers: visitor })).status).toBe(403);
    expect((await call(search.GET, { query: { query: " " } })).status).toBe(422);
    const nowhere = { query: "a", sourceId: "0123456789abcdef" };
    expect((await call(stream.GET, { query: nowhere })).status).toBe(404);
  });

  it("asks a source once for those who want to know the same", async () => {
    const api = await movieApi();
    await add("Movies", "schema", api.definition);
    const both = await Promise.all([found(title), found(title.toUpperCase())]);
    expect(both.map(({ results }) => results.length)).toEqual([1, 1]);
    expect(api.requests).toHaveLength(1);
  });

  it("names a source that rests, and does not ask it", async () => {
    const jackett = await indexer();
    await add("Jackett", "torznab", jackett.definition);
    jackett.fail(indexerFailures.throttled);
    expect((await found(title)).errors).toMatchObject([
      { name: "Jackett", detail: expect.stringContaining("pause") },
    ]);
    const asked = jackett.requests.length;
    expect((await found(title)).errors).toMatchObject([
      { detail: expect.stringContaining("again in 2 minutes") },
    ]);
    expect(jackett.requests).toHaveLength(asked);
  });

  it("of ten sources of which five are hostile gives the five good ones in time", async () => {
    const manners = ["hangs", "huge", "page", "into-the-cloud", "down"] as const;
    for (const manner of manners) {
      const api = await movieApi();
      api.behave(manner);
      await add(manner, "schema", api.definition);
    }
    const slowestMs = 1_000;
    for (let place = 0; place < 5; place += 1) {
      const api = await movieApi({ films: films.slice(0, place + 1) });
      if (place === 4) api.behave({ slowMs: slowestMs });
      await add(`good ${place}`, "schema", api.definition);
    }
    const read = await lines(title);
    const isGood = ({ waitingFor }: SearchProgress) =>
      !waitingFor.some((name) => name.startsWith("good"));
    const good = read.find(({ progress }) => isGood(progress));
    expect(good?.at).toBeLessThan(slowestMs + 1_000);
    expect(good?.progress.results).toMatchObject([{ title }]);
    const last = read.at(-1)?.progress;
    expect(last?.waitingFor).toEqual([]);
    expect(last?.results).toMatchObject([{ title }]);
    expect(
      Object.fromEntries(last?.errors.map(({ name, detail }) => [name, detail]) ?? []),
    ).toEqual({
      hangs: expect.stringContaining("too long"),
      huge: expect.stringContaining("5 MB"),
      page: expect.stringContaining("web page"),
      "into-the-cloud": expect.stringContaining("private network"),
      down: expect.stringContaining("Nothing answers"),
    });
    const { data } = await call(sources.GET);
    const states = data.items.map((one: { health: { state: string } }) => one.health.state);
    expect(states).toEqual([...Array(5).fill("failing"), ...Array(5).fill("ok")]);
  });

  it("is given up when its reader leaves, and that is no failure of a source", async () => {
    const hanging = await movieApi();
    hanging.behave("hangs");
    const good = await movieApi();
    await add("hanging", "schema", hanging.definition);
    await add("good", "schema", good.definition);
    const read = await lines(title, ({ results }) => results.length > 0);
    expect(read.at(-1)?.progress).toMatchObject({ waitingFor: ["hanging"], errors: [] });
    const { data } = await call(sources.GET);
    expect(data.items[0].health).toMatchObject({ failuresInRow: 0, state: "unknown" });
  });
});

describe("adding what was found", () => {
  const take = (resultId: string | undefined, more: object = {}) =>
    call(movieRoutes.POST, { body: { resultId, ...more } });

  it("fetches it at that moment, and knows its film", async () => {
    const api = await movieApi();
    await add("Movies", "schema", api.definition);
    const release = (await found(title)).results[0]?.releases[0];
    expect(api.requests).toHaveLength(1);
    const { status, data } = await take(release?.resultId);
    expect(status).toBe(201);
    expect(data.movie).toMatchObject({ imdbId: imdbIdOf(film), title });
    expect(data.download.sizeBytes).toBeGreaterThan(2 ** 30);
    expect(api.requests.at(-1)?.path).toMatch(/^\/torrent\/download\//);
    expect(await take(release?.resultId)).toMatchObject({
      status: 409,
      data: { movieId: data.movie.id },
    });
  });

  it.each([
    ["magnet", "jackett"],
    ["torrent", "jackett"],
    ["redirect", "prowlarr"],
  ] as const)("of an indexer by a %s (%s)", async (links, kind) => {
    const started = await indexer({ kind, links });
    await add("Indexer", "torznab", started.definition);
    const release = (await found(title)).results[0]?.releases[0];
    const { status, data } = await take(release?.resultId);
    expect(status).toBe(201);
    expect(data.movie.title).toBe(title);
    expect(JSON.stringify(data)).not.toContain(indexerKey);
    expect(site.db.select().from(downloads).all()).toHaveLength(1);
  });

  it("is another film when the person says so", async () => {
    const api = await movieApi();
    await add("Movies", "schema", api.definition);
    const release = (await found(title)).results[0]?.releases[0];
    const { data } = await take(release?.resultId, { imdbId: "tt7000009" });
    expect(data.movie.imdbId).toBe("tt7000009");
  });

  it("is refused in words", async () => {
    const api = await movieApi();
    await add("Movies", "schema", api.definition);
    const release = (await found(title)).results[0]?.releases[0];
    api.behave("page");
    expect(await take(release?.resultId)).toMatchObject({
      status: 422,
      data: { errors: { resultId: expect.stringContaining("sign-in") } },
    });
    expect(await take("0123456789abcdef")).toMatchObject({
      status: 422,
      data: { errors: { resultId: expect.stringContaining("Search again") } },
    });
    expect(await take(release?.resultId, { source: "magnet:?xt=urn:btih:a" })).toMatchObject({
      status: 422,
      data: { errors: { source: expect.any(String) } },
    });
  });
});
