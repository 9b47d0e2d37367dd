import { eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, it } from "vitest";
import { movies } from "@/db/schema";
import { setInList } from "@/lib/lists/mutations";
import { setWatched } from "@/lib/playback/mutations";
import { testDatabase } from "@/tests/support/database";
import { addMovieRow, addPerson } from "@/tests/support/library";
import type { Reader } from "./cards";
import { nextUpOf } from "./next-up";
import { similarMovies } from "./similar";

let db: ReturnType<typeof testDatabase>;
let reader: Reader;
let heat: string;
beforeEach(() => {
  db = testDatabase();
  reader = { userId: addPerson(db), say: () => "" };
  heat = addMovieRow(db, { title: "Heat", genreNames: ["Crime"] });
});
afterEach(() => db[Symbol.dispose]());

const next = async () => {
  const similar = () => similarMovies(db, heat, reader, 12);
  return (await nextUpOf(db, reader, { movieId: heat, similar }))?.title ?? null;
};
const list = (movieId: string, minute: number) =>
  setInList(db, { userId: reader.userId, movieId, inList: true, now: new Date(minute * 60_000) });
const see = (movieId: string) =>
  setWatched(db, { userId: reader.userId, movieId, watched: true, now: new Date() });

it("is what was put on the list last, can be watched and was not", async () => {
  const first = addMovieRow(db, { title: "First", genreNames: ["Western"] });
  const second = addMovieRow(db, { title: "Second" });
  list(first, 1);
  list(second, 2);
  list(heat, 3);
  list(addMovieRow(db, { title: "On its way", status: "downloading" }), 4);
  const binned = addMovieRow(db, { title: "Binned" });
  list(binned, 5);
  db.update(movies).set({ binnedAt: new Date() }).where(eq(movies.id, binned)).run();
  expect(await next()).toBe("Second");
  see(second);
  expect(await next()).toBe("First");
});

it("is something similar that was not watched when the list has nothing", async () => {
  expect(await next()).toBeNull();
  const seen = addMovieRow(db, { title: "Seen", genreNames: ["Crime"], score: 9 });
  addMovieRow(db, { title: "Unseen", genreNames: ["Crime"], score: 5 });
  expect(await next()).toBe("Seen");
  see(seen);
  expect(await next()).toBe("Unseen");
});
