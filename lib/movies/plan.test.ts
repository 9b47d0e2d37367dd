import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listEntries, progress, watched } from "@/db/schema";
import { listHistory } from "@/lib/playback/data";
import { testDatabase } from "@/tests/support/database";
import { addMovieRow, addPerson, libraryStart } from "@/tests/support/library";
import { listGenres, listMovies } from "./data";
import { homeRows } from "./home";
import { movieListQuery } from "./schema";

/**
 * Ten thousand movies must cost what a hundred do. Time would depend on the machine, so what is
 * looked at is how SQLite means to find the rows: never by reading a table from one end to the
 * other, and never by sorting a library.
 */

const size = 10_000;
const genreNames = ["Drama", "Comedy", "Crime", "Horror", "Western"];
let db: ReturnType<typeof testDatabase>;
let userId: string;
const reader = () => ({ userId, say: ({ code }: { code: string }) => code });
const at = (minutes: number) => new Date(libraryStart.getTime() + minutes * 60_000);

beforeAll(() => {
  db = testDatabase();
  userId = addPerson(db);
  db.transaction(() => {
    for (let index = 0; index < size; index += 1) {
      addMovieRow(db, {
        title: `Movie ${index}`,
        addedAt: at(index),
        score: (index % 90) / 10,
        releaseDate: `${1950 + (index % 70)}-01-01`,
        releaseYear: 1950 + (index % 70),
        overview: "A story that takes some room in its row, as stories do.".repeat(5),
        status: index % 50 === 0 ? "downloading" : "ready",
        genreNames: [genreNames[index % 3] ?? "", index < 4 ? "Western" : "Horror"],
      });
    }
  });
  const stop = { positionSeconds: 60, durationSeconds: 5400, updatedAt: at(1) };
  const ids = listMovies(db, movieListQuery.parse({ pageSize: 50 }), reader()).items;
  for (const { id: movieId } of ids) {
    db.insert(progress)
      .values({ userId, movieId, ...stop })
      .run();
    db.insert(listEntries)
      .values({ userId, movieId, addedAt: at(1) })
      .run();
    db.insert(watched)
      .values({ userId, movieId, watchedAt: at(1) })
      .run();
  }
  db.$client.exec("analyze");
}, 60_000);
afterAll(() => db[Symbol.dispose]());

/** The steps of every statement that runs while `work` does, as EXPLAIN QUERY PLAN tells them. */
function plansOf(work: () => void): string[] {
  const { $client } = db;
  const prepare = $client.prepare;
  const sources: string[] = [];
  $client.prepare = ((source: string) => {
    sources.push(source);
    return prepare.call($client, source);
  }) as typeof prepare;
  try {
    work();
  } finally {
    $client.prepare = prepare;
  }
  return sources.flatMap((source) => {
    const parameters = Array<null>((source.match(/\?/g) ?? []).length).fill(null);
    const steps = $client.prepare(`explain query plan ${source}`).all(...parameters);
    return (steps as { detail: string }[]).map(({ detail }) => detail);
  });
}

const sorts = (steps: string[]) => steps.filter((step) => step.includes("TEMP B-TREE FOR ORDER"));
/** Tables that grow with the library, read from end to end. */
const scans = (steps: string[]) =>
  steps.filter((step) =>
    /^SCAN (movies|movie_genres|versions|progress|history|list_entries|downloads|jobs)/.test(step),
  );

describe("with 10,000 movies", () => {
  it("home reads the beginning of an index for each row and nothing from end to end", () => {
    const steps = plansOf(() => homeRows(db, reader()));
    // Walked from an end, and left when the row is full.
    const walks = steps.flatMap((step) => /movies_by_\w+/.exec(step)?.[0] ?? []);
    expect(walks.sort()).toEqual(["movies_by_added", "movies_by_score"]);
    expect(scans(steps).filter((step) => !step.includes("movies_by_added"))).toEqual([]);
    // Genres (twenty of them) and the genres of what is shown are sorted, rows of movies never are.
    expect(sorts(steps).length).toBeLessThanOrEqual(2);
    const rows = homeRows(db, reader());
    expect(rows.topRated.map(({ score }) => score)).toEqual(Array(20).fill(8.9));
    // The fullest first; a genre whose few movies are the oldest of all is found as well.
    expect(rows.byGenre.map(({ genre }) => genre.name)).toEqual([
      ...["Comedy", "Crime", "Drama", "Horror", "Western"],
    ]);
  });

  it.each([
    {},
    { sort: "title" },
    { sort: "rating" },
    { sort: "release", order: "desc" },
    { status: "ready", page: 100 },
    { decade: 1990, quality: "HD", sort: "rating" },
    { watched: "false", status: "unready" },
    { genre: 1, decade: 1990 },
  ])("a page of %j walks an index in its order, and is counted by an index alone", (query) => {
    const parsed = movieListQuery.parse({ pageSize: 60, ...query });
    const steps = plansOf(() => listMovies(db, parsed, reader()));
    for (const step of scans(steps)) expect(step).toMatch(/COVERING INDEX movies_by_/);
    const isNarrow = "genre" in query;
    expect(sorts(steps).length).toBeLessThanOrEqual(isNarrow ? 2 : 1);
  });

  it("genres, lists and history are found by index", () => {
    expect(scans(plansOf(() => listGenres(db)))).toEqual([]);
    for (const list of ["mine", "continue"]) {
      const query = movieListQuery.parse({ list });
      expect(scans(plansOf(() => listMovies(db, query, reader())))).toEqual([]);
    }
    const history = plansOf(() => listHistory(db, { userId, page: 1, pageSize: 50 }));
    expect(scans(history)).toEqual([]);
    expect(sorts(history)).toEqual([]);
  });
});
