import { expect, test } from "vitest";
import { type Film, isSameFilm, wordsFor } from "./same-film";

const film = (given: Partial<Film>): Film => ({
  ...{ imdbId: null, tmdbId: null, title: "Heat", year: null },
  ...given,
});

test.each<[Partial<Film>, Partial<Film>, boolean]>([
  [{ imdbId: "tt1" }, { imdbId: "tt1", title: "Hitze" }, true],
  [{ imdbId: "tt1" }, { imdbId: "tt2" }, false],
  [{ tmdbId: 1 }, { tmdbId: 1, title: "Hitze" }, true],
  [{ tmdbId: 1 }, { tmdbId: 2 }, false],
  // One knows an id that the other does not: then the name says it.
  [{ imdbId: "tt1" }, { tmdbId: 1 }, true],
  [{ imdbId: "tt1" }, { tmdbId: 1, title: "Hitze" }, false],
  [{ year: 1995 }, { year: 1995, title: "HEAT!" }, true],
  [{ year: 1995 }, {}, true],
  [{ year: 1995 }, { year: 1986 }, false],
])("%o and %o are one film: %s", (one, other, same) => {
  expect(isSameFilm(film(one), film(other))).toBe(same);
  expect(isSameFilm(film(other), film(one))).toBe(same);
});

test("it is found by its id, else by title and year", () => {
  expect(wordsFor(film({ imdbId: "tt0113277", year: 1995 }))).toBe("tt0113277");
  expect(wordsFor(film({ year: 1995 }))).toBe("Heat 1995");
  expect(wordsFor(film({}))).toBe("Heat");
});
