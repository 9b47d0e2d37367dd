import { and, eq, ne, type SQL, sql } from "drizzle-orm";
import { jobs } from "@/db/schema";
import type { Db } from "@/lib/db";
import type { Reason } from "@/lib/errors";
import type { JobRow } from "./claim";

type Change = {
  [Column in keyof typeof jobs.$inferInsert]?: (typeof jobs.$inferInsert)[Column] | SQL;
};

/** Closes a claim. Only its owner can: false when the row is no longer this boot's. */
function close(db: Db, job: JobRow, change: Change): boolean {
  const closed = db
    .update(jobs)
    .set({ bootId: null, leaseUntil: null, remainingSeconds: null, ...change } as Partial<
      typeof jobs.$inferInsert
    >)
    .where(and(eq(jobs.id, job.id), eq(jobs.status, "running"), eq(jobs.bootId, job.bootId ?? "")))
    .run();
  return closed.changes === 1;
}

/** Earlier rows of the same work that failed: it was tried again, and its new end stands for all. */
function forgetEarlierFailures(db: Db, job: JobRow): void {
  if (job.dedupeKey === null) return;
  db.delete(jobs)
    .where(and(eq(jobs.dedupeKey, job.dedupeKey), eq(jobs.status, "failed"), ne(jobs.id, job.id)))
    .run();
}

/** The work is done. */
export function succeed(db: Db, job: JobRow, now: Date): boolean {
  const isOurs = close(db, job, {
    status: "succeeded",
    progress: 1,
    lastError: null,
    lastErrorDetail: null,
    cancelRequested: false,
    finishedAt: now,
    updatedAt: now,
  });
  if (isOurs) forgetEarlierFailures(db, job);
  return isOurs;
}

/** The work can go on later and this attempt does not count: a quota, a full disk, a slow service. */
export function postpone(db: Db, job: JobRow, at: Date, reason: Reason, now: Date): boolean {
  return close(db, job, {
    status: "waiting",
    runAt: at,
    attempts: sql`max(${jobs.attempts} - 1, 0)`,
    lastError: reason,
    updatedAt: now,
  });
}

/** Vigilio stops: the claim is given back as if it had never been taken. */
export function release(db: Db, job: JobRow, now: Date): boolean {
  return close(db, job, {
    status: "queued",
    runAt: now,
    attempts: sql`max(${jobs.attempts} - 1, 0)`,
    progress: null,
    updatedAt: now,
  });
}

/** What it is about lies in the bin: given back in the same way, to go on when that is brought back. */
export function setAside(db: Db, job: JobRow, now: Date): boolean {
  return close(db, job, {
    status: "queued",
    runAt: now,
    attempts: sql`max(${jobs.attempts} - 1, 0)`,
    progress: null,
    cancelRequested: false,
    updatedAt: now,
  });
}

/** A person ended it. */
export function cancelled(db: Db, job: JobRow, now: Date): boolean {
  return close(db, job, {
    status: "cancelled",
    cancelRequested: false,
    finishedAt: now,
    updatedAt: now,
  });
}

export interface Failure {
  reason: Reason;
  /** Technical text for the log and for an admin; no secrets. */
  detail?: string | undefined;
  /** False when trying again cannot help. */
  mayRetry: boolean;
  /** When the far end said to come back. */
  retryAt?: Date | undefined;
}

/** Pause before try `attempts + 1`: 2 s, 8 s, 32 s … at most 15 minutes, a little spread. */
export function backoffMs(attempts: number, random: number): number {
  return Math.round(Math.min(2000 * 4 ** (attempts - 1), 900_000) * (0.9 + 0.2 * random));
}

/** An attempt failed: tried again with growing pauses, or, at the last one, kept as failed. */
export function fail(
  db: Db,
  job: JobRow,
  failure: Failure,
  now: Date,
): "queued" | "failed" | "not-ours" {
  const again = failure.mayRetry && job.attempts < job.maxAttempts;
  const pauseMs = backoffMs(job.attempts, Math.random());
  const retryAt = failure.retryAt && failure.retryAt > now ? failure.retryAt : null;
  const closed = close(db, job, {
    status: again ? "queued" : "failed",
    runAt: again ? (retryAt ?? new Date(now.getTime() + pauseMs)) : job.runAt,
    lastError: failure.reason,
    lastErrorDetail: failure.detail?.slice(0, 4000) ?? null,
    progress: null,
    finishedAt: again ? null : now,
    updatedAt: now,
  });
  if (!closed) return "not-ours";
  if (!again) forgetEarlierFailures(db, job);
  return again ? "queued" : "failed";
}
