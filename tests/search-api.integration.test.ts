import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as movieRoutes from "@/app/api/v1/movies/route";
import * as search from "@/app/api/v1/search/route";
import * as stream from "@/app/api/v1/search/stream/route";
import * as sources from "@/app/api/v1/sources/route";
import * as tests from "@/app/api/v1/sources/test/route";
import { downloads, settings, sources as sourceRows } from "@/db/schema";
import type { SearchProgress } from "@/lib/sources/schema";
import { addMovieRow } from "./support/library";
import { addSource, call, found, linesOf, searchSite } from "./support/search-site";
import { filmOf, films, imdbIdOf, titleOf } from "./upstreams/films";
import { indexerFailures, indexerKey } from "./upstreams/indexer";

const film = filmOf("tt7000001");
const title = titleOf(film);
let site: ReturnType<typeof searchSite>;
beforeEach(() => {
  site = searchSite();
});
afterEach(() => site[Symbol.asyncDispose]());

describe("a search", () => {
  it("puts together what all sources have, and shows no link and no key", async () => {
    const api = await site.movieApi();
    const jackett = await site.indexer();
    await addSource("Movies", "schema", api.definition);
    await addSource("Jackett", "torznab", jackett.definition);
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
    const api = await site.movieApi();
    const jackett = await site.indexer();
    await addSource("Movies", "schema", api.definition);
    await addSource("Jackett", "torznab", jackett.definition);
    const answer = await found(`https://www.imdb.com/title/${imdbIdOf(film)}/`);
    expect(answer.results).toMatchObject([{ imdbId: imdbIdOf(film) }]);
    expect(jackett.requests.map(({ query }) => query.imdbid).filter(Boolean)).toEqual(["7000001"]);
    expect(api.requests[0]?.query.query_term).toBe(imdbIdOf(film));
    // What it can do is asked once a day.
    await found(imdbIdOf(film));
    expect(jackett.requests.filter(({ query }) => query.t === "caps")).toHaveLength(1);
  });

  it("is for members while the settings allow it, and never for visitors", async () => {
    const headers = await site.signedIn("member");
    const visitor = await site.signedIn("visitor");
    expect((await call(search.GET, { query: { query: "a" }, headers })).status).toBe(200);
    expect((await call(search.GET, { query: { query: "a" }, headers: visitor })).status).toBe(403);
    const now = new Date();
    site.db
      .insert(settings)
      .values({ key: "membersMaySearch", value: false, updatedAt: now })
      .run();
    expect((await call(search.GET, { query: { query: "a" }, headers })).status).toBe(403);
    expect((await call(stream.GET, { query: { query: "a" }, headers })).status).toBe(403);
    expect((await call(search.GET, { query: { query: " " } })).status).toBe(422);
    const nowhere = { query: "a", sourceId: "0123456789abcdef" };
    expect((await call(stream.GET, { query: nowhere })).status).toBe(404);
  });

  it("asks a source once for those who want to know the same", async () => {
    const api = await site.movieApi();
    await addSource("Movies", "schema", api.definition);
    const both = await Promise.all([found(title), found(title.toUpperCase())]);
    expect(both.map(({ results }) => results.length)).toEqual([1, 1]);
    expect(api.requests).toHaveLength(1);
  });

  it("names a source that rests, and does not ask it", async () => {
    const jackett = await site.indexer();
    await addSource("Jackett", "torznab", jackett.definition);
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
      const api = await site.movieApi();
      api.behave(manner);
      await addSource(manner, "schema", api.definition);
    }
    const slowestMs = 1_000;
    for (let place = 0; place < 5; place += 1) {
      const api = await site.movieApi({ films: films.slice(0, place + 1) });
      if (place === 4) api.behave({ slowMs: slowestMs });
      await addSource(`good ${place}`, "schema", api.definition);
    }
    const read = await linesOf(title);
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

  it("never goes into the own network for a source that was copied from a gallery", async () => {
    const api = await site.movieApi();
    const id = await addSource("copied", "schema", api.definition);
    site.db.update(sourceRows).set({ galleryId: "a gallery" }).where(eq(sourceRows.id, id)).run();
    const answer = await found(title);
    expect(answer.results).toEqual([]);
    expect(answer.errors).toMatchObject([{ detail: expect.stringContaining("private network") }]);
    const tried = { kind: "schema", definition: api.definition, query: title, sourceId: id };
    const { data } = await call(tests.POST, { body: tried });
    expect(data.problems).toEqual([expect.stringContaining("private network")]);
    expect(api.requests).toEqual([]);
  });

  it("is given up when its reader leaves, and that is no failure of a source", async () => {
    const hanging = await site.movieApi();
    hanging.behave("hangs");
    const api = await site.movieApi();
    await addSource("hanging", "schema", hanging.definition);
    const good = { id: await addSource("good", "schema", api.definition) };
    const read = await linesOf(title, ({ results }) => results.length > 0);
    expect(read.at(-1)?.progress).toMatchObject({ waitingFor: ["hanging"], errors: [] });
    // A second later, when the good one may be asked again.
    await call(search.GET, { query: { query: title, sourceId: good.id } });
    const { data } = await call(sources.GET);
    expect(data.items[0].health).toMatchObject({ failuresInRow: 0, state: "unknown" });
  });
});

describe("adding what was found", () => {
  const take = (resultId: string | undefined, more: object = {}) =>
    call(movieRoutes.POST, { body: { resultId, ...more } });

  it("fetches it at that moment, and knows its film", async () => {
    const api = await site.movieApi();
    await addSource("Movies", "schema", api.definition);
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
    const started = await site.indexer({ kind, links });
    await addSource("Indexer", "torznab", started.definition);
    const release = (await found(title)).results[0]?.releases[0];
    const { status, data } = await take(release?.resultId);
    expect(status).toBe(201);
    expect(data.movie.title).toBe(title);
    expect(JSON.stringify(data)).not.toContain(indexerKey);
    expect(site.db.select().from(downloads).all()).toHaveLength(1);
  });

  it("is another film when the person says so", async () => {
    const api = await site.movieApi();
    await addSource("Movies", "schema", api.definition);
    const release = (await found(title)).results[0]?.releases[0];
    const { data } = await take(release?.resultId, { imdbId: "tt7000009" });
    expect(data.movie.imdbId).toBe("tt7000009");
  });

  it("is refused in words", async () => {
    const api = await site.movieApi();
    await addSource("Movies", "schema", api.definition);
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
