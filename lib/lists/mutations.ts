import { and, eq } from "drizzle-orm";
import { listEntries } from "@/db/schema";
import type { Db } from "@/lib/db";
import { requireMovie } from "@/lib/movies/data";

/**
 * Puts a movie on a person's list, or takes it off. Doing either twice changes nothing: a movie
 * keeps its place.
 *
 * @throws AppError 404 when the movie is not there.
 */
export function setInList(
  db: Db,
  args: { userId: string; movieId: string; inList: boolean; now: Date },
): void {
  const { userId, movieId } = args;
  requireMovie(db, movieId);
  if (args.inList) {
    db.insert(listEntries)
      .values({ userId, movieId, addedAt: args.now })
      .onConflictDoNothing()
      .run();
    return;
  }
  db.delete(listEntries)
    .where(and(eq(listEntries.userId, userId), eq(listEntries.movieId, movieId)))
    .run();
}
