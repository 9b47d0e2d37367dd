import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { binEntries, history, subtitles, watched } from "@/db/schema";
import { randomId } from "@/lib/ids";
import { changeMovie } from "@/lib/movies/edits";
import { testDatabase } from "@/tests/support/database";
import {
  addMovieRow,
  addPerson,
  addVersionRow,
  countStatements,
  libraryStart,
} from "@/tests/support/library";
import { libraryIds, listLibrary } from "./data";
import { libraryQuery } from "./schema";

type Database = ReturnType<typeof testDatabase>;

const at = (minutes: number) => new Date(libraryStart.getTime() + minutes * 60_000);
const times = { createdAt: libraryStart, updatedAt: libraryStart };

function addSubtitle(
  db: Database,
  versionId: string,
  row: Partial<typeof subtitles.$inferInsert> & { language: string },
): void {
  const id = randomId();
  db.insert(subtitles)
    .values({ id, versionId, source: "upload", sourceKey: id, ...times, ...row })
    .run();
}

const asked = (db: Database, given: Record<string, unknown> = {}) =>
  listLibrary(db, libraryQuery.parse(given), {
    reader: { userId: "", say: ({ code }) => code },
    wantedLanguages: ["en", "tr"],
  });

describe("the table of all movies", () => {
  let db: Database;
  let heat: string;
  let lamp: string;
  let waiting: string;
  beforeEach(() => {
    db = testDatabase();
    heat = addMovieRow(db, {
      ...{ title: "Heat", tmdbId: 1, releaseYear: 1995, releaseDate: "1995-12-15", addedAt: at(1) },
    });
    const large = addVersionRow(db, { movieId: heat, sizeBytes: 5000 });
    const small = addVersionRow(db, { movieId: heat, sizeBytes: 1000, width: 640, height: 360 });
    addSubtitle(db, large.id, { language: "en-GB" });
    addSubtitle(db, large.id, { language: "de" });
    addSubtitle(db, small.id, { language: "de" });
    lamp = addMovieRow(db, { title: "The Long Lamp", sortTitle: "long lamp", addedAt: at(2) });
    const other = addVersionRow(db, { movieId: lamp, sizeBytes: 9000, width: 640, height: 360 });
    addSubtitle(db, other.id, { language: "tr" });
    // Neither is one that it can be read with.
    addSubtitle(db, other.id, { language: "en", forced: true });
    addSubtitle(db, other.id, { language: "en", reason: { code: "subtitle-bitmap" } });
    waiting = addMovieRow(db, {
      ...{ title: "Nine Bridges", tmdbId: 3, status: "downloading", addedAt: at(3) },
    });
  });
  afterEach(() => db[Symbol.dispose]());

  const ids = (given: Record<string, unknown>) => asked(db, given).items.map(({ id }) => id);

  it("tells what is known of each", () => {
    const ann = addPerson(db, "ann");
    const bob = addPerson(db, "bob");
    for (const [userId, minutes] of [
      [bob, 1],
      [ann, 2],
    ] as const) {
      db.insert(watched)
        .values({ userId, movieId: heat, watchedAt: at(minutes) })
        .run();
    }
    changeMovie(db, heat, { title: "Heat!" }, at(5));
    const { items, total } = asked(db);
    expect(total).toBe(3);
    expect(items[2]).toMatchObject({
      ...{ id: heat, title: "Heat!", year: 1995, sizeBytes: 6000, versions: 2, quality: "HD" },
      ...{ languages: ["de", "en-GB"], missing: ["tr"], watchedBy: ["bob", "ann"] },
      ...{ edited: ["title"], status: "ready" },
    });
    expect(items[1]).toMatchObject({ id: lamp, missing: ["en"], languages: ["tr"], tmdbId: null });
    // What cannot be watched yet lacks nothing yet.
    expect(items[0]).toMatchObject({ id: waiting, missing: [], sizeBytes: 0, versions: 0 });
  });

  it("is ordered by what was added, title, release and size, either way", () => {
    expect(ids({})).toEqual([waiting, lamp, heat]);
    expect(ids({ order: "asc" })).toEqual([heat, lamp, waiting]);
    expect(ids({ sort: "title" })).toEqual([heat, lamp, waiting]);
    expect(ids({ sort: "title", order: "desc" })).toEqual([waiting, lamp, heat]);
    expect(ids({ sort: "size" })).toEqual([lamp, heat, waiting]);
    expect(ids({ sort: "size", order: "asc" })).toEqual([waiting, heat, lamp]);
    expect(ids({ sort: "release" })[0]).toBe(heat);
  });

  it("is narrowed by state, quality, missing subtitles, match and who watched", () => {
    expect(ids({ status: "unready" })).toEqual([waiting]);
    expect(ids({ status: "ready" })).toEqual([lamp, heat]);
    expect(ids({ quality: "SD" })).toEqual([lamp]);
    expect(ids({ without: "tr" })).toEqual([heat]);
    expect(ids({ without: "en" })).toEqual([lamp]);
    expect(ids({ without: "de" })).toEqual([lamp]);
    expect(ids({ without: "fr" })).toEqual([lamp, heat]);
    expect(ids({ match: "none" })).toEqual([lamp]);
    const userId = addPerson(db);
    db.insert(watched)
      .values({ userId, movieId: heat, watchedAt: at(1) })
      .run();
    const sitting = { startedAt: at(1), lastWatchedAt: at(1), positionSeconds: 9 };
    db.insert(history)
      .values({ userId, movieId: lamp, ...sitting })
      .run();
    expect(ids({ watched: "never" })).toEqual([waiting]);
    expect(ids({ watched: "never", status: "ready" })).toEqual([]);
  });

  it("is searched as everywhere, the best match first unless an order is chosen", () => {
    addMovieRow(db, { title: "Dead Heat", addedAt: at(9), tmdbId: 5 });
    expect(asked(db, { query: "heat" }).items.map(({ title }) => title)).toEqual([
      "Heat",
      "Dead Heat",
    ]);
    expect(ids({ query: "lnatern" })).toEqual([]);
    expect(ids({ query: "heat", quality: "HD" })).toEqual([heat]);
    expect(asked(db, { query: "heat", sort: "title" }).items[0]?.title).toBe("Dead Heat");
    expect(asked(db, { query: "heat", pageSize: 1, page: 2 })).toMatchObject({
      ...{ total: 2, items: [{ title: "Dead Heat" }] },
    });
  });

  it("leaves out what lies in the bin", () => {
    const version = addVersionRow(db, { movieId: waiting, sizeBytes: 700 });
    const entry = { title: "x", sizeBytes: 0, binnedAt: at(1), emptiedAfter: at(2) };
    db.insert(binEntries)
      .values({ id: "a", subjectId: version.id, kind: "version", ...entry })
      .run();
    expect(asked(db).items[0]).toMatchObject({ id: waiting, sizeBytes: 0, versions: 0 });
    db.$client.prepare("update movies set binned_at = 1 where id = ?").run(waiting);
    expect(ids({})).toEqual([lamp, heat]);
    expect(asked(db).total).toBe(2);
  });

  it("gives the ids of all that fit, in the same order", () => {
    expect(libraryIds(db, libraryQuery.parse({ pageSize: 1 }))).toEqual([waiting, lamp, heat]);
    expect(libraryIds(db, libraryQuery.parse({ status: "ready", sort: "size" }))).toEqual([
      lamp,
      heat,
    ]);
    expect(libraryIds(db, libraryQuery.parse({ query: "heat" }))).toEqual([heat]);
  });
});

describe("ten thousand movies", () => {
  const size = 10_000;
  let db: Database;
  beforeAll(() => {
    db = testDatabase();
    db.transaction(() => {
      for (let index = 0; index < size; index += 1) {
        const movieId = addMovieRow(db, {
          ...{ title: `Movie ${index}`, sortTitle: `movie ${index}`, addedAt: at(index) },
          ...{ overview: "A story that takes some room in its row.".repeat(8) },
          ...{ tmdbId: index % 40 === 0 ? null : index + 1 },
        });
        const { id } = addVersionRow(db, { movieId, sizeBytes: 1000 + index });
        if (index % 3 > 0) addSubtitle(db, id, { language: "en", original: Buffer.alloc(3000) });
        if (index % 3 > 1) addSubtitle(db, id, { language: "tr", original: Buffer.alloc(3000) });
      }
    });
    db.$client.exec("analyze");
  }, 120_000);
  afterAll(() => db[Symbol.dispose]());

  it("cost a page a handful of statements, whatever is asked", () => {
    const questions = [
      {},
      { sort: "size" },
      { without: "tr" },
      { match: "none" },
      { watched: "never", sort: "title" },
      { query: "movie 77" },
    ];
    for (const question of questions) {
      let total = 0;
      const count = countStatements(db, () => {
        total = asked(db, { pageSize: 50, ...question }).total;
      });
      expect(count, JSON.stringify(question)).toBeLessThan(16);
      expect(total, JSON.stringify(question)).toBeGreaterThan(0);
    }
    expect(asked(db, { without: "tr" }).total).toBe(Math.ceil((size * 2) / 3));
  });

  it("are read without a look at the texts of subtitles", () => {
    const plan = db.$client
      .prepare(
        `explain query plan select distinct s.language from subtitles s
          where s.reason is null and s.forced = 0`,
      )
      .all()
      .map((row) => String((row as { detail: string }).detail));
    expect(plan.join()).toContain("COVERING INDEX subtitles_served");
  });
});
