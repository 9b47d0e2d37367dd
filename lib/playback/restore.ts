import { progress } from "@/db/schema";
import type { Db } from "@/lib/db";
import { requireMovie } from "@/lib/movies/data";

/**
 * Puts back a place that was taken out of continue watching, as it was. A newer one is left alone,
 * and nothing is written into the history: nobody watched anything.
 *
 * @throws AppError 404 when the movie is not there.
 */
export function restoreProgress(
  db: Db,
  place: {
    userId: string;
    movieId: string;
    positionSeconds: number;
    durationSeconds: number;
    updatedAt: Date;
  },
): void {
  requireMovie(db, place.movieId);
  db.insert(progress).values(place).onConflictDoNothing().run();
}
