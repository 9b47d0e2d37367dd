import { and, asc, desc, eq, inArray, lte, min, sql } from "drizzle-orm";
import { type JobLane, jobs } from "@/db/schema";
import type { Db } from "@/lib/db";
import { isFree } from "./held";

export type JobRow = typeof jobs.$inferSelect;

/** How long a claim holds without a heartbeat. */
export const leaseMs = 60_000;

/** Takes the next job that is due in a lane: one statement, so that no two takers get the same. */
export function claim(db: Db, lane: JobLane, bootId: string, now: Date): JobRow | undefined {
  const next = db
    .select({ id: jobs.id })
    .from(jobs)
    .where(
      and(
        eq(jobs.lane, lane),
        inArray(jobs.status, ["queued", "waiting"]),
        lte(jobs.runAt, now),
        isFree,
      ),
    )
    .orderBy(desc(jobs.priority), asc(jobs.runAt), asc(jobs.createdAt))
    .limit(1);
  return db
    .update(jobs)
    .set({
      status: "running",
      bootId,
      leaseUntil: new Date(now.getTime() + leaseMs),
      attempts: sql`${jobs.attempts} + 1`,
      progress: null,
      remainingSeconds: null,
      startedAt: now,
      finishedAt: null,
      updatedAt: now,
    })
    .where(eq(jobs.id, next))
    .returning()
    .get();
}

/** When the next job that waits is due; null when none waits. */
export function nextDueAt(db: Db): Date | null {
  const row = db
    .select({ at: min(jobs.runAt) })
    .from(jobs)
    .where(and(inArray(jobs.status, ["queued", "waiting"]), isFree))
    .get();
  return row?.at ?? null;
}

/** Renews the claims of this boot, so that a row tells whether somebody still works on it. */
export function renewLeases(db: Db, bootId: string, now: Date): void {
  db.update(jobs)
    .set({ leaseUntil: new Date(now.getTime() + leaseMs) })
    .where(and(eq(jobs.status, "running"), eq(jobs.bootId, bootId)))
    .run();
}

/** Ids of this boot's running jobs that a person wants ended. */
export function cancelRequestedIds(db: Db, bootId: string): string[] {
  return db
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(eq(jobs.status, "running"), eq(jobs.bootId, bootId), eq(jobs.cancelRequested, true)))
    .all()
    .map((row) => row.id);
}

/** Writes how far a running job is, 0 to 1, and how many seconds of work are left. */
export function saveProgress(
  db: Db,
  id: string,
  { progress, remainingSeconds }: { progress: number; remainingSeconds: number | null },
  now: Date,
): void {
  db.update(jobs)
    .set({
      progress: Math.min(Math.max(progress, 0), 1),
      remainingSeconds: remainingSeconds === null ? null : Math.round(remainingSeconds),
      updatedAt: now,
    })
    .where(and(eq(jobs.id, id), eq(jobs.status, "running")))
    .run();
}
