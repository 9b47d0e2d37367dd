import { afterEach, describe, expect, it } from "vitest";
import { UpstreamError } from "@/lib/errors";
import { type Film, films, imdbIdOf, titleOf, tmdbIdOf } from "@/tests/upstreams/films";
import {
  type IndexerOptions,
  type IndexerStandIn,
  indexerFailures,
  indexerKey,
  startIndexer,
} from "@/tests/upstreams/indexer";
import { feedOf } from "@/tests/upstreams/indexer-feed";
import { releasesOf } from "@/tests/upstreams/releases";
import { type IndexerConnection, indexerCaps, searchIndexer } from "./client";

let standIn: IndexerStandIn;
let connection: IndexerConnection;

async function start(options: IndexerOptions = {}): Promise<void> {
  standIn = await startIndexer(options);
  connection = {
    ...{ url: standIn.url, apiKey: indexerKey, categories: [2000] },
    privateHost: new URL(standIn.origin).host,
  };
}

afterEach(() => standIn.close());

const film = films[0] as Film;
const question = { text: titleOf(film), year: 2021, imdbId: imdbIdOf(film) };

async function search(asked: Partial<Parameters<typeof searchIndexer>[2]> = {}) {
  const caps = await indexerCaps(connection);
  standIn.requests.length = 0;
  return searchIndexer(connection, caps, { ...question, ...asked });
}

/** What was asked, without what is the same each time. */
const asked = () =>
  standIn.requests.map(({ query: { apikey, cat, limit, extended, ...rest } }) => {
    expect({ apikey, cat }).toEqual({ apikey: indexerKey, cat: "2000" });
    return rest;
  });

async function faultOf(tried: Promise<unknown>): Promise<UpstreamError> {
  const error = await tried.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UpstreamError);
  const said = `${(error as Error).stack} ${JSON.stringify(error)}`;
  for (const secret of [indexerKey, "127.0.0.1", "passkey", "secret"]) {
    expect(said).not.toContain(secret);
  }
  return error as UpstreamError;
}

const codeOf = async (tried: Promise<unknown>) => {
  const { fault, reason } = await faultOf(tried);
  return `${fault} ${reason.code}`;
};

describe("a film", () => {
  it.each(["jackett", "prowlarr", "tracker"] as const)("is found at %s", async (kind) => {
    await start({ kind });
    const found = await search();
    expect(found).toMatchObject({ askedBy: "imdb-id", problems: [] });
    expect(asked()).toEqual([{ t: "movie", imdbid: imdbIdOf(film).slice(2) }]);
    const releases = releasesOf(film);
    expect(found.items).toMatchObject(
      releases.map(({ name, sizeBytes, seeds, publishedAt, site, magnet, infoHash }) => ({
        release: {
          ...{ name, sizeBytes, seeds, publishedAt },
          ...(kind === "prowlarr" ? {} : { link: magnet, infoHash }),
        },
        ...(kind === "tracker" ? { year: 2021 } : { imdbId: imdbIdOf(film), indexerName: site }),
        ...(kind === "jackett" ? { tmdbId: tmdbIdOf(film) } : {}),
      })),
    );
    if (kind === "prowlarr") expect(found.items[0]?.release).toMatchObject({ infoHash: null });
  });

  it("is asked for by its title when its id finds nothing or isn't known", async () => {
    await start();
    expect(await search({ imdbId: "tt0000001" })).toMatchObject({ askedBy: "text" });
    expect(asked()).toEqual([
      { t: "movie", imdbid: "0000001" },
      { t: "movie", q: "The Salt Cartographer 2021" },
    ]);
    const found = await search({ imdbId: null, year: null });
    expect(found.items).toHaveLength(3);
    expect(asked()).toEqual([{ t: "movie", q: "The Salt Cartographer" }]);
  });

  it("is asked for in the way that the indexer takes", async () => {
    await start({ caps: "without-ids" });
    expect((await search()).items).toHaveLength(3);
    expect(asked()).toEqual([{ t: "movie", q: "The Salt Cartographer 2021" }]);
    standIn.change({ caps: "without-movies" });
    expect((await search()).items).toHaveLength(3);
    expect(asked()).toEqual([{ t: "search", q: "The Salt Cartographer 2021" }]);
    standIn.change({ caps: "bare" });
    expect((await search()).items).toHaveLength(3);
    expect(asked()).toEqual([{ t: "movie", q: "The Salt Cartographer 2021" }]);
  });

  it("is asked for in another way when the indexer promised too much", async () => {
    await start();
    const caps = await indexerCaps(connection);
    standIn.change({ caps: "without-movies" });
    standIn.requests.length = 0;
    expect((await searchIndexer(connection, caps, question)).items).toHaveLength(3);
    expect(asked().map(({ t }) => t)).toEqual(["movie", "movie", "search"]);
  });

  it("of another id is not it, and one without an id may be", async () => {
    await start();
    const other = feedOf(films.slice(1, 3).flatMap(releasesOf), {
      ...{ kind: "jackett", links: "magnet", withoutSeeders: false, addressOf: () => "" },
    });
    const caps = await indexerCaps(connection);
    standIn.fail({ status: 200, body: other });
    const found = await searchIndexer(connection, caps, question);
    expect(found.askedBy).toBe("text");
    expect(found.items.every(({ imdbId }) => imdbId === imdbIdOf(film))).toBe(true);
    standIn.fail({ status: 200, body: other.replaceAll(/name="imdb(id)?"/g, 'name="none"') });
    const unnamed = await searchIndexer(connection, caps, question);
    expect(unnamed).toMatchObject({ askedBy: "imdb-id" });
    expect(unnamed.items).toHaveLength(6);
  });

  it("may be shared by nobody knows how many", async () => {
    await start({ withoutSeeders: true });
    expect((await search()).items.map(({ release }) => release.seeds)).toEqual([null, null, null]);
  });

  it("may not be there, which is no fault", async () => {
    await start();
    expect(await search({ text: "Nothing like it", imdbId: null })).toMatchObject({ items: [] });
  });

  it("is looked for on two pages at most, each release once", async () => {
    const many = releasesOf(film);
    const releases = () =>
      Array.from({ length: 130 }, (_, at) => {
        const magnet = `magnet:?xt=urn:btih:${String(at).padStart(40, "0")}`;
        return { ...(many[0] as (typeof many)[0]), name: `Lamp ${at}`, magnet };
      });
    await start({ films: [film], releases });
    expect((await search({ pages: 2 })).items).toHaveLength(130);
    expect(asked().map(({ offset }) => offset)).toEqual([undefined, "100"]);
    expect((await search()).items).toHaveLength(100);
    // An indexer that knows no offset.
    const caps = await indexerCaps(connection);
    const page = feedOf(releases().slice(0, 100), {
      ...{ kind: "tracker", links: "magnet", withoutSeeders: false, addressOf: () => "" },
    });
    standIn.failAlways({ status: 200, body: page });
    expect((await searchIndexer(connection, caps, { ...question, pages: 2 })).items).toHaveLength(
      100,
    );
  });
});

describe("an address", () => {
  it("is found as people paste it", async () => {
    await start({ kind: "prowlarr", pathPrefix: "/indexers" });
    expect(connection.url).toMatch(/\/indexers\/1\/$/);
    expect(await indexerCaps(connection)).toMatchObject({ suffix: "/api", title: "Stand-in" });
    const inside = { url: `${connection.url}api?apikey=${indexerKey}`, apiKey: null };
    expect(await indexerCaps({ ...connection, ...inside })).toMatchObject({ suffix: "" });
    expect((await search()).items).toHaveLength(3);
  });

  it("of Jackett alone means all of its indexers", async () => {
    await start({ kind: "jackett" });
    const caps = await indexerCaps({ ...connection, url: standIn.origin });
    expect(caps.suffix).toBe("/api/v2.0/indexers/all/results/torznab/api");
    expect(
      (await searchIndexer({ ...connection, url: standIn.origin }, caps, question)).items,
    ).toHaveLength(3);
  });

  it("that is none is refused in words", async () => {
    await start({ kind: "prowlarr" });
    const at = (url: string) => codeOf(indexerCaps({ ...connection, url }));
    expect(await at(`${standIn.origin}/0/api`)).toBe("refused torznab-test-feed");
    expect(await at("nothing")).toBe("refused torznab-address");
    expect(await at(`${standIn.origin}/settings`)).toBe("broken source-is-a-page");
    await standIn.close();
    expect(await at(`${standIn.origin}/1/`)).toBe("unreachable torznab-unreachable");
    await start({ kind: "tracker" });
    expect(await at(`${standIn.origin}/nowhere`)).toBe("not-found torznab-not-found");
    expect(await codeOf(indexerCaps({ ...connection, privateHost: null }))).toBe(
      "refused source-private-address",
    );
  });
});

describe("a fault", () => {
  it.each(["jackett", "prowlarr", "tracker"] as const)(
    "is a key that %s doesn't take",
    async (kind) => {
      await start({ kind });
      expect(await codeOf(indexerCaps({ ...connection, apiKey: "wrong" }))).toBe(
        "credentials torznab-credentials",
      );
    },
  );

  it.each([
    ["keyRefusedWith200", "credentials torznab-credentials"],
    ["keyRefusedWith401", "credentials torznab-credentials"],
    ["accountSuspended", "credentials torznab-credentials"],
    ["throttled", "rate-limited torznab-rate-limited"],
    ["switchedOff", "not-found torznab-disabled"],
    ["crashed", "broken torznab-broken"],
    ["limitReached", "quota torznab-quota"],
    ["empty", "broken source-empty"],
    ["page", "broken source-is-a-page"],
    ["cutOff", "broken torznab-cut-off"],
  ] as const)("is told by what came: %s", async (name, code) => {
    await start();
    const caps = await indexerCaps(connection);
    standIn.failAlways(indexerFailures[name]);
    expect(await codeOf(searchIndexer(connection, caps, question))).toBe(code);
  });

  it.each([
    [{ status: 500, body: "" }, "broken torznab-broken"],
    [
      { status: 503, headers: { "retry-after": "9" }, body: "" },
      "rate-limited torznab-rate-limited",
    ],
    [{ status: 403, body: "<html>Just a moment</html>" }, "broken source-is-a-page"],
    [{ status: 403, body: "" }, "credentials torznab-credentials"],
    [{ status: 404, body: "" }, "not-found torznab-not-found"],
    [{ status: 418, body: "" }, "refused torznab-refused"],
    [{ status: 200, body: "{}" }, "broken torznab-not-a-feed"],
    [{ status: 200, body: "<caps/>" }, "broken torznab-not-a-feed"],
    [{ status: 500, body: "<rss/>" }, "broken torznab-broken"],
    [{ status: 302, headers: { location: "magnet:?xt=1" } }, "broken source-redirect-elsewhere"],
    [{ status: 302, headers: { location: "http://10.0.0.1/" } }, "refused source-private-address"],
    [{ status: 200, headers: { "content-encoding": "gzip" }, body: "no" }, "broken source-garbled"],
    ["down" as const, "unreachable torznab-unreachable"],
  ])("is told by what came: %j", async (failure, code) => {
    await start({ caps: "without-ids" });
    const caps = await indexerCaps(connection);
    standIn.fail(failure);
    expect(await codeOf(searchIndexer(connection, caps, question))).toBe(code);
  });

  it("is an answer that is too large", async () => {
    await start();
    standIn.fail({ status: 200, body: " ".repeat(5 * 1024 ** 2 + 1) });
    expect(await codeOf(indexerCaps({ ...connection, url: `${connection.url}api` }))).toBe(
      "broken source-too-large",
    );
  });

  it("says when to come back", async () => {
    await start();
    const now = new Date("2026-01-01T00:00:00Z");
    standIn.fail(indexerFailures.throttled);
    const error = await faultOf(indexerCaps(connection, { now: () => now }));
    expect(error.options.retryAt).toEqual(new Date("2026-01-01T00:02:00Z"));
  });

  it("is an answer that doesn't come, or isn't waited for", async () => {
    await start();
    standIn.failAlways("slow");
    expect(await codeOf(indexerCaps(connection, { timeoutMs: 100 }))).toBe(
      "timeout torznab-timeout",
    );
    const giveUp = new AbortController();
    const tried = indexerCaps(connection, { signal: giveUp.signal });
    giveUp.abort(new Error("gone elsewhere"));
    await expect(tried).rejects.toThrow("gone elsewhere");
  });
});
