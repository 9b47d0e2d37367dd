import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { downloads, jobs, movies, versions } from "@/db/schema";
import { putMovieInBin, putVersionInBin, restore } from "@/lib/bin/mutations";
import { readEnv } from "@/lib/env";
import { claim } from "@/lib/queue/claim";
import { enqueue } from "@/lib/queue/enqueue";
import { hasOpenJob, isFilmInWork } from "@/lib/queue/open-jobs";
import { connect } from "@/lib/settings/connect";
import { requestMissingPreviews } from "@/lib/versions/previews";
import { testDatabase } from "@/tests/support/database";
import { addMovieRow, addVersionRow, libraryStart } from "@/tests/support/library";
import type { Handlers } from "./context";
import { handlers as realHandlers } from "./handlers";
import { recover } from "./recover";
import { Runner } from "./runner";

const now = new Date("2026-03-01T10:00:00Z");
const bin = { sizeBytes: 0, days: 7, now };
let db: ReturnType<typeof testDatabase>;
let movieId: string;
let versionId: string;
let otherId: string;
beforeEach(() => {
  db = testDatabase();
  movieId = addMovieRow(db, { title: "The Long Lamp", status: "processing" });
  versionId = addVersionRow(db, { movieId, status: "processing" }).id;
  otherId = addVersionRow(db, { movieId, status: "processing" }).id;
});
afterEach(() => db[Symbol.dispose]());

const import_ = (id: string) => enqueue(db, "import", { movieId, versionId: id }, { now });
const row = (id: string) => db.select().from(jobs).where(eq(jobs.id, id)).get();
const version = (id: string) => db.select().from(versions).where(eq(versions.id, id)).get();

describe("a job of what lies in the bin", () => {
  it("is not taken, and goes on when that is brought back", () => {
    const id = import_(versionId);
    putMovieInBin(db, { ...bin, id: movieId });
    expect(claim(db, "io", "boot", now)).toBeUndefined();
    expect(isFilmInWork(db)).toBe(false);
    restore(db, movieId, now);
    expect(isFilmInWork(db)).toBe(true);
    expect(claim(db, "io", "boot", now)?.id).toBe(id);
  });

  it("is held with its version alone, also by its download", () => {
    const first = import_(versionId);
    const second = import_(otherId);
    db.insert(downloads)
      .values({
        ...{ id: "a", movieId, versionId, tag: "vigilio-a", name: "x", state: "downloading" },
        ...{ addedAt: libraryStart, updatedAt: libraryStart },
      })
      .run();
    const prepared = enqueue(db, "prepare-download", { downloadId: "a", movieId }, { now });
    const described = enqueue(db, "fetch-metadata", { movieId }, { now });
    putVersionInBin(db, { ...bin, id: versionId });
    const taken = [claim, claim, claim].map((take) => take(db, "io", "boot", now)?.id);
    expect(taken.sort()).toEqual([second, described, undefined].sort());
    expect([row(first)?.status, row(prepared)?.status]).toEqual(["queued", "queued"]);
  });

  it("keeps no other film waiting for its pictures", () => {
    const old = addMovieRow(db, { title: "Old" });
    const payload = { movieId: old, versionId: addVersionRow(db, { movieId: old }).id };
    enqueue(db, "make-previews", payload, { now });
    const ready = addMovieRow(db, { title: "Ready" });
    addVersionRow(db, { movieId: ready, publishedAt: libraryStart });
    expect(requestMissingPreviews(db, now)).toBe(false);
    putMovieInBin(db, { ...bin, id: old });
    expect(hasOpenJob(db, "make-previews")).toBe(false);
    expect(requestMissingPreviews(db, now)).toBe(true);
  });

  it("has not failed when Vigilio died while it was told to end", () => {
    const id = import_(versionId);
    db.update(jobs).set({ status: "running", bootId: "dead", attempts: 5 }).run();
    putMovieInBin(db, { ...bin, id: movieId });
    expect(row(id)?.cancelRequested).toBe(true);
    recover(db, "new", now);
    expect(row(id)).toMatchObject({ status: "queued", cancelRequested: false });
    expect(version(versionId)?.status).toBe("processing");
    restore(db, movieId, now);
    expect(db.select().from(movies).get()).toMatchObject({ status: "processing", reason: null });
  });
});

describe("a job that runs when its movie goes to the bin", () => {
  let runner: Runner;
  afterEach(() => runner.stop());

  /** Runs a job that goes on until it is told to end, and waits for it to begin. */
  async function running(endedBy?: () => void) {
    const id = import_(versionId);
    let runs = 0;
    const handlers: Handlers = {
      ...realHandlers,
      import: ({ signal }) =>
        new Promise((_, reject) => {
          runs += 1;
          signal.addEventListener("abort", () => {
            if (runs === 1) endedBy?.();
            reject(signal.reason);
          });
        }),
    };
    const env = readEnv({}, "/nowhere");
    runner = new Runner({
      ...{ db, env, services: connect(db, env), handlers, bootId: "boot" },
      lanes: { io: 1, cpu: 1 },
      now: () => new Date(),
    });
    runner.start();
    await vi.waitFor(() => expect(runs).toBe(1));
    return { id, runs: () => runs };
  }

  it("ends, costs no attempt, fails nothing, and runs again when that comes back", async () => {
    const { id, runs } = await running();
    putMovieInBin(db, { ...bin, id: movieId });
    runner.wake();
    await vi.waitFor(() => expect(row(id)?.status).toBe("queued"));
    expect(row(id)).toMatchObject({ attempts: 0, cancelRequested: false, bootId: null });
    expect(version(versionId)?.status).toBe("processing");
    restore(db, movieId, new Date());
    runner.wake();
    await vi.waitFor(() => expect(runs()).toBe(2));
  });

  it("goes on as well when it was brought back before the job had ended", async () => {
    const { id, runs } = await running(() => restore(db, movieId, new Date()));
    putMovieInBin(db, { ...bin, id: movieId });
    runner.wake();
    await vi.waitFor(() => expect(runs()).toBe(2));
    expect(row(id)).toMatchObject({ status: "running", attempts: 1 });
    expect(version(versionId)?.status).toBe("processing");
  });
});
