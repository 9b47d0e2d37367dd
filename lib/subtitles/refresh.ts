import { and, eq, inArray, isNotNull, isNull, ne, or } from "drizzle-orm";
import { movies, subtitles, versions } from "@/db/schema";
import type { Db } from "@/lib/db";
import { AppError, fieldError } from "@/lib/errors";
import { retryOpenJobs } from "@/lib/queue/commands";
import { enqueue } from "@/lib/queue/enqueue";
import { isNotBinned } from "@/lib/versions/data";

/**
 * Looks for the subtitles of movies again: inside their files, beside them and at OpenSubtitles.
 * What can be used stays, uploads above all; what was listed as unusable is forgotten, so that it
 * is read once more. A search that waits (for a new day's quota) goes on at once.
 *
 * @returns the jobs, one per version.
 * @throws AppError 404 for a movie that is not there; 409 when none of them has a file yet.
 */
export function refreshSubtitles(
  db: Db,
  { movieIds, now }: { movieIds: readonly string[]; now: Date },
): { jobIds: string[] } {
  return db.transaction((tx) => {
    const wanted = [...new Set(movieIds)];
    const there = tx
      .select({ id: movies.id })
      .from(movies)
      .where(and(inArray(movies.id, wanted), isNull(movies.binnedAt)))
      .all();
    if (there.length < wanted.length) {
      if (wanted.length === 1) throw new AppError("movie-unknown", { status: 404 });
      throw fieldError("movieIds", "movies-unknown", { count: wanted.length - there.length });
    }
    // Before its file was taken in, a version has nothing to look into; it is looked at by itself then.
    const ready = tx
      .select({ versionId: versions.id, movieId: versions.movieId })
      .from(versions)
      .where(
        and(
          inArray(versions.movieId, wanted),
          // Also where the original was deleted: OpenSubtitles is asked by what was noted of it.
          or(isNotNull(versions.sourcePath), isNotNull(versions.publishedAt)),
          // What is made of another version gets that one's.
          inArray(versions.sourceKind, ["torrent", "import"]),
          ne(versions.status, "failed"),
          isNotBinned(tx),
        ),
      )
      .all();
    if (ready.length === 0) throw new AppError("subtitles-too-early", { status: 409 });
    for (const { versionId } of ready) {
      tx.delete(subtitles)
        .where(
          and(
            eq(subtitles.versionId, versionId),
            isNotNull(subtitles.reason),
            ne(subtitles.source, "upload"),
          ),
        )
        .run();
    }
    const jobIds = ready.map((payload) => enqueue(tx, "find-subtitles", payload, { now }));
    for (const { movieId } of ready) retryOpenJobs(tx, movieId, now);
    return { jobIds };
  });
}
