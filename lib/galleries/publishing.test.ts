import { describe, expect, it } from "vitest";
import { sourceVotes } from "@/db/schema";
import { searchPlaceholder } from "@/lib/sources/definition";
import { createSource, updateSource } from "@/lib/sources/mutations";
import { testDatabase } from "@/tests/support/database";
import { ownEntries, publicIndex, publishable, publishedOf } from "./data";
import { digestOf } from "./digest";
import { countVote, publishSource, unpublishSource } from "./publishing";
import { voterOf } from "./voter";

const now = new Date("2026-11-01T20:00:00Z");
const hours = (count: number) => new Date(now.getTime() + count * 3_600_000);
const secret = "9f8a7c3d2e1b4f60";
const definition = {
  version: 2 as const,
  apiUrl: "https://films.example/?q=$" + "{searchInput}",
  headers: { "X-Api-Key": secret },
  query: { limit: "5" },
  parsers: [{ key: "title", value: "m.0.title" }],
};
type Db = ReturnType<typeof testDatabase>;

const add = (db: Db, name = "Lantern films", asked: object = definition) =>
  createSource(db, { name, kind: "schema", definition: asked, enabled: true, now });

const form = (sourceId: string, keys: Record<string, "remove" | "publish">) => ({
  ...{ sourceId, keys, digest: digestOf(definition), now },
  ...{ description: "Invented films", author: null, legalNote: "Public domain" },
});

function published(db: Db, keys: Record<string, "remove" | "publish"> = {}) {
  const sourceId = add(db);
  publishSource(db, form(sourceId, { "headers.X-Api-Key": "remove", ...keys }));
  return { sourceId, id: publishedOf(db, sourceId)?.id ?? "" };
}

describe("publishing", () => {
  it("asks about every value that looks like a key, and leaves out what it is told to", () => {
    using db = testDatabase();
    const sourceId = add(db);
    expect(() => publishSource(db, form(sourceId, {}))).toThrow(
      expect.objectContaining({
        fields: { "keys.headers.X-Api-Key": { code: "gallery-key-undecided" } },
      }),
    );
    expect(publicIndex(db, "Ada's").sources).toEqual([]);
    publishSource(db, form(sourceId, { "headers.X-Api-Key": "remove" }));
    const index = publicIndex(db, "Ada's");
    expect(index.sources).toMatchObject([
      { name: "Lantern films", description: "Invented films", schema: { query: { limit: "5" } } },
    ]);
    expect(JSON.stringify(index)).not.toContain(secret);
    publishSource(db, form(sourceId, { "headers.X-Api-Key": "publish" }));
    expect(JSON.stringify(publicIndex(db, "Ada's"))).toContain(secret);
  });

  it("does not publish what a source becomes later", () => {
    using db = testDatabase();
    const { sourceId } = published(db);
    const change = { definition: { ...definition, query: { token: "a-new-secret" } } };
    updateSource(db, { id: sourceId, change, now });
    expect(JSON.stringify(publicIndex(db, "A"))).not.toContain("a-new-secret");
    expect(ownEntries(db)[0]).toMatchObject({ state: "changed", keyCount: 2 });
    // A form that was opened before the change shows another source.
    const old = form(sourceId, { "headers.X-Api-Key": "publish", "query.token": "publish" });
    expect(() => publishSource(db, old)).toThrow("gallery-source-changed");
  });

  it("is for schemas alone, and tells nothing but what was chosen", () => {
    using db = testDatabase();
    const indexer = {
      ...{ name: "Indexer", kind: "torznab" as const, enabled: true, now },
      definition: { url: "http://jackett.home:9117/api", apiKey: secret, categories: [2000] },
    };
    const id = createSource(db, indexer);
    expect(publishable(db)).toEqual([]);
    expect(() => publishSource(db, form(id, {}))).toThrow("source-unknown");
    published(db);
    add(db, "Not for others");
    const text = JSON.stringify(publicIndex(db, "A"));
    expect(text).not.toMatch(/Indexer|jackett|Not for others/);
    const [entry] = publicIndex(db, "A").sources;
    expect(Object.keys(entry ?? {}).sort()).toEqual(
      "author description id legalNote name schema score".split(" "),
    );
  });

  it("keeps a value that the address can't do without only when it is published on purpose", () => {
    using db = testDatabase();
    const apiUrl = `https://films.example/${secret}/?q=${searchPlaceholder}`;
    const asked = { version: 1, apiUrl, parsers: definition.parsers };
    const sourceId = add(db, "Path", asked);
    const given = { ...form(sourceId, {}), digest: digestOf(asked) };
    expect(() => publishSource(db, { ...given, keys: { "address./0": "remove" } })).toThrow(
      "invalid-input",
    );
    publishSource(db, { ...given, keys: { "address./0": "publish" } });
    expect(publicIndex(db, "A").sources).toHaveLength(1);
  });

  it("is taken back with the votes", () => {
    using db = testDatabase();
    const { sourceId, id } = published(db);
    countVote(db, { publishedId: id, voter: "a", up: true, now });
    unpublishSource(db, sourceId);
    expect(publicIndex(db, "A")).toMatchObject({ sources: [], updatedAt: null });
    expect(db.select().from(sourceVotes).all()).toEqual([]);
    expect(() => unpublishSource(db, sourceId)).toThrow("source-unknown");
  });
});

describe("a vote", () => {
  it("counts once a day for a source from an address", () => {
    using db = testDatabase();
    const { id } = published(db);
    const vote = (voter: string, up: boolean, at = now) =>
      countVote(db, { publishedId: id, voter, up, now: at });
    expect(vote("a", true)).toEqual({ up: 1, down: 0 });
    expect(() => vote("a", false, hours(1))).toThrow(
      expect.objectContaining({ status: 429, retryAfterSeconds: 23 * 3600 }),
    );
    expect(() => vote("a", true, hours(23.9))).toThrow("gallery-voted");
    // What was refused counts nowhere.
    expect(vote("b", false, hours(23.9))).toEqual({ up: 1, down: 1 });
    expect(vote("a", true, hours(24))).toEqual({ up: 2, down: 1 });
    const other = published(db).id;
    expect(countVote(db, { publishedId: other, voter: "a", up: true, now: hours(24) }).up).toBe(1);
    expect(() => countVote(db, { publishedId: "0".repeat(16), voter: "a", up: true, now })).toThrow(
      "not-found",
    );
  });

  it("is kept without the address, and for a day", () => {
    using db = testDatabase();
    const { id } = published(db);
    const voter = voterOf(Buffer.from("key"), "address:192.0.2.7", id);
    countVote(db, { publishedId: id, voter, up: true, now });
    expect(JSON.stringify(db.select().from(sourceVotes).all())).not.toContain("192.0.2");
    countVote(db, { publishedId: id, voter: "b", up: true, now: hours(24) });
    expect(db.select().from(sourceVotes).all()).toHaveLength(1);
    expect(voterOf(Buffer.from("other"), "address:192.0.2.7", id)).not.toBe(voter);
    expect(voterOf(Buffer.from("key"), "address:192.0.2.7", "another")).not.toBe(voter);
  });
});
