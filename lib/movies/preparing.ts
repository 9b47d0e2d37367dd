import { and, eq, gte, inArray, isNull, type SQL } from "drizzle-orm";
import { downloads, jobs, type MovieStatus } from "@/db/schema";
import type { Db } from "@/lib/db";
import { isNotHeld } from "@/lib/downloads/held";

/** How far the work on a movie is: 0 to 1, null when it cannot be told. */
export interface Preparing {
  progress: number | null;
  remainingSeconds: number | null;
}

type Stages = Partial<Record<"downloading" | "processing", Preparing>>;
type ByMovie = Map<string, Stages>;

/** True while a movie is on its way by itself: then there may be a percentage. */
export function isPrepared(status: MovieStatus): boolean {
  return status === "downloading" || status === "processing";
}

/** What a movie waits for: the making of its file, else its download; of a ready one the former. */
export function workOn(status: MovieStatus, stages: Stages | undefined): Preparing | null {
  return stages?.processing ?? (isPrepared(status) ? stages?.downloading : undefined) ?? null;
}

const making = and(
  inArray(jobs.kind, ["make-playable", "make-version"]),
  eq(jobs.status, "running"),
);

/**
 * How far downloads and the making of files are, by movie and stage. Two statements. Of several
 * downloads of a movie the one that is furthest counts: it is what the movie waits for.
 *
 * @param movieIds none: nothing is asked.
 */
export function preparingOf(db: Db, movieIds: string[]): ByMovie {
  if (movieIds.length === 0) return new Map();
  return read(db, inArray(downloads.movieId, movieIds), inArray(jobs.movieId, movieIds));
}

/** The same for whatever got on at or after a moment. */
export function preparingSince(db: Db, since: Date): ByMovie {
  return read(db, gte(downloads.updatedAt, since), gte(jobs.updatedAt, since));
}

function read(db: Db, whichDownloads: SQL, whichJobs: SQL): ByMovie {
  const found: ByMovie = new Map();
  const add = (movieId: string, stage: keyof Stages, seen: Preparing) => {
    const stages = found.get(movieId) ?? {};
    const known = stages[stage];
    if (!known || (known.progress ?? -1) < (seen.progress ?? -1)) stages[stage] = seen;
    found.set(movieId, stages);
  };
  const loading = db
    .select({
      movieId: downloads.movieId,
      progress: downloads.progress,
      remainingSeconds: downloads.etaSeconds,
    })
    .from(downloads)
    .where(and(whichDownloads, isNull(downloads.completedAt), isNotHeld))
    .all();
  for (const { movieId, ...seen } of loading) add(movieId, "downloading", seen);
  const working = db
    .select({
      movieId: jobs.movieId,
      progress: jobs.progress,
      remainingSeconds: jobs.remainingSeconds,
    })
    .from(jobs)
    .where(and(whichJobs, making))
    .all();
  for (const { movieId, ...seen } of working) if (movieId) add(movieId, "processing", seen);
  return found;
}
