import { and, eq } from "drizzle-orm";
import { listEntries } from "@/db/schema";
import type { Db } from "@/lib/db";
import { requireMovie } from "@/lib/movies/data";

/**
 * Puts a movie on a person's list, or takes it off. Doing either twice changes nothing: a movie
 * keeps its place.
 *
 * @param listedAt gives it the place that it had before it was taken off.
 * @returns when a movie that was taken off had been put there; null otherwise.
 * @throws AppError 404 when the movie is not there.
 */
export function setInList(
  db: Db,
  args: {
    userId: string;
    movieId: string;
    inList: boolean;
    now: Date;
    listedAt?: Date | null | undefined;
  },
): Date | null {
  const { userId, movieId, listedAt, now } = args;
  requireMovie(db, movieId);
  if (args.inList) {
    db.insert(listEntries)
      .values({ userId, movieId, addedAt: listedAt ?? now })
      .onConflictDoNothing()
      .run();
    return null;
  }
  const removed = db
    .delete(listEntries)
    .where(and(eq(listEntries.userId, userId), eq(listEntries.movieId, movieId)))
    .returning()
    .get();
  return removed?.addedAt ?? null;
}
