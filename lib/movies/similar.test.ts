import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { credits, movieGenres, movies, people } from "@/db/schema";
import { testDatabase } from "@/tests/support/database";
import { addMovieRow, addPerson, countStatements } from "@/tests/support/library";
import type { Reader } from "./cards";
import { similarMovies } from "./similar";

let db: ReturnType<typeof testDatabase>;
let reader: Reader;
beforeEach(() => {
  db = testDatabase();
  reader = { userId: addPerson(db), say: () => "" };
});
afterEach(() => db[Symbol.dispose]());

let lastPerson = 0;
const person = (name: string) => {
  lastPerson += 1;
  db.insert(people).values({ id: lastPerson, name }).run();
  return lastPerson;
};
const credit = (
  movieId: string,
  personId: number,
  kind: "cast" | "director" | "writer" = "cast",
  position = 0,
) => db.insert(credits).values({ movieId, personId, kind, position }).run();

const film = (title: string, genreNames: string[], row: Partial<typeof movies.$inferInsert> = {}) =>
  addMovieRow(db, {
    title,
    genreNames,
    releaseDate: "2000-06-01",
    releaseYear: 2000,
    score: 7,
    ...row,
  });
const titles = (movieId: string, limit = 10) =>
  similarMovies(db, movieId, reader, limit).map(({ title }) => title);

describe("similarMovies", () => {
  it("puts first what shares more genres", () => {
    const heat = film("Heat", ["Crime", "Drama", "Thriller"]);
    film("One", ["Crime", "Comedy", "Family"]);
    film("Two", ["Crime", "Drama"]);
    film("Three", ["Crime", "Drama", "Thriller"]);
    film("None", ["Western"]);
    expect(titles(heat)).toEqual(["Three", "Two", "One"]);
  });

  it("puts a film of the same director before one of the same genre", () => {
    const mann = person("A director");
    const heat = film("Heat", ["Crime", "Drama"]);
    credit(heat, mann, "director");
    film("Same genre", ["Crime", "Comedy"]);
    credit(film("Same director", ["Western"]), mann, "director");
    expect(titles(heat)).toEqual(["Same director", "Same genre"]);
  });

  it("looks at those whose names stand on the poster, not at a passer-by", () => {
    const [star, passer] = [person("A star"), person("A passer-by")];
    const heat = film("Heat", []);
    credit(heat, star, "cast", 0);
    credit(heat, passer, "cast", 40);
    credit(film("With the star", []), star);
    credit(film("With the passer-by", []), passer);
    expect(titles(heat)).toEqual(["With the star"]);
  });

  it("prefers the same time and the better score where the rest is the same", () => {
    const heat = film("Heat", ["Crime"]);
    film("Far", ["Crime"], { releaseDate: "1960-01-01", releaseYear: 1960 });
    film("Near", ["Crime"], { releaseDate: "1999-01-01", releaseYear: 1999 });
    film("Near and good", ["Crime"], { releaseDate: "1999-01-01", releaseYear: 1999, score: 9 });
    expect(titles(heat)).toEqual(["Near and good", "Near", "Far"]);
  });

  it("offers only what can be played, and never the film itself", () => {
    const heat = film("Heat", ["Crime"]);
    film("Downloading", ["Crime"], { status: "downloading" });
    film("In the bin", ["Crime"], { binnedAt: new Date() });
    film("Ready", ["Crime"]);
    expect(titles(heat)).toEqual(["Ready"]);
    expect(titles("0000000000000000")).toEqual([]);
    expect(titles(film("Unknown", []))).toEqual([]);
  });

  it("gives as many as are asked for", () => {
    const heat = film("Heat", ["Crime"]);
    for (let at = 0; at < 5; at++) film(`Film ${at}`, ["Crime"]);
    expect(titles(heat, 3)).toHaveLength(3);
  });

  it("takes a moment in a library of 10,000", () => {
    const first = film("Heat", ["Crime", "Drama"]);
    const director = person("A director");
    credit(first, director, "director");
    const [crime, drama] = [1, 2];
    db.transaction((tx) => {
      for (let at = 0; at < 10_000; at++) {
        const id = at.toString(16).padStart(16, "0");
        const releaseYear = 1950 + (at % 75);
        tx.insert(movies)
          .values({
            ...{ id, title: `Film ${at}`, sortTitle: `film ${at}`, releaseYear },
            ...{ releaseDate: `${releaseYear}-01-01`, score: (at % 100) / 10, status: "ready" },
            ...{ metadataState: "complete", addedAt: new Date(at), updatedAt: new Date(at) },
          })
          .run();
        tx.insert(movieGenres).values({ movieId: id, genreId: crime, position: 0 }).run();
        if (at % 2)
          tx.insert(movieGenres).values({ movieId: id, genreId: drama, position: 1 }).run();
      }
    });
    credit((9_999).toString(16).padStart(16, "0"), director, "director");
    expect(titles(first, 12)[0]).toBe("Film 9999");
    const startedAt = performance.now();
    for (let round = 0; round < 10; round++) similarMovies(db, first, reader, 12);
    expect((performance.now() - startedAt) / 10).toBeLessThan(60);
    expect(countStatements(db, () => similarMovies(db, first, reader, 12))).toBeLessThanOrEqual(8);
  });
});
