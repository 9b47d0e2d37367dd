import { eq } from "drizzle-orm";
import { movies } from "@/db/schema";
import type { Db } from "@/lib/db";
import { takeFile } from "@/lib/downloads/file-choice";
import { AppError, fieldError } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";
import { matchDecision, storedDecision } from "./decision";
import { forgetEdits } from "./edits";
import { movieById, movieWithIds } from "./metadata";
import { refreshMovieStatus } from "./status";

function requestMetadata(db: Db, movieId: string, tmdbId: number, now: Date): void {
  if (movieWithIds(db, movieId, { imdbId: null, tmdbId })) {
    throw new AppError("movie-there-twice", { status: 409 });
  }
  forgetEdits(db, movieId, now);
  const decision = movieById(db, movieId)?.decision ?? null;
  // Which file is meant is another question, and stays.
  const kept = matchDecision.safeParse(decision).success ? null : decision;
  db.update(movies)
    .set({ tmdbId, decision: kept, metadataState: "pending", metadataReason: null, updatedAt: now })
    .where(eq(movies.id, movieId))
    .run();
  refreshMovieStatus(db, movieId, now);
  enqueue(db, "fetch-metadata", { movieId }, { now });
}

/**
 * Takes one of the choices that a movie waits for: the film that it is, or the file that is meant.
 *
 * @throws AppError 404 for an unknown movie, 409 when nothing is to be chosen, 422 for an option
 *   that was not offered.
 */
export function decide(db: Db, movieId: string, optionId: string, now: Date): void {
  db.transaction((tx) => {
    const movie = movieById(tx, movieId);
    if (!movie || movie.binnedAt) throw new AppError("movie-unknown", { status: 404 });
    const decision = storedDecision.safeParse(movie.decision);
    if (!decision.success) throw new AppError("nothing-to-decide", { status: 409 });
    if (!decision.data.options.some((option) => option.id === optionId)) {
      throw fieldError("optionId", "option-unknown");
    }
    if (decision.data.kind === "match") {
      requestMetadata(tx, movieId, Number(optionId), now);
      return;
    }
    tx.update(movies).set({ decision: null, updatedAt: now }).where(eq(movies.id, movieId)).run();
    takeFile(tx, decision.data.downloadId, Number(optionId), now);
    refreshMovieStatus(tx, movieId, now);
  });
}

/**
 * Mends a wrong match: the movie is this film of TMDB's.
 *
 * @throws AppError 404, or 409 when another movie is that film already.
 */
export function rematch(db: Db, movieId: string, tmdbId: number, now: Date): void {
  db.transaction((tx) => {
    const movie = movieById(tx, movieId);
    if (!movie || movie.binnedAt) throw new AppError("movie-unknown", { status: 404 });
    tx.update(movies).set({ imdbId: null }).where(eq(movies.id, movieId)).run();
    requestMetadata(tx, movieId, tmdbId, now);
  });
}
