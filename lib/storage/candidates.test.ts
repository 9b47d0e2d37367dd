import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { binEntries, downloads, history, jobs, users, watched } from "@/db/schema";
import { putMovieInBin } from "@/lib/bin/mutations";
import { readEnv } from "@/lib/env";
import { randomId } from "@/lib/ids";
import { testDatabase } from "@/tests/support/database";
import { addMovieRow, addPerson, addVersionRow } from "@/tests/support/library";
import { smallerVersions, spentOriginals, watchedByAll } from "./candidates";
import { deleteOriginals } from "./commands";
import { forecastOf, needOn } from "./forecast";
import type { CountedStorage } from "./schema";

const now = new Date("2026-03-01T10:00:00Z");
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000);
let db: ReturnType<typeof testDatabase>;
beforeEach(() => {
  db = testDatabase();
});
afterEach(() => db[Symbol.dispose]());

const see = (userId: string, movieId: string, days: number) =>
  db
    .insert(watched)
    .values({ userId, movieId, watchedAt: daysAgo(days) })
    .run();

function film(title: string, sizeBytes: number) {
  const movieId = addMovieRow(db, { title, releaseYear: 1999 });
  return { movieId, version: addVersionRow(db, { movieId, sizeBytes, publishedAt: daysAgo(90) }) };
}

function addDownload(
  row: Partial<typeof downloads.$inferInsert> & { movieId: string; versionId: string },
): string {
  const id = randomId();
  const times = { addedAt: daysAgo(99), updatedAt: daysAgo(1) };
  db.insert(downloads)
    .values({ id, tag: `vigilio-${id}`, name: "x", state: "downloading", ...times, ...row })
    .run();
  return id;
}

describe("what everybody watched", () => {
  const none = new Map<string, number>();
  const seen = (days: number, originals: ReadonlyMap<string, number> = none) =>
    watchedByAll(db, { days, now, originals });

  it("is what all who watch here have seen, the last of them long enough ago", () => {
    const [ann, bob] = [addPerson(db, "ann"), addPerson(db, "bob")];
    // Who never watched anything is not waited for.
    addPerson(db, "new");
    const both = film("Both", 700);
    const lately = film("Lately", 900);
    const one = film("One", 500);
    for (const { movieId } of [both, lately, one]) see(ann, movieId, 50);
    see(bob, both.movieId, 40);
    see(bob, lately.movieId, 3);
    expect(seen(30)).toMatchObject({
      ...{ people: 2, days: 30, count: 1, sizeBytes: 700 },
      items: [{ id: both.movieId, title: "Both", year: 1999, at: daysAgo(40).toISOString() }],
    });
    expect(seen(0).items.map(({ title }) => title)).toEqual(["Lately", "Both"]);
    expect(seen(45).count).toBe(0);
    // With what was downloaded for it.
    expect(seen(30, new Map([[both.movieId, 1000]])).sizeBytes).toBe(1700);
  });

  it("counts no accounts that are blocked, no visitors, and nothing in the bin", () => {
    const ann = addPerson(db, "ann");
    const visitor = addPerson(db, "visitor");
    const blocked = addPerson(db, "blocked");
    db.$client.prepare("update users set role = 'visitor' where id = ?").run(visitor);
    db.$client.prepare("update users set disabled_at = 1 where id = ?").run(blocked);
    expect(db.select().from(users).all()).toHaveLength(3);
    const { movieId } = film("Both", 700);
    const other = film("Another", 700);
    see(ann, movieId, 50);
    for (const userId of [visitor, blocked]) {
      const sitting = { startedAt: now, lastWatchedAt: now, positionSeconds: 1 };
      db.insert(history)
        .values({ userId, movieId: other.movieId, ...sitting })
        .run();
    }
    expect(seen(30)).toMatchObject({ people: 1, count: 1 });
    putMovieInBin(db, { id: movieId, sizeBytes: 700, days: 7, now });
    expect(seen(30).count).toBe(0);
  });

  it("is nothing while nobody watches", () => {
    film("Both", 700);
    expect(seen(0)).toMatchObject({ people: 0, count: 0, items: [] });
  });
});

describe("smaller versions", () => {
  it("may go while the film has another one", () => {
    const { movieId, version } = film("Both", 700);
    const smaller = addVersionRow(db, {
      ...{ movieId, sourceKind: "smaller", madeFromId: version.id, sizeBytes: 200 },
    });
    const lonely = addMovieRow(db, { title: "Lonely" });
    addVersionRow(db, { movieId: lonely, sourceKind: "smaller", sizeBytes: 300 });
    expect(smallerVersions(db)).toMatchObject({
      ...{ count: 1, sizeBytes: 200, items: [{ id: smaller.id, movieId, title: "Both" }] },
    });
    const entry = { title: "x", sizeBytes: 0, binnedAt: now, emptiedAfter: now };
    db.insert(binEntries)
      .values({ id: "a", subjectId: version.id, kind: "version", ...entry })
      .run();
    expect(smallerVersions(db).count).toBe(0);
  });
});

describe("what was downloaded", () => {
  const limits = { ratio: 2, days: 7 };
  const counted = (originals: CountedStorage["originals"]): CountedStorage => ({
    ...{ countedAt: 1, originals, originalsBytes: 0, previews: 0, subtitles: 0, pictures: 0 },
    ...{ making: 0, backups: 0, database: 0 },
  });

  it("may go once its film plays without it and its sharing is over", () => {
    const done = { completedAt: daysAgo(3), progress: 1, state: "paused" as const };
    const rows = [
      ["by ratio", { ...done, ratio: 2.004 }],
      ["by time", { ...done, completedAt: daysAgo(8) }],
      ["gone", { ...done, state: "failed" as const, reason: { code: "torrent-gone-after" } }],
      ["paused by hand", { ...done, ratio: 0.4 }],
      ["seeding", { ...done, state: "seeding" as const, ratio: 3 }],
      ["not complete", { ...done, completedAt: null, ratio: 3 }],
    ] as const;
    const ids = new Map(
      rows.map(([title, row]) => {
        const { movieId, version } = film(title, 10);
        return [title, addDownload({ movieId, versionId: version.id, ...row })];
      }),
    );
    const sizes = counted([...ids.values()].map((downloadId) => ({ downloadId, sizeBytes: 100 })));
    const found = spentOriginals(db, { counted: sizes, limits, now });
    expect(found.items.map(({ title }) => title).sort()).toEqual(["by ratio", "by time", "gone"]);
    expect(found).toMatchObject({ count: 3, sizeBytes: 300 });
    const forever = { ratio: null, days: null };
    const kept = spentOriginals(db, { counted: sizes, limits: forever, now });
    expect(kept.items.map(({ title }) => title)).toEqual(["gone"]);
    // What shares its bytes with the file that plays frees nothing, and is not offered.
    expect(spentOriginals(db, { counted: counted([]), limits, now }).count).toBe(0);
  });

  it("is deleted by the job that looks at everything again", () => {
    const { movieId, version } = film("Both", 10);
    const id = addDownload({ movieId, versionId: version.id, completedAt: daysAgo(9) });
    const context = { db, env: readEnv({}, "/nowhere"), now };
    expect(deleteOriginals(context, [id, "0".repeat(16)])).toEqual([id]);
    expect(db.select().from(jobs).all()).toMatchObject([
      { kind: "delete-original", payload: { downloadId: id, movieId, isAsked: true } },
    ]);
  });
});

describe("the forecast", () => {
  const gigabyte = 1_000_000_000;

  it("adds what downloads and the making of files still need, at the most", () => {
    const { movieId, version } = film("Both", 10);
    const of = { movieId, versionId: version.id };
    addDownload({ ...of, sizeBytes: 4 * gigabyte, progress: 0.25 });
    addDownload({ ...of, state: "metadata", sizeBytes: null });
    addDownload({ ...of, state: "paused", sizeBytes: 2 * gigabyte, progress: 0.5 });
    addDownload({ ...of, state: "failed", sizeBytes: 9 * gigabyte });
    addDownload({ ...of, state: "seeding", sizeBytes: 9 * gigabyte, completedAt: now });
    const queued = { movieId, sourceSizeBytes: 3 * gigabyte, sizeBytes: null };
    addVersionRow(db, { ...queued, status: "queued" });
    addVersionRow(db, { ...queued, status: "queued", plan: { kind: "as-is", why: [] } });
    const large = addVersionRow(db, { movieId, sizeBytes: 4 * gigabyte });
    addVersionRow(db, {
      ...{ ...queued, status: "processing", sourceKind: "smaller", madeFromId: large.id },
    });
    const forecast = forecastOf(db);
    expect(forecast).toEqual({
      ...{ downloads: 2, remainingBytes: 3 * gigabyte, unknownSizes: 1, pausedBytes: gigabyte },
      ...{ conversions: 3, conversionBytes: (3 + 2 + 4) * gigabyte },
      downloadedBytes: 2 * gigabyte,
    });
    const on = (folders: ("media" | "downloads" | "data")[], freeBytes: number) =>
      needOn({ folders, freeBytes, totalBytes: 100 * gigabyte }, forecast);
    expect(on(["downloads"], 4 * gigabyte)).toEqual({ neededBytes: 3 * gigabyte, fits: true });
    // Something has to be left for everything else.
    expect(on(["downloads"], 3.1 * gigabyte).fits).toBe(false);
    expect(on(["media", "downloads"], 11 * gigabyte)).toEqual({
      ...{ neededBytes: 12 * gigabyte, fits: false },
    });
    expect(on(["data"], 0)).toEqual({ neededBytes: 0, fits: true });
  });
});
