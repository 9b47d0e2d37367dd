import { and, eq, inArray } from "drizzle-orm";
import { type MovieStatus, movies, type VersionStatus, versions } from "@/db/schema";
import type { Db } from "@/lib/db";
import type { Reason } from "@/lib/errors";
import { isNotBinned } from "@/lib/versions/binned";
import { announceMovie } from "@/lib/webhooks/announce";

interface VersionState {
  status: VersionStatus;
  reason: Reason | null;
}

/**
 * A movie's status from its versions: what can be played decides, then what is on its way, and only
 * when nothing is, what failed.
 */
export function statusFrom(
  versionStates: readonly VersionState[],
  hasDecision: boolean,
): { status: MovieStatus; reason: Reason | null } {
  const first = (...statuses: VersionStatus[]) =>
    versionStates.find((version) => statuses.includes(version.status));
  if (first("ready")) return { status: "ready", reason: null };
  if (hasDecision) {
    // Which file is meant, is asked by the version that waits for it.
    const asking = versionStates.find(({ reason }) => reason?.code === "torrent-several-films");
    return { status: "deciding", reason: asking?.reason ?? null };
  }
  const working = first("processing", "queued");
  if (working) return { status: "processing", reason: working.reason };
  const downloading = first("downloading");
  if (downloading) return { status: "downloading", reason: downloading.reason };
  const failed = first("failed");
  if (failed) return { status: "failed", reason: failed.reason };
  return { status: "adding", reason: null };
}

/**
 * Brings a movie's status in step with its versions outside the bin, in the caller's transaction;
 * whoever wants to be told of it will be.
 */
export function refreshMovieStatus(db: Db, movieId: string, now: Date): void {
  const movie = db.select().from(movies).where(eq(movies.id, movieId)).get();
  if (!movie) return;
  const states = db
    .select({ status: versions.status, reason: versions.reason })
    .from(versions)
    .where(and(eq(versions.movieId, movieId), isNotBinned(db)))
    .all();
  const next = statusFrom(states, movie.decision !== null);
  const isSame =
    next.status === movie.status && JSON.stringify(next.reason) === JSON.stringify(movie.reason);
  if (isSame) return;
  db.transaction((tx) => {
    tx.update(movies)
      .set({ ...next, updatedAt: now })
      .where(eq(movies.id, movieId))
      .run();
    if (next.status === movie.status || movie.binnedAt !== null) return;
    announceMovie(tx, { ...movie, status: next.status }, now);
  });
}

/** Something that a movie's page shows changed: whoever follows it is told. */
export function touchMovieOf(db: Db, versionId: string, now: Date): void {
  const owner = db
    .select({ movieId: versions.movieId })
    .from(versions)
    .where(eq(versions.id, versionId));
  db.update(movies).set({ updatedAt: now }).where(inArray(movies.id, owner)).run();
}
