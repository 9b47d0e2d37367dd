import { and, desc, eq, inArray, isNotNull, isNull, ne, or } from "drizzle-orm";
import { movies, subtitles, versions } from "@/db/schema";
import type { Db } from "@/lib/db";
import { AppError, fieldError } from "@/lib/errors";
import { retryOpenJobs } from "@/lib/queue/commands";
import { enqueue } from "@/lib/queue/enqueue";
import { isNotBinned } from "@/lib/versions/binned";
import { languageFit } from "./language";

/**
 * Versions that subtitles can be looked for: their file was taken in, and they are not in the bin.
 * What is made of another version has that one's.
 */
function searchable(db: Db, movieIds?: readonly string[]) {
  return db
    .select({ versionId: versions.id, movieId: versions.movieId })
    .from(versions)
    .innerJoin(movies, eq(movies.id, versions.movieId))
    .where(
      and(
        movieIds ? inArray(versions.movieId, [...movieIds]) : undefined,
        // Also where the original was deleted: OpenSubtitles is asked by what was noted of it.
        or(isNotNull(versions.sourcePath), isNotNull(versions.publishedAt)),
        inArray(versions.sourceKind, ["torrent", "import"]),
        ne(versions.status, "failed"),
        isNull(movies.binnedAt),
        isNotBinned(db),
      ),
    )
    .all();
}

/**
 * Looks for the subtitles of movies again: inside their files, beside them and at OpenSubtitles.
 * What a person uploaded, took or mended stays. What was listed as unusable is forgotten, so that
 * it is read once more; what a search downloaded is used until a search finds what is best now. A
 * search that waits (for a new day's quota) goes on at once.
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
    const ready = searchable(tx, wanted);
    if (ready.length === 0) throw new AppError("subtitles-too-early", { status: 409 });
    for (const { versionId } of ready) {
      const ofVersion = eq(subtitles.versionId, versionId);
      tx.delete(subtitles)
        .where(and(ofVersion, isNotNull(subtitles.reason), ne(subtitles.source, "upload")))
        .run();
      tx.update(subtitles)
        .set({ replaceable: true })
        .where(and(ofVersion, eq(subtitles.source, "opensubtitles"), eq(subtitles.picked, false)))
        .run();
    }
    const jobIds = ready.map((payload) => enqueue(tx, "find-subtitles", payload, { now }));
    for (const { movieId } of ready) retryOpenJobs(tx, movieId, now);
    return { jobIds };
  });
}

/** The searchable versions without a whole, usable subtitle that serves one of the languages. */
function versionsWithout(db: Db, ...languages: readonly string[]) {
  const serving = new Set(
    db
      .select({ versionId: subtitles.versionId, language: subtitles.language })
      .from(subtitles)
      .where(and(isNull(subtitles.reason), eq(subtitles.forced, false)))
      .all()
      .filter((row) => languages.some((language) => languageFit(language, row.language) > 0))
      .map((row) => row.versionId),
  );
  return searchable(db).filter(({ versionId }) => !serving.has(versionId));
}

/** How many movies have no subtitle in a language yet and could be looked at. */
export function countMoviesWithout(db: Db, language: string): number {
  return new Set(versionsWithout(db, language).map(({ movieId }) => movieId)).size;
}

/** The newest ready movies that nobody can read along with, whatever of the languages they read. */
export function moviesWithoutAny(
  db: Db,
  { languages, limit }: { languages: readonly string[]; limit: number },
): { id: string; title: string; releaseDate: string | null }[] {
  if (languages.length === 0) return [];
  const lacking = [...new Set(versionsWithout(db, ...languages).map(({ movieId }) => movieId))];
  return db
    .select({ id: movies.id, title: movies.title, releaseDate: movies.releaseDate })
    .from(movies)
    .where(and(eq(movies.status, "ready"), inArray(movies.id, lacking)))
    .orderBy(desc(movies.addedAt))
    .limit(limit)
    .all();
}

/**
 * Looks through the whole library for subtitles in a language, where there is none; nothing that is
 * there changes.
 *
 * @returns the jobs, one per version.
 */
export function fetchLanguage(
  db: Db,
  { language, now }: { language: string; now: Date },
): { jobIds: string[] } {
  return db.transaction((tx) => ({
    jobIds: versionsWithout(tx, language).map((payload) =>
      enqueue(tx, "find-subtitles", payload, { now }),
    ),
  }));
}
