import { and, eq, inArray, isNull, lt, ne, or } from "drizzle-orm";
import { jobs } from "@/db/schema";
import type { Db } from "@/lib/db";
import { type Reason, reason } from "@/lib/errors";
import type { JobRow } from "./claim";
import { isHeld } from "./held";

const finishedKeptMs = 7 * 86_400_000;

/**
 * Rows that a dead start left running: each has lost its attempt. They are queued again, or failed
 * when that attempt was the last; a job that a person wanted ended is cancelled.
 *
 * @returns how many are queued again, and the rows that came to an end, each with why: what follows
 *   from that is the caller's, in the same transaction.
 */
export function reapDeadBoots(
  db: Db,
  bootId: string,
  now: Date,
): { again: number; ended: { job: JobRow; reason: Reason }[] } {
  const dead = db
    .select({ job: jobs, isHeld })
    .from(jobs)
    .where(and(eq(jobs.status, "running"), or(isNull(jobs.bootId), ne(jobs.bootId, bootId))))
    .all();
  const ended: { job: JobRow; reason: Reason }[] = [];
  for (const { job, isHeld: held } of dead) {
    // What lies in the bin waits there, and has not lost its last attempt.
    const status = held
      ? "queued"
      : job.cancelRequested
        ? "cancelled"
        : job.attempts < job.maxAttempts
          ? "queued"
          : "failed";
    const why = reason(status === "failed" ? "job-interrupted-always" : "job-interrupted");
    const row = db
      .update(jobs)
      .set({
        status,
        runAt: now,
        bootId: null,
        leaseUntil: null,
        progress: null,
        remainingSeconds: null,
        cancelRequested: false,
        lastError: why,
        finishedAt: status === "queued" ? null : now,
        updatedAt: now,
      })
      .where(eq(jobs.id, job.id))
      .returning()
      .get();
    if (status === "failed") ended.push({ job: row, reason: why });
    if (status === "cancelled") ended.push({ job: row, reason: reason("job-cancelled") });
  }
  return { again: dead.length - ended.length, ended };
}

/** Drops rows that ended well, or were cancelled, more than a week ago. */
export function dropFinished(db: Db, now: Date): number {
  return db
    .delete(jobs)
    .where(
      and(
        inArray(jobs.status, ["succeeded", "cancelled"]),
        lt(jobs.finishedAt, new Date(now.getTime() - finishedKeptMs)),
      ),
    )
    .run().changes;
}
