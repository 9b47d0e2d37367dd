import { and, eq, inArray, isNull, lt, ne, or } from "drizzle-orm";
import { jobs } from "@/db/schema";
import type { Db } from "@/lib/db";
import { reason } from "@/lib/errors";
import type { JobRow } from "./claim";

const finishedKeptMs = 7 * 86_400_000;

/**
 * Rows that a dead start left running: each has lost its attempt. They are queued again, or failed
 * when that attempt was the last; a job that a person wanted ended is cancelled.
 *
 * @returns the rows that failed for good, for what follows from it.
 */
export function reapDeadBoots(db: Db, bootId: string, now: Date): JobRow[] {
  const dead = db
    .select()
    .from(jobs)
    .where(and(eq(jobs.status, "running"), or(isNull(jobs.bootId), ne(jobs.bootId, bootId))))
    .all();
  const failed: JobRow[] = [];
  for (const job of dead) {
    const status = job.cancelRequested
      ? "cancelled"
      : job.attempts < job.maxAttempts
        ? "queued"
        : "failed";
    const row = db
      .update(jobs)
      .set({
        status,
        runAt: now,
        bootId: null,
        leaseUntil: null,
        progress: null,
        cancelRequested: false,
        lastError: reason("job-interrupted"),
        finishedAt: status === "queued" ? null : now,
        updatedAt: now,
      })
      .where(eq(jobs.id, job.id))
      .returning()
      .get();
    if (row.status === "failed") failed.push(row);
  }
  return failed;
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
