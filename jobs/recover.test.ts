import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { downloads, jobs, timelineEvents, versions } from "@/db/schema";
import { randomId } from "@/lib/ids";
import { claim } from "@/lib/queue/claim";
import { cancelOrRemoveJob } from "@/lib/queue/commands";
import { enqueue } from "@/lib/queue/enqueue";
import { testDatabase } from "@/tests/support/database";
import { addMovieRow, addVersionRow } from "@/tests/support/library";
import { recover } from "./recover";

const now = new Date("2026-03-01T10:00:00Z");
const later = new Date(now.getTime() + 60_000);
let db: ReturnType<typeof testDatabase>;
let movieId: string;
beforeEach(() => {
  db = testDatabase();
  movieId = addMovieRow(db, { title: "The Lantern", status: "processing" });
});
afterEach(() => db[Symbol.dispose]());

function addDownload(versionId: string, row: Partial<typeof downloads.$inferInsert> = {}): string {
  const id = randomId();
  const tag = `vigilio-${id}`;
  db.insert(downloads)
    .values({
      id,
      movieId,
      versionId,
      tag,
      name: "n",
      state: "queued",
      addedAt: now,
      updatedAt: now,
    })
    .run();
  db.update(downloads)
    .set({ ...row, updatedAt: now })
    .where(eq(downloads.id, id))
    .run();
  return id;
}
const openJobs = () =>
  db
    .select()
    .from(jobs)
    .where(eq(jobs.status, "queued"))
    .all()
    .map(({ dedupeKey }) => dedupeKey);
const versionOf = (id: string) => db.select().from(versions).where(eq(versions.id, id)).get();

describe("jobs that a dead Vigilio was running", () => {
  it("go on, and are told on their movie when that was the last attempt", () => {
    const { id: versionId } = addVersionRow(db, { movieId, status: "processing" });
    const jobId = enqueue(db, "make-playable", { versionId, movieId }, { now });
    claim(db, "cpu", "dead", now);
    recover(db, "alive", now);
    expect(openJobs()).toEqual([`make-playable:${versionId}`]);
    expect(versionOf(versionId)?.status).toBe("processing");

    db.update(jobs).set({ attempts: 2 }).where(eq(jobs.id, jobId)).run();
    claim(db, "cpu", "dead", later);
    recover(db, "alive", later);
    expect(openJobs()).toEqual([]);
    expect(versionOf(versionId)).toMatchObject({
      status: "failed",
      reason: { code: "job-interrupted-always" },
    });
    const events = db
      .select()
      .from(timelineEvents)
      .where(eq(timelineEvents.movieId, movieId))
      .all();
    expect(events.map(({ stage, state }) => `${stage} ${state}`)).toEqual(["processing failed"]);
  });

  it("end when a person had cancelled them, and their movie says so", () => {
    const { id: versionId } = addVersionRow(db, { movieId, status: "processing" });
    const jobId = enqueue(db, "make-playable", { versionId, movieId }, { now });
    claim(db, "cpu", "dead", now);
    cancelOrRemoveJob(db, jobId, now);
    recover(db, "alive", now);
    expect(versionOf(versionId)).toMatchObject({
      status: "failed",
      reason: { code: "job-cancelled" },
    });
  });
});

describe("work that should be on and is not", () => {
  it("is put back: a download that nobody starts, a version that nobody makes", () => {
    const waiting = addVersionRow(db, { movieId, status: "downloading" });
    const halted = addVersionRow(db, { movieId, status: "queued" });
    const downloadId = addDownload(waiting.id);
    addDownload(halted.id, { clientHash: "a", completedAt: now, state: "seeding" });
    recover(db, "boot", now);
    const expected = [`start-download:${downloadId}`, `import:${halted.id}`];
    expect(openJobs().sort()).toEqual(expected.sort());
    recover(db, "boot", later);
    expect(openJobs()).toHaveLength(2);
  });

  it("is put back by its own way for a version that is made of another one", () => {
    const original = addVersionRow(db, { movieId });
    const made = addVersionRow(db, {
      ...{ movieId, status: "processing", sourceKind: "smaller", madeFromId: original.id },
    });
    recover(db, "boot", now);
    expect(openJobs()).toEqual([`make-version:${made.id}`]);
  });

  it("is said to be over when there is nothing left to wait for", () => {
    const { id } = addVersionRow(db, { movieId, status: "downloading" });
    recover(db, "boot", now);
    expect(versionOf(id)).toMatchObject({ status: "failed", reason: { code: "torrent-gone" } });
  });

  it("leaves alone what is on, what is over, and what qBittorrent has", () => {
    const making = addVersionRow(db, { movieId, status: "processing" });
    enqueue(db, "publish", { versionId: making.id, movieId }, { now });
    const loading = addVersionRow(db, { movieId, status: "downloading" });
    addDownload(loading.id, { clientHash: "a", state: "downloading" });
    const failed = addVersionRow(db, { movieId, status: "failed" });
    addDownload(failed.id, { state: "failed" });
    addVersionRow(db, { movieId });
    recover(db, "boot", now);
    expect(openJobs()).toEqual([`publish:${making.id}`]);
  });
});
