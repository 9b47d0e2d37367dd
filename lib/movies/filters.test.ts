import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { credits, people, watched } from "@/db/schema";
import { qualityOf } from "@/lib/versions/quality";
import { testDatabase } from "@/tests/support/database";
import { addMovieRow, addPerson, addVersionRow, libraryStart } from "@/tests/support/library";
import { listMovies, movieOf } from "./data";
import { movieListQuery } from "./schema";

let db: ReturnType<typeof testDatabase>;
let userId: string;
beforeEach(() => {
  db = testDatabase();
  userId = addPerson(db);
});
afterEach(() => db[Symbol.dispose]());

const reader = () => ({ userId, say: ({ code }: { code: string }) => code });
const at = (minutes: number) => new Date(libraryStart.getTime() + minutes * 60_000);
const list = (query: Record<string, unknown>) =>
  listMovies(db, movieListQuery.parse(query), reader());
const titles = (query: Record<string, unknown>) => list(query).items.map(({ title }) => title);

it("finds by decade, quality, and what is seen or cannot be watched yet", () => {
  const old = addMovieRow(db, { title: "Old", releaseYear: 1989 });
  const seen = addMovieRow(db, { title: "Seen", releaseYear: 1990 });
  addMovieRow(db, { title: "Coming", releaseYear: 1999, status: "downloading" });
  addVersionRow(db, { movieId: old, width: 640, height: 480 });
  addVersionRow(db, { movieId: seen, width: 3840, height: 1600 });
  db.insert(watched)
    .values({ userId, movieId: seen, watchedAt: at(1) })
    .run();
  expect(titles({ decade: 1990, sort: "title" })).toEqual(["Coming", "Seen"]);
  expect(titles({ quality: "4K" })).toEqual(["Seen"]);
  expect(titles({ quality: "SD" })).toEqual(["Old"]);
  expect(titles({ watched: "true" })).toEqual(["Seen"]);
  expect(titles({ watched: "false", sort: "title" })).toEqual(["Coming", "Old"]);
  expect(titles({ status: "unready" })).toEqual(["Coming"]);
  expect(titles({ decade: 1990, watched: "false", status: "ready" })).toEqual([]);
});

it("calls a picture of any size the same in the database as in the code", () => {
  const sides = [null, 1, 640, 699, 700, 1199, 1200, 1599, 1600, 2999, 3000, 7680];
  for (const width of sides) {
    for (const height of sides) {
      const movieId = addMovieRow(db, { title: `${width} x ${height}` });
      addVersionRow(db, { movieId, width, height });
      expect(movieOf(db, movieId, reader())?.quality).toBe(qualityOf(width, height));
    }
  }
});

describe("a search", () => {
  it("tells who a movie was found by, and what was meant by what is misspelt", () => {
    const heat = addMovieRow(db, { title: "Heat", peopleText: "Al Pacino Michael Mann" });
    addMovieRow(db, { title: "Pacino Street" });
    db.insert(people)
      .values([
        { id: 1, name: "Al Pacino" },
        { id: 2, name: "Michael Mann" },
      ])
      .run();
    db.insert(credits)
      .values([
        { movieId: heat, personId: 1, kind: "cast", position: 0 },
        { movieId: heat, personId: 2, kind: "director", position: 0 },
      ])
      .run();
    const found = (query: string) => {
      const { items, didYouMean } = list({ query });
      return [items.map(({ title, foundBy }) => [title, foundBy]), didYouMean];
    };
    expect(found("pacino")).toEqual([
      [
        ["Pacino Street", null],
        ["Heat", "Al Pacino"],
      ],
      null,
    ]);
    expect(found("heat mann")).toEqual([[["Heat", "Michael Mann"]], null]);
    expect(found("micheal man")).toEqual([[["Heat", "Michael Mann"]], "Michael Mann"]);
    for (const slip of ["heta", "haet", "ehat"]) {
      expect(found(slip)).toEqual([[["Heat", null]], "Heat"]);
    }
    expect(found("nothing like it")).toEqual([[], null]);
  });
});
