import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { images, jobs, movieEdits, movies } from "@/db/schema";
import { testDatabase } from "@/tests/support/database";
import { addMovieRow, addPicture, libraryStart } from "@/tests/support/library";
import { rematch } from "./decide";
import { changeMovie, editedFields } from "./edits";
import { type MovieMetadata, saveMetadata } from "./metadata";
import { deleteMovie } from "./remove";
import { searchMovies } from "./search";

const now = new Date("2026-03-01T10:00:00Z");
let db: ReturnType<typeof testDatabase>;
let movieId: string;
let posterId: string;
beforeEach(() => {
  db = testDatabase();
  posterId = addPicture(db);
  movieId = addMovieRow(db, {
    ...{
      title: "The Long Lamp",
      releaseDate: "2019-03-01",
      releaseYear: 2019,
      tmdbId: 7,
      posterId,
    },
  });
});
afterEach(() => db[Symbol.dispose]());

const movie = () => {
  const row = db.select().from(movies).where(eq(movies.id, movieId)).get();
  if (!row) throw new Error("the movie is gone");
  return row;
};
const fetched = (change: Partial<MovieMetadata> = {}) =>
  saveMetadata(
    db,
    movieId,
    {
      ...{ imdbId: null, tmdbId: 7, title: "The Long Lamp", originalTitle: null },
      ...{ originalLanguage: "en", overview: null, tagline: null, releaseDate: "2019-03-01" },
      ...{ runtimeMinutes: null, score: null, voteCount: 0, certification: null },
      ...{ trailerUrl: null, genres: [], posterId, backdropId: null },
      ...{ cast: [], directors: [], writers: [] },
      ...change,
    },
    now,
  );
const found = (text: string) => searchMovies(db, text).nums.includes(movie().num);
const imageIds = () =>
  db
    .select()
    .from(images)
    .all()
    .map(({ id }) => id);

describe("what a person changed of a movie", () => {
  it("is what lists, search and order go by, and stays when its facts are fetched anew", () => {
    changeMovie(db, movieId, { title: "A Xylophone", year: 1972 }, now);
    const changed = { title: "A Xylophone", sortTitle: "xylophone", releaseYear: 1972 };
    expect(movie()).toMatchObject({ ...changed, releaseDate: "1972" });
    expect([found("xylophone"), found("long lamp")]).toEqual([true, false]);
    expect(editedFields(db, movieId)).toEqual(["title", "year"]);

    fetched({ title: "The Longest Lamp", releaseDate: "2020-05-05", overview: "A story." });
    expect(movie()).toMatchObject({ ...changed, releaseDate: "1972", overview: "A story." });
  });

  it("goes back to what TMDB says by now, without asking anybody", () => {
    changeMovie(db, movieId, { title: "Mine", year: 1972 }, now);
    fetched({ title: "The Longest Lamp", releaseDate: "2020-05-05" });
    changeMovie(db, movieId, { title: null }, now);
    expect(movie()).toMatchObject({ title: "The Longest Lamp", releaseYear: 1972 });
    changeMovie(db, movieId, { year: null }, now);
    expect(movie()).toMatchObject({ releaseYear: 2020, releaseDate: "2020-05-05" });
    expect(db.select().from(movieEdits).all()).toEqual([]);
    expect(found("longest")).toBe(true);
  });

  it("keeps the day of a year that is the same", () => {
    changeMovie(db, movieId, { year: 2019 }, now);
    expect(movie().releaseDate).toBe("2019-03-01");
  });

  it("may be the poster, which takes its own away when it goes", () => {
    const own = addPicture(db);
    changeMovie(db, movieId, { posterId: own }, now);
    expect(movie().posterId).toBe(own);
    const newer = addPicture(db);
    fetched({ posterId: newer });
    expect(movie().posterId).toBe(own);
    // The one that TMDB had before is nobody's any more.
    expect(imageIds().sort()).toEqual([newer, own].sort());
    changeMovie(db, movieId, { posterId: null }, now);
    expect(movie().posterId).toBe(newer);
    expect(imageIds()).toEqual([newer]);
    const leftovers = db.select().from(jobs).where(eq(jobs.kind, "remove-leftovers")).all();
    expect(
      leftovers.flatMap(({ payload }) => (payload as { imageIds: string[] }).imageIds),
    ).toEqual([posterId, own]);
  });

  it("keeps its own poster while TMDB's cannot be had", () => {
    const own = addPicture(db);
    changeMovie(db, movieId, { posterId: own }, now);
    // As the job does where the picture's host is down.
    fetched({ posterId: movie().posterId });
    changeMovie(db, movieId, { posterId: null }, now);
    expect(movie().posterId).toBe(posterId);
  });

  it("is forgotten when the movie turns out to be another film", () => {
    changeMovie(db, movieId, { title: "Mine", posterId: addPicture(db) }, now);
    rematch(db, movieId, 8, now);
    const other = addPicture(db);
    fetched({ tmdbId: 8, title: "Nine Bridges", posterId: other });
    expect(movie()).toMatchObject({ title: "Nine Bridges", posterId: other });
    expect(editedFields(db, movieId)).toEqual([]);
    expect(imageIds()).toEqual([other]);
  });

  it("leaves nothing behind when the movie is deleted", () => {
    changeMovie(db, movieId, { title: "Mine", posterId: addPicture(db) }, now);
    expect(imageIds()).toHaveLength(2);
    deleteMovie(db, movieId, now);
    expect(imageIds()).toEqual([]);
    expect(db.select().from(movieEdits).all()).toEqual([]);
  });

  it("is refused for a movie that is not there, or lies in the bin", () => {
    expect(() => changeMovie(db, "0".repeat(16), { title: "x" }, now)).toThrow("movie-unknown");
    db.update(movies).set({ binnedAt: libraryStart }).run();
    expect(() => changeMovie(db, movieId, { title: "x" }, now)).toThrow("movie-unknown");
  });
});

it("pictures that a movie had before go with a new description, unless another shows them", () => {
  const shared = addPicture(db, "backdrop");
  db.update(movies).set({ backdropId: shared }).run();
  addMovieRow(db, { title: "Another Lamp", backdropId: shared });
  const [poster, backdrop] = [addPicture(db), addPicture(db, "backdrop")];
  fetched({ posterId: poster, backdropId: backdrop });
  expect(imageIds().sort()).toEqual([shared, poster, backdrop].sort());
});
