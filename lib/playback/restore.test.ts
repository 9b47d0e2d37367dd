import { expect, it } from "vitest";
import { history, progress } from "@/db/schema";
import { testDatabase } from "@/tests/support/database";
import { addMovieRow, addPerson, libraryStart } from "@/tests/support/library";
import { removeProgress } from "./mutations";
import { restoreProgress } from "./restore";

it("puts a place back as it was, never over a newer one, and writes no history", () => {
  using db = testDatabase();
  const [userId, movieId] = [addPerson(db), addMovieRow(db, { title: "The Long Lamp" })];
  const place = { userId, movieId, positionSeconds: 600, durationSeconds: 5400 };
  restoreProgress(db, { ...place, updatedAt: libraryStart });
  expect(db.select().from(progress).all()).toMatchObject([{ ...place, updatedAt: libraryStart }]);

  restoreProgress(db, { ...place, positionSeconds: 5, updatedAt: libraryStart });
  expect(db.select().from(progress).get()?.positionSeconds).toBe(600);
  expect(db.select().from(history).all()).toEqual([]);

  removeProgress(db, { userId, movieId });
  expect(() =>
    restoreProgress(db, { ...place, movieId: "0".repeat(16), updatedAt: libraryStart }),
  ).toThrow("movie-unknown");
});
