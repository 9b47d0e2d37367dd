import { eq } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { movies } from "@/db/schema";
import { testDatabase } from "@/tests/support/database";
import { addMovieRow, countStatements } from "@/tests/support/library";
import { searchMovies } from "./search";

let db: ReturnType<typeof testDatabase>;

beforeAll(() => {
  db = testDatabase();
  const films: Partial<typeof movies.$inferInsert>[] = [
    { title: "Spirited Away", originalTitle: "千と千尋の神隠し", peopleText: "Hayao Miyazaki" },
    { title: "The Matrix", overview: "A hacker learns the truth.", peopleText: "Keanu Reeves" },
    { title: "Heat", releaseYear: 1995, peopleText: "Al Pacino Robert De Niro" },
    { title: "Dead Heat", releaseYear: 1988 },
    { title: "Dune", releaseYear: 1984, peopleText: "Kyle MacLachlan" },
    { title: "Dune", releaseYear: 2021, peopleText: "Zendaya" },
    { title: "Amélie", originalTitle: "Le Fabuleux Destin d'Amélie Poulain" },
    { title: "Star Wars", overview: "A farm boy leaves for the stars." },
    { title: "2001: A Space Odyssey", releaseYear: 1968 },
    { title: "M*A*S*H" },
    { title: "Parasite", originalTitle: "기생충", overview: "Heat and hunger in two families." },
    { title: "رجل", originalTitle: "رجل يدعى أوف" },
    { title: "The Heat of the Night", binnedAt: new Date() },
  ];
  for (const film of films) addMovieRow(db, { ...film, title: film.title ?? "" });
  for (let index = 0; index < 300; index += 1) {
    addMovieRow(db, { title: `Filler ${index}`, overview: "Nothing that anybody looks for." });
  }
});
afterAll(() => db[Symbol.dispose]());

function titles(text: string): string[] {
  return searchMovies(db, text).nums.map((num) => {
    const row = db.select().from(movies).where(eq(movies.num, num)).get();
    return `${row?.title}${row?.releaseYear ? ` (${row.releaseYear})` : ""}`;
  });
}

describe("searchMovies", () => {
  it("finds words of titles, people and descriptions, titles first", () => {
    expect(titles("heat")).toEqual(["Heat (1995)", "Dead Heat (1988)", "Parasite"]);
    expect(titles("miyazaki")).toEqual(["Spirited Away"]);
    expect(titles("hacker TRUTH")).toEqual(["The Matrix"]);
    expect(titles("spirited miyazaki")).toEqual(["Spirited Away"]);
  });

  it("finds the beginning of the last word while it is typed", () => {
    expect(titles("spir")).toEqual(["Spirited Away"]);
    expect(titles("the mat")).toEqual(["The Matrix"]);
    expect(titles("mat the")).toEqual(["The Matrix"]);
  });

  it("does not care about accents and case", () => {
    expect(titles("AMELIE")).toEqual(["Amélie"]);
    expect(titles("amélie poulain")).toEqual(["Amélie"]);
  });

  it("finds parts of titles that are written without blanks", () => {
    expect(titles("千尋")).toEqual(["Spirited Away"]);
    expect(titles("神隠し")).toEqual(["Spirited Away"]);
    expect(titles("千 神隠し")).toEqual(["Spirited Away"]);
    expect(titles("생충")).toEqual(["Parasite"]);
    expect(titles("atri")).toEqual(["The Matrix"]);
    expect(titles("أوف")).toEqual(["رجل"]);
  });

  it.each([
    ["spiritd awey", "Spirited Away"],
    ["matirx", "The Matrix"],
    ["the matrrix", "The Matrix"],
    ["heta", "Heat (1995)"],
    ["amelei", "Amélie"],
    ["starwars", "Star Wars"],
    ["star wrs", "Star Wars"],
    ["miyasaki", "Spirited Away"],
    ["oddysey", "2001: A Space Odyssey (1968)"],
  ])("forgives slips: %s", (text, expected) => {
    expect(titles(text)[0]).toBe(expected);
  });

  it("does not take everything for a slip", () => {
    expect(titles("zebra crossing")).toEqual([]);
    expect(titles("xx")).toEqual([]);
  });

  it("takes a year at the end for the year of release", () => {
    expect(titles("dune 2021")).toEqual(["Dune (2021)"]);
    expect(titles("dune 1984")).toEqual(["Dune (1984)"]);
    expect(titles("2001")).toEqual(["2001: A Space Odyssey (1968)"]);
  });

  it("leaves out what lies in the bin", () => {
    expect(titles("night")).toEqual([]);
    expect(titles("heat nigth")).toEqual([]);
  });

  it("follows what is renamed and deleted", () => {
    const id = addMovieRow(db, { title: "Working Title" });
    db.update(movies).set({ title: "Final Name" }).where(eq(movies.id, id)).run();
    expect([titles("working"), titles("final")]).toEqual([[], ["Final Name"]]);
    db.delete(movies).where(eq(movies.id, id)).run();
    expect(titles("final name")).toEqual([]);
  });

  it("takes anything that is typed as text, never as an operator", () => {
    expect(titles("M*A*S*H")).toEqual(["M*A*S*H"]);
    for (const text of [
      '"',
      "'",
      "*",
      "heat OR",
      "NEAR(heat",
      "title:heat AND",
      "-heat",
      "heat^",
      "(",
      "{title}",
      "\u0000",
      "💥",
      "\ud800",
      "ﷺ",
    ]) {
      expect(() => searchMovies(db, text)).not.toThrow();
    }
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
        searchMovies(db, text);
      }),
    );
  });

  it("needs three statements at most", () => {
    for (const text of ["heat", "zebra crossing striped road", "dune 2021"]) {
      expect(countStatements(db, () => searchMovies(db, text))).toBeLessThanOrEqual(3);
    }
  });
});
