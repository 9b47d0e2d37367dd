import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { setInList } from "@/lib/lists/mutations";
import { listMovies } from "@/lib/movies/data";
import { movieListQuery } from "@/lib/movies/schema";
import { saveChapters } from "@/lib/versions/chapter-rows";
import { testDatabase } from "@/tests/support/database";
import { addMovieRow, addPerson, addPicture, addVersionRow } from "@/tests/support/library";
import { listHistory, progressOf } from "./data";
import {
  deleteHistory,
  deleteSitting,
  removeProgress,
  restoreSitting,
  saveProgress,
  setWatched,
} from "./mutations";
import { restoreProgress } from "./restore";
import { historyView } from "./schema";

let db: ReturnType<typeof testDatabase>;
let userId: string;
let other: string;
let movieId: string;
beforeEach(() => {
  db = testDatabase();
  userId = addPerson(db);
  other = addPerson(db);
  movieId = addMovieRow(db, { title: "Heat", posterId: addPicture(db) });
});
afterEach(() => db[Symbol.dispose]());

const evening = new Date("2026-03-01T20:00:00Z").getTime();
const at = (minutes: number) => new Date(evening + minutes * 60_000);
const save = (positionSeconds: number, minutes: number, args = {}) =>
  saveProgress(db, {
    ...{ userId, movieId, positionSeconds, durationSeconds: 7200, now: at(minutes) },
    ...args,
  });
const own = (person = userId) => {
  const query = movieListQuery.parse({ query: "heat" });
  const [card] = listMovies(db, query, { userId: person, say: () => "" }).items;
  return { position: card?.progress?.positionSeconds ?? null, watched: card?.watched };
};
const sittings = (person = userId) =>
  listHistory(db, { userId: person, page: 1, pageSize: 20 }).items;

describe("saveProgress", () => {
  it("keeps the place of each person for themselves", () => {
    save(600, 10);
    save(900, 15, { userId: other });
    expect(own()).toEqual({ position: 600, watched: false });
    expect(own(other)).toEqual({ position: 900, watched: false });
    expect(progressOf(db, { userId, movieId })).toEqual({
      positionSeconds: 600,
      durationSeconds: 7200,
      updatedAt: at(10).toISOString(),
      earlier: [],
    });
  });

  it("does not lose the place, nor write history, when a player is opened at the beginning", () => {
    save(4000, 60);
    save(0, 600);
    save(30, 601);
    expect(own().position).toBe(4000);
    expect(sittings()).toMatchObject([{ lastWatchedAt: at(60).toISOString() }]);
  });

  it("marks a film as watched near its end and has nothing to continue then", () => {
    save(4000, 60);
    save(6900, 110);
    expect(own()).toEqual({ position: null, watched: true });
    expect(progressOf(db, { userId, movieId })).toEqual({
      positionSeconds: 0,
      durationSeconds: 0,
      updatedAt: null,
      earlier: [{ positionSeconds: 6900, leftAt: at(110).toISOString() }],
    });
    expect(sittings()).toMatchObject([{ finished: true, positionSeconds: 6900 }]);
    // The last report of a player that is closed during the credits.
    save(7100, 111);
    expect(sittings()).toHaveLength(1);
  });

  it("writes one row per sitting", () => {
    save(600, 0);
    save(1200, 10);
    save(1300, 300);
    save(1400, 1000);
    const rows = sittings();
    for (const row of rows) historyView.parse(row);
    expect(rows.map((row) => [row.startedAt, row.lastWatchedAt, row.positionSeconds])).toEqual([
      [at(1000).toISOString(), at(1000).toISOString(), 1400],
      [at(0).toISOString(), at(300).toISOString(), 1300],
    ]);
    expect(rows[0]).toMatchObject({
      title: "Heat",
      posterUrl: expect.stringMatching(/^\/images\/[0-9a-f]{16}\/342\.webp$/),
    });
  });

  it("knows no movie that is not there, or lies in the bin", () => {
    const gone = addMovieRow(db, { title: "Gone", binnedAt: at(0) });
    expect(() => save(600, 0, { movieId: "0".repeat(16) })).toThrow("movie-unknown");
    expect(() => save(600, 0, { movieId: gone })).toThrow("movie-unknown");
    expect(() => setWatched(db, { userId, movieId: gone, watched: true, now: at(0) })).toThrow(
      "movie-unknown",
    );
  });
});

describe("several devices", () => {
  it("never lose a newer place to an older one that arrives late", () => {
    save(3000, 60);
    save(600, 61, { ageSeconds: 1800 });
    expect(own().position).toBe(3000);
    save(900, 62, { ageSeconds: 30 });
    expect(own().position).toBe(900);
    expect(progressOf(db, { userId, movieId }).updatedAt).toBe(at(61.5).toISOString());
  });

  it("do not bring back a film that another one has finished since", () => {
    save(6900, 100);
    save(3000, 101, { ageSeconds: 3600 });
    expect(own()).toEqual({ position: null, watched: true });
    save(3000, 102);
    expect(own()).toEqual({ position: 3000, watched: true });
  });

  it("are heard again when the server's clock was ahead for a while", () => {
    save(3000, 1_000_000);
    save(3100, 60);
    expect(own().position).toBe(3100);
  });
});

describe("places before a jump", () => {
  const places = () =>
    progressOf(db, { userId, movieId }).earlier.map(({ positionSeconds }) => positionSeconds);
  /** Watches for some minutes, with a report in each. */
  const watch = (fromSeconds: number, minute: number, minutes = 2) => {
    for (let passed = 0; passed <= minutes; passed++) {
      save(fromSeconds + passed * 60, minute + passed);
    }
  };

  it("are kept when somebody starts over and leaves again", () => {
    watch(4000, 0);
    save(3, 100);
    expect(places()).toEqual([]);
    watch(121, 101);
    expect(own().position).toBe(241);
    expect(places()).toEqual([4120]);
  });

  it("are three at most, the newest first, and none is there twice", () => {
    for (const [at, from] of [1000, 2500, 4000, 5500, 300].entries()) watch(from, at * 10);
    expect(places()).toEqual([5620, 4120, 2620]);
    watch(4000, 100);
    watch(300, 110);
    expect(places()).toEqual([4120, 420, 5620]);
  });

  it("are not what is passed on the way", () => {
    watch(1000, 0);
    for (const [at, position] of [2000, 3000, 4000, 5000].entries()) save(position, 2.1 + at / 60);
    expect(places()).toEqual([1120]);
  });

  it("hold the end of a film that counts as watched before it, until that is seen", () => {
    watch(6300, 0, 4);
    expect(own()).toEqual({ position: null, watched: true });
    expect(places()).toEqual([6540]);
    save(7190, 20);
    expect(places()).toEqual([]);
  });

  it("hold where somebody was who slipped to the end", () => {
    watch(3000, 0);
    save(7190, 2.1);
    expect(own().watched).toBe(true);
    expect(places()).toEqual([3120]);
  });

  it("are of one person, and go when they ask for it", () => {
    watch(4000, 0);
    watch(300, 10);
    expect(progressOf(db, { userId: other, movieId }).earlier).toEqual([]);
    removeProgress(db, { userId, movieId });
    expect(places()).toEqual([]);
    watch(4000, 20);
    watch(300, 30);
    deleteHistory(db, { userId });
    expect(places()).toEqual([]);
  });
});

describe("credits", () => {
  it("make a film watched where a chapter says that they begin", () => {
    const version = addVersionRow(db, { movieId, durationSeconds: 7200 });
    const chapter = (startSeconds: number, title: string) => ({
      ...{ startSeconds, title, endSeconds: startSeconds + 60 },
    });
    saveChapters(db, version, [chapter(0, "Opening"), chapter(6000, "End credits")], at(0));
    save(5990, 10);
    expect(own().watched).toBe(false);
    save(6005, 11);
    expect(own().watched).toBe(true);
    // A shorter cut has credits of its own.
    const cut = addMovieRow(db, { title: "Heat again" });
    save(6005, 12, { movieId: cut, durationSeconds: 6900 });
    expect(progressOf(db, { userId, movieId: cut }).positionSeconds).toBe(6005);
  });
});

describe("watched, continue watching and history", () => {
  it("are marked and unmarked by hand", () => {
    save(600, 0);
    setWatched(db, { userId, movieId, watched: true, now: at(1) });
    setWatched(db, { userId, movieId, watched: true, now: at(2) });
    expect(own()).toEqual({ position: null, watched: true });
    expect(own(other).watched).toBe(false);
    setWatched(db, { userId, movieId, watched: false, now: at(3) });
    expect(own()).toEqual({ position: null, watched: false });
    expect(sittings()).toHaveLength(1);
  });

  it("are taken out of continue watching for that person alone", () => {
    save(600, 0);
    save(600, 0, { userId: other });
    removeProgress(db, { userId, movieId });
    expect([own().position, own(other).position]).toEqual([null, 600]);
    expect(sittings()).toHaveLength(1);
  });

  it("are deleted from history one by one or all, of that person alone", () => {
    const second = addMovieRow(db, { title: "Second" });
    for (const person of [userId, other]) {
      save(600, 0, { userId: person });
      save(600, 5, { userId: person, movieId: second });
      save(700, 2000, { userId: person });
    }
    expect(listHistory(db, { userId, page: 2, pageSize: 2 })).toMatchObject({
      items: [{ positionSeconds: 600, movieId }],
      total: 3,
    });
    deleteHistory(db, { userId, movieId });
    expect(sittings().map((row) => row.title)).toEqual(["Second"]);
    deleteHistory(db, { userId });
    expect([sittings().length, sittings(other).length]).toEqual([0, 3]);
    expect(own().position).toBe(700);
  });
});

describe("what is taken back", () => {
  it("stands where it stood, and is nobody else's to give", () => {
    save(600, 0);
    save(900, 600);
    const [newest, oldest] = sittings();
    const id = Number(oldest?.id);
    expect(deleteSitting(db, { userId: other, id })).toBeNull();
    const removed = deleteSitting(db, { userId, id });
    expect(sittings()).toEqual([newest]);
    if (!removed) throw new Error("nothing was removed");
    restoreSitting(db, { userId, ...removed });
    restoreSitting(db, { userId, ...removed });
    expect(sittings()).toEqual([newest, oldest]);
    expect(sittings(other)).toEqual([]);
    expect(deleteSitting(db, { userId, id: 999 })).toBeNull();
  });

  it("goes on where it was stopped, unless more was watched since", () => {
    save(600, 0);
    const removed = removeProgress(db, { userId, movieId });
    expect(removed).toEqual({ positionSeconds: 600, durationSeconds: 7200, updatedAt: at(0) });
    expect(removeProgress(db, { userId, movieId })).toBeNull();
    if (!removed) throw new Error("nothing was removed");
    restoreProgress(db, { userId, movieId, ...removed });
    expect(progressOf(db, { userId, movieId })).toMatchObject({ positionSeconds: 600 });
    save(900, 1);
    restoreProgress(db, { userId, movieId, ...removed });
    expect(own().position).toBe(900);
  });

  it("can be gone on with from the newest sitting alone, while there is something to play", () => {
    save(600, 0);
    save(900, 600);
    const resumable = () => sittings().map(({ canResume }) => canResume);
    expect(resumable()).toEqual([false, false]);
    addVersionRow(db, { movieId });
    expect(resumable()).toEqual([true, false]);
    save(7200, 601);
    expect(resumable()).toEqual([false, false]);
  });
});

describe("setInList", () => {
  const mine = () =>
    listMovies(db, movieListQuery.parse({ list: "mine" }), { userId, say: () => "" }).items.map(
      (card) => card.title,
    );

  it("puts a movie on the list once, where it keeps its place, and takes it off", () => {
    const second = addMovieRow(db, { title: "Second" });
    setInList(db, { userId, movieId, inList: true, now: at(0) });
    setInList(db, { userId, movieId: second, inList: true, now: at(1) });
    setInList(db, { userId, movieId, inList: true, now: at(2) });
    expect(mine()).toEqual(["Second", "Heat"]);
    setInList(db, { userId, movieId: second, inList: false, now: at(3) });
    setInList(db, { userId: other, movieId, inList: false, now: at(3) });
    setInList(db, { userId, movieId: second, inList: false, now: at(3) });
    expect(mine()).toEqual(["Heat"]);
    const listedAt = setInList(db, { userId, movieId, inList: false, now: at(4) });
    setInList(db, { userId, movieId: second, inList: true, now: at(5) });
    setInList(db, { userId, movieId, inList: true, now: at(6), listedAt });
    expect(mine()).toEqual(["Second", "Heat"]);
    expect(() =>
      setInList(db, { userId, movieId: "0".repeat(16), inList: true, now: at(0) }),
    ).toThrow("movie-unknown");
  });
});
