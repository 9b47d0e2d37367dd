import { and, eq, inArray, notInArray } from "drizzle-orm";
import { jobs } from "@/db/schema";
import type { Db } from "@/lib/db";
import { isFree } from "./held";
import type { JobKind } from "./names";

/** True while a job of a kind is queued, waits or runs; what lies in the bin does not count. */
export function hasOpenJob(db: Db, kind: JobKind): boolean {
  const open = db
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(eq(jobs.kind, kind), inArray(jobs.status, ["queued", "waiting", "running"]), isFree))
    .get();
  return open !== undefined;
}

/**
 * True while a piece of work runs, or has not begun. What was begun and waits for somebody far away
 * does not count.
 */
export function isBegunOrDue(db: Db, kind: JobKind, subjectId: string): boolean {
  const open = db
    .select({ id: jobs.id })
    .from(jobs)
    .where(
      and(eq(jobs.dedupeKey, `${kind}:${subjectId}`), inArray(jobs.status, ["queued", "running"])),
    )
    .get();
  return open !== undefined;
}

/** Kinds that read or write films: whatever is measured beside them says little. */
const filmWork: JobKind[] = [
  ...(["join-parts", "make-playable", "make-version", "make-previews"] as const),
  ...(["import", "publish", "find-subtitles"] as const),
];

/** True while a film is being worked on, or is about to be. */
export function isFilmInWork(db: Db): boolean {
  const open = db
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(inArray(jobs.kind, filmWork), inArray(jobs.status, ["queued", "running"]), isFree))
    .get();
  return open !== undefined;
}

/** True while anything is queued, waits or runs for a movie, leaving out some kinds. */
export function hasOpenJobOf(
  db: Db,
  movieId: string,
  { except }: { except: readonly JobKind[] },
): boolean {
  const open = db
    .select({ id: jobs.id })
    .from(jobs)
    .where(
      and(
        eq(jobs.movieId, movieId),
        inArray(jobs.status, ["queued", "waiting", "running"]),
        notInArray(jobs.kind, [...except]),
      ),
    )
    .get();
  return open !== undefined;
}
