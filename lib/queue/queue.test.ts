import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { jobs } from "@/db/schema";
import { reason } from "@/lib/errors";
import { testDatabase } from "@/tests/support/database";
import { claim } from "./claim";
import { cancelOrRemoveJob, cancelOrRemoveJobs, retryJob, retryJobs } from "./commands";
import { enqueue } from "./enqueue";
import { backoffMs, fail, postpone, release, succeed } from "./finish";
import { dropFinished, reapDeadBoots } from "./reap";

let db: ReturnType<typeof testDatabase>;
const start = new Date("2026-01-01T00:00:00Z");
const plus = (ms: number) => new Date(start.getTime() + ms);

beforeEach(() => {
  db = testDatabase();
});
afterEach(() => {
  db[Symbol.dispose]();
});

function add(id: string, now = start) {
  const payload = { subjectId: id, folders: [], downloads: [], imageIds: [] };
  return enqueue(db, "remove-leftovers", payload, { now });
}

const row = (id: string) => db.select().from(jobs).where(eq(jobs.id, id)).get();

function claimed(now = start, boot = "boot-1") {
  const job = claim(db, "io", boot, now);
  if (!job) throw new Error("nothing to claim");
  return job;
}

describe("enqueue", () => {
  it("keeps the same work once while it is open, and takes it again when it ended", () => {
    const first = add("a");
    expect(add("a")).toBe(first);
    expect(add("b")).not.toBe(first);
    succeed(db, claimed(), start);
    succeed(db, claimed(), start);
    expect(add("a")).not.toBe(first);
  });

  it("commits with what caused it, or not at all", () => {
    expect(() =>
      db.transaction((tx) => {
        const payload = { subjectId: "a", folders: [], downloads: [], imageIds: [] };
        enqueue(tx, "remove-leftovers", payload, { now: start });
        throw new Error("the row could not be written");
      }),
    ).toThrow();
    expect(db.select().from(jobs).all()).toEqual([]);
  });
});

describe("claim", () => {
  it("takes what is due, by priority, each job once", () => {
    const late = enqueue(
      db,
      "remove-leftovers",
      { subjectId: "late", folders: [], downloads: [], imageIds: [] },
      { now: start, runAt: plus(1000) },
    );
    const due = add("due");
    expect(claim(db, "io", "boot-1", start)?.id).toBe(due);
    expect(claim(db, "io", "boot-1", start)).toBeUndefined();
    expect(claim(db, "io", "boot-1", plus(1000))?.id).toBe(late);
    expect(claim(db, "cpu", "boot-1", plus(9999))).toBeUndefined();
  });
});

describe("the end of an attempt", () => {
  it("is written by the owner of the claim only", () => {
    const id = add("a");
    const job = claimed();
    db.update(jobs).set({ bootId: "another" }).where(eq(jobs.id, id)).run();
    expect(succeed(db, job, start)).toBe(false);
    expect(fail(db, job, { reason: reason("x"), mayRetry: true }, start)).toBe("not-ours");
    expect(row(id)?.status).toBe("running");
  });

  it("tries a failure again with growing pauses, and keeps the last one as failed", () => {
    const id = add("a");
    db.update(jobs).set({ maxAttempts: 2 }).where(eq(jobs.id, id)).run();
    expect(fail(db, claimed(), { reason: reason("disk-short"), mayRetry: true }, start)).toBe(
      "queued",
    );
    expect(row(id)?.runAt.getTime()).toBeGreaterThan(start.getTime());
    const later = plus(3_600_000);
    expect(fail(db, claimed(later), { reason: reason("disk-short"), mayRetry: true }, later)).toBe(
      "failed",
    );
    expect(row(id)).toMatchObject({ status: "failed", lastError: { code: "disk-short" } });
    expect([1, 2, 3, 9].map((attempt) => backoffMs(attempt, 0.5))).toEqual([
      2000, 8000, 32_000, 900_000,
    ]);
  });

  it("does not try again what cannot help", () => {
    add("a");
    expect(fail(db, claimed(), { reason: reason("x"), mayRetry: false }, start)).toBe("failed");
  });

  it("costs no attempt when the work waits or Vigilio stops", () => {
    const id = add("a");
    postpone(db, claimed(), plus(5000), reason("disk-short"), start);
    expect(row(id)).toMatchObject({ status: "waiting", attempts: 0, runAt: plus(5000) });
    release(db, claimed(plus(5000)), plus(6000));
    expect(row(id)).toMatchObject({ status: "queued", attempts: 0, bootId: null });
  });
});

describe("after a crash", () => {
  it("queues what a dead boot ran, costing the attempt, and fails it when that was the last", () => {
    const id = add("a");
    claimed(start, "dead");
    expect(reapDeadBoots(db, "alive", plus(1))).toEqual({ again: 1, ended: [] });
    expect(row(id)).toMatchObject({ status: "queued", attempts: 1, bootId: null });

    db.update(jobs).set({ maxAttempts: 2 }).where(eq(jobs.id, id)).run();
    claimed(plus(2), "dead");
    const { ended } = reapDeadBoots(db, "alive", plus(3));
    expect(ended.map(({ job, reason }) => [job.id, reason.code])).toEqual([
      [id, "job-interrupted-always"],
    ]);
    expect(row(id)?.status).toBe("failed");
  });

  it("leaves the living boot's rows alone", () => {
    const id = add("a");
    claimed(start, "alive");
    reapDeadBoots(db, "alive", plus(1));
    expect(row(id)?.status).toBe("running");
  });
});

describe("a person", () => {
  it("tries a failed job again from its first attempt", () => {
    const id = add("a");
    fail(db, claimed(), { reason: reason("x"), mayRetry: false }, start);
    retryJob(db, id, plus(10));
    expect(row(id)).toMatchObject({ status: "queued", attempts: 0, finishedAt: null });
  });

  it("is told when the same work is on already, or the job is unknown", () => {
    const id = add("a");
    fail(db, claimed(), { reason: reason("x"), mayRetry: false }, start);
    add("a");
    expect(() => retryJob(db, id, plus(10))).toThrow("job-already-on");
    expect(() => retryJob(db, "none", plus(10))).toThrow("job-unknown");
  });

  it("ends an open job through the runner, and removes one that ended", () => {
    const id = add("a");
    expect(cancelOrRemoveJob(db, id, start)).toBe("ending");
    expect(row(id)?.cancelRequested).toBe(true);
    const other = add("b");
    db.update(jobs).set({ status: "failed" }).where(eq(jobs.id, other)).run();
    expect(cancelOrRemoveJob(db, other, start)).toBe("removed");
    expect(row(other)).toBeUndefined();
  });
});

it("keeps finished rows for a week, and failed ones until a person acts", () => {
  const id = add("a");
  succeed(db, claimed(), start);
  const failed = add("b");
  fail(db, claimed(), { reason: reason("x"), mayRetry: false }, start);
  expect(dropFinished(db, plus(6 * 86_400_000))).toBe(0);
  expect(dropFinished(db, plus(8 * 86_400_000))).toBe(1);
  expect(row(id)).toBeUndefined();
  expect(row(failed)).toBeDefined();
});

describe("several at once", () => {
  it("are tried again or ended as far as it can be done, and it is told how many", () => {
    const [failed, running] = [add("a"), add("b")];
    fail(db, claimed(), { reason: reason("job-fault"), mayRetry: false }, start);
    claimed();
    const waiting = add("c");
    const ids = [failed, running, waiting, "0".repeat(16)];
    expect(retryJobs(db, ids, plus(5))).toEqual({ done: 2, refused: 2 });
    expect(row(failed)).toMatchObject({ status: "queued", attempts: 0 });
    expect(row(running)?.status).toBe("running");
    expect(cancelOrRemoveJobs(db, ids, plus(6))).toEqual({ done: 3, refused: 1 });
    expect(row(running)?.cancelRequested).toBe(true);
  });
});
