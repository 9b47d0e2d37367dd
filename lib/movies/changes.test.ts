import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { testDatabase } from "@/tests/support/database";
import { changesSince } from "./changes";
import { addMovie } from "./mutations";

let db: ReturnType<typeof testDatabase>;
const now = new Date("2026-01-01T00:00:00Z");
const say = ({ code }: { code: string }) => code;

beforeEach(() => {
  db = testDatabase();
  addMovie(db, {
    identity: { title: "The Long Lamp" },
    acquisition: {
      kind: "torrent",
      magnet: "magnet:?xt=urn:btih:secret-of-an-indexer",
      torrentFile: null,
      infoHashV1: "a".repeat(40),
      infoHashV2: null,
      name: "x",
      sizeBytes: null,
    },
    addedBy: null,
    now,
  });
});
afterEach(() => {
  db[Symbol.dispose]();
});

describe("what changed", () => {
  it("is told to an admin whole, to a member without downloads and jobs, and never twice", () => {
    const names = (isAdmin: boolean, since: Date) =>
      [...new Set(changesSince(db, since, { isAdmin, say }).map(({ event }) => event))].sort();
    expect(names(true, now)).toEqual(["download", "job", "movie"]);
    expect(names(false, now)).toEqual(["movie"]);
    expect(names(true, new Date(now.getTime() + 1))).toEqual([]);
  });

  it("holds no magnet", () => {
    expect(JSON.stringify(changesSince(db, now, { isAdmin: true, say }))).not.toContain("indexer");
  });
});
