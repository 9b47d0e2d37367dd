import { and, eq, type SQL, sql } from "drizzle-orm";
import { jobs } from "@/db/schema";
import type { Db } from "@/lib/db";

/** Movies that lie in the bin, or of which a version does: few, and looked up once per statement. */
const touchedByBin = sql`(
  select b.subject_id from bin_entries b where b.kind = 'movie'
  union all
  select v.movie_id from bin_entries b join versions v on v.id = b.subject_id
    where b.kind = 'version'
)`;

/**
 * Condition on `jobs`: its movie or its version lies in the bin. Such a job keeps its place, and is
 * neither taken nor shown until what it is about is brought back, or gone for good.
 */
export const isHeld: SQL<boolean> = sql`(
  coalesce(${jobs.movieId} in ${touchedByBin}, 0) and (
  exists (select 1 from movies m where m.id = ${jobs.movieId} and m.binned_at is not null)
  or exists (
    select 1 from versions v
    join bin_entries b on b.kind = 'version'
      and (b.subject_id = v.id or (v.status <> 'ready' and b.subject_id = v.made_from_id))
    where v.movie_id = ${jobs.movieId} and (
      v.id = json_extract(${jobs.payload}, '$.versionId')
      or v.id = (select d.version_id from downloads d
        where d.id = json_extract(${jobs.payload}, '$.downloadId'))
    )
  ))
)`;

/** Condition on `jobs`: nothing holds it back. */
export const isFree: SQL<boolean> = sql`not ${isHeld}`;

/**
 * True for a job whose end was asked for by the bin alone: what it is about lies there now, or was
 * brought back before the job heard of it. It goes on later, and nothing of it failed.
 */
export function isOnlyHeld(db: Db, jobId: string): boolean {
  const row = db
    .select({ isHeld, cancelRequested: jobs.cancelRequested })
    .from(jobs)
    .where(eq(jobs.id, jobId))
    .get();
  return row !== undefined && (Boolean(row.isHeld) || !row.cancelRequested);
}

/** Ends what runs and is held: its runner gives it back to the queue. In the caller's transaction. */
export function endHeld(db: Db, movieId: string, now: Date): void {
  db.update(jobs)
    .set({ cancelRequested: true, updatedAt: now })
    .where(and(eq(jobs.movieId, movieId), eq(jobs.status, "running"), isHeld))
    .run();
}

/** What was brought back goes on: nobody wants its jobs ended any more. In the caller's transaction. */
export function resumeHeld(db: Db, movieId: string, now: Date): void {
  db.update(jobs)
    .set({ cancelRequested: false, updatedAt: now })
    .where(and(eq(jobs.movieId, movieId), eq(jobs.cancelRequested, true), isFree))
    .run();
}
