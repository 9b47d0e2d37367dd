import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, it } from "vitest";
import { UpstreamError } from "@/lib/errors";
import { type IndexerStandIn, indexerKey, startIndexer } from "@/tests/upstreams/indexer";
import type { TorznabCaps } from "./caps";
import { type IndexerConnection, indexerCaps, searchIndexer } from "./client";

let standIn: IndexerStandIn;
let connection: IndexerConnection;

beforeEach(async () => {
  standIn = await startIndexer();
  connection = {
    ...{ url: standIn.url, apiKey: indexerKey, categories: [2000] },
    privateHost: new URL(standIn.origin).host,
  };
});

afterEach(() => standIn.close());

/** For feeds whose capabilities were not recorded. */
const plain = { isAvailable: true, params: ["q"] };
const plainCaps: TorznabCaps = {
  ...{ suffix: "", title: null, pageSize: 100, categories: [] },
  ...{ search: plain, movieSearch: plain },
};

const question = { text: "The Salt Cartographer", year: 2021, imdbId: "tt7000001" };

it("throws nothing but UpstreamError, whatever bytes come", async () => {
  const caps = await indexerCaps(connection);
  const parts = fc.constantFrom(
    ...["<rss>", "</rss>", "<channel>", "</channel>", "<item>", "</item>", "<title>", "</title>"],
    ...["<error code='", "'/>", "<caps>", "</caps>", "<torznab:attr name='size' value='", "&#x"],
    ...["<![CDATA[", "]]>", "<!DOCTYPE", "[<!ENTITY a '", "'>]>", "&a;", "<!--", "\ufeff"],
    ...["<?xml encoding='utf-16'?>", "magnet:?xt=urn:btih:", "<link>", "</link>", "<__proto__>"],
    ...["<enclosure url='"],
  );
  const text = fc
    .array(fc.oneof(parts, fc.string({ unit: "binary", maxLength: 12 })), { maxLength: 40 })
    .map((all) => Buffer.from(all.join("")));
  const bytes = fc.uint8Array({ maxLength: 400 }).map((all) => Buffer.from(all));
  const status = fc.constantFrom(200, 200, 200, 404, 429, 500);
  await fc.assert(
    fc.asyncProperty(fc.oneof(text, bytes), status, async (body, code) => {
      standIn.failAlways({ status: code, body });
      for (const ask of [
        () => searchIndexer(connection, caps, question, { timeoutMs: 10_000 }),
        () => indexerCaps(connection),
      ]) {
        const thrown = await ask().then(
          () => null,
          (error: unknown) => error,
        );
        if (thrown !== null) expect(thrown).toBeInstanceOf(UpstreamError);
      }
    }),
    { numRuns: 150 },
  );
});

/** Feeds of real indexers, kept beside the project as in tests/upstreams/contracts.test.ts. */
const { VIGILIO_SHARED_DIR } = process.env;
const places = VIGILIO_SHARED_DIR ? [VIGILIO_SHARED_DIR] : ["../shared", "../../shared"];

it("takes what real indexers answered", async (context) => {
  const folder = places
    .map((place) => resolve(place, "contracts/samples/torznab"))
    .find(existsSync);
  if (!folder) return context.skip();
  const counts: Record<string, string> = {};
  for (const name of readdirSync(folder)) {
    standIn.failAlways({ status: 200, body: readFileSync(join(folder, name)) });
    const caps = await indexerCaps(connection).catch((error: UpstreamError) => error);
    const usable: TorznabCaps = caps instanceof Error ? plainCaps : caps;
    const asking = { ...connection, categories: [] };
    const found = await searchIndexer(asking, usable, question).catch((e: UpstreamError) => e);
    counts[name] = [
      caps instanceof Error ? caps.reason.code : `caps ${caps.movieSearch.isAvailable}`,
      found instanceof Error
        ? found.reason.code
        : `${found.items.length} ${found.problems.map(({ code, count }) => `${code} ${count}`)}`,
    ].join(", ");
  }
  const { "torznab_morethantv.xml": withoutLinks, ...others } = counts;
  // Its two links were made the same when it was recorded.
  expect(withoutLinks).toBe("torznab-not-a-feed, 1 ");
  expect(others).toEqual({
    "autobrr_caps.xml": "caps false, torznab-not-a-feed",
    "autobrr_prowlarr_movie.xml": "torznab-not-a-feed, 1 ",
    "newznab_caps.xml": "caps true, torznab-not-a-feed",
    "torznab_animetosho.xml": "torznab-not-a-feed, 2 ",
    "torznab_animetosho_caps.xml": "caps false, torznab-not-a-feed",
    "torznab_hdaccess_net.xml": "torznab-not-a-feed, 3 ",
    "torznab_tpb.xml": "torznab-not-a-feed, 3 ",
    "unauthorized.xml": "torznab-credentials, torznab-credentials",
  });
});
