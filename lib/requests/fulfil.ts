import { and, eq, isNull, ne } from "drizzle-orm";
import { movies, requests } from "@/db/schema";
import type { Db } from "@/lib/db";
import { isMovieOfFilm } from "./same-film";

/**
 * A movie is in the library, or it became known which film it is: whoever asked for that film has
 * their answer. In the caller's transaction.
 *
 * @param decidedBy who added it, where that answers a request that nobody looked at.
 */
export function fulfilRequests(
  db: Db,
  args: { movieId: string; decidedBy: string | null; now: Date },
): void {
  const open = db
    .select()
    .from(requests)
    .where(and(isNull(requests.movieId), ne(requests.state, "declined")))
    .all();
  if (open.length === 0) return;
  const movie = db.select().from(movies).where(eq(movies.id, args.movieId)).get();
  if (!movie) return;
  for (const request of open) {
    if (!isMovieOfFilm(movie, request)) continue;
    db.update(requests)
      .set({
        state: "approved",
        movieId: movie.id,
        decidedBy: request.decidedBy ?? args.decidedBy,
        decidedAt: request.decidedAt ?? args.now,
        updatedAt: args.now,
      })
      .where(eq(requests.id, request.id))
      .run();
  }
}
