import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { movies } from "@/db/schema";
import { testDatabase } from "@/tests/support/database";
import { addMovieRow, addPerson } from "@/tests/support/library";
import { readySince, removals } from "./ready";
import { record } from "./timeline";

let db: ReturnType<typeof testDatabase>;
const before = new Date("2026-01-01T00:00:00Z");
const now = new Date("2026-01-02T00:00:00Z");
const later = new Date("2026-01-03T00:00:00Z");

beforeEach(() => {
  db = testDatabase();
});
afterEach(() => {
  db[Symbol.dispose]();
});

/** A movie of which a version can be watched from a moment on; its id. */
function becomesReady(title: string, at: Date, addedBy: string | null = null): string {
  const id = addMovieRow(db, { title, addedBy, updatedAt: at });
  record(db, { movieId: id, versionId: "a", stage: "ready", state: "done", at });
  return id;
}

describe("movies that became ready", () => {
  it("are told once, to everybody, and to whoever added them as theirs", () => {
    const ada = addPerson(db, "ada");
    const id = becomesReady("The Lamp", now, ada);
    expect(readySince(db, now, ada)).toEqual([
      { event: "ready", data: { id, title: "The Lamp", mine: true } },
    ]);
    expect(readySince(db, now, "somebody")[0]?.data).toMatchObject({ mine: false });
    expect(readySince(db, later, ada)).toEqual([]);
  });

  it("are those that could not be watched before: no old ones, no further versions", () => {
    const old = becomesReady("Old", before);
    db.update(movies).set({ updatedAt: now }).where(eq(movies.id, old)).run();
    expect(readySince(db, now, "")).toEqual([]);
    record(db, { movieId: old, versionId: "b", stage: "ready", state: "done", at: now });
    expect(readySince(db, now, "")).toEqual([]);
    const binned = becomesReady("Gone", now);
    db.update(movies).set({ binnedAt: now }).where(eq(movies.id, binned)).run();
    expect(readySince(db, now, "")).toEqual([]);
  });
});

it("a movie that is gone is noticed, one that came is not", () => {
  const id = addMovieRow(db, { title: "The Lamp" });
  const look = removals(db);
  addMovieRow(db, { title: "Another" });
  expect(look()).toEqual([]);
  db.delete(movies).where(eq(movies.id, id)).run();
  expect(look()).toEqual([{ event: "movie", data: { removed: true } }]);
  expect(look()).toEqual([]);
});
