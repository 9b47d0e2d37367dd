import { eq } from "drizzle-orm";
import { z } from "zod";
import { movies } from "@/db/schema";
import type { Db } from "@/lib/db";
import { AppError, fieldError } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";
import { movieById, movieWithIds } from "./metadata";
import { refreshMovieStatus } from "./status";

/** What a movie waits for a person to choose, as stored. */
export const storedDecision = z.object({
  kind: z.literal("match"),
  options: z.array(z.object({ id: z.string(), label: z.string() })),
});

function requestMetadata(db: Db, movieId: string, tmdbId: number, now: Date): void {
  if (movieWithIds(db, movieId, { imdbId: null, tmdbId })) {
    throw new AppError("movie-there-twice", { status: 409 });
  }
  db.update(movies)
    .set({ tmdbId, decision: null, metadataState: "pending", metadataReason: null, updatedAt: now })
    .where(eq(movies.id, movieId))
    .run();
  refreshMovieStatus(db, movieId, now);
  enqueue(db, "fetch-metadata", { movieId }, { now });
}

/**
 * Takes one of the films that a movie may be.
 *
 * @throws AppError 404 for an unknown movie, 409 when nothing is to be chosen, 422 for an option
 *   that was not offered.
 */
export function decideMatch(db: Db, movieId: string, optionId: string, now: Date): void {
  db.transaction((tx) => {
    const movie = movieById(tx, movieId);
    if (!movie) throw new AppError("movie-unknown", { status: 404 });
    const decision = storedDecision.safeParse(movie.decision);
    if (!decision.success) throw new AppError("nothing-to-decide", { status: 409 });
    if (!decision.data.options.some((option) => option.id === optionId)) {
      throw fieldError("optionId", "option-unknown");
    }
    requestMetadata(tx, movieId, Number(optionId), now);
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
    if (!movie) throw new AppError("movie-unknown", { status: 404 });
    tx.update(movies).set({ imdbId: null }).where(eq(movies.id, movieId)).run();
    requestMetadata(tx, movieId, tmdbId, now);
  });
}
