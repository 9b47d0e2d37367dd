import { and, count, eq, exists, gte, isNull, lt, not, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import { movies, requestAskers, requests, timelineEvents } from "@/db/schema";
import type { Db } from "@/lib/db";
import type { StreamEvent } from "@/lib/web/event-stream";

/**
 * Movies that can be watched for the first time since a moment: another version of one that could
 * be watched before is no news. `mine` are those that this person added or asked for.
 */
export function readySince(db: Db, since: Date, userId: string | null): StreamEvent[] {
  const earlier = alias(timelineEvents, "earlier");
  const isFirst = not(
    exists(
      db
        .select({ id: earlier.id })
        .from(earlier)
        .where(
          and(
            eq(earlier.movieId, movies.id),
            eq(earlier.stage, "ready"),
            eq(earlier.state, "done"),
            lt(earlier.id, timelineEvents.id),
          ),
        ),
    ),
  );
  const asked = exists(
    db
      .select({ id: requests.id })
      .from(requests)
      .innerJoin(requestAskers, eq(requestAskers.requestId, requests.id))
      .where(and(eq(requests.movieId, movies.id), eq(requestAskers.userId, userId ?? ""))),
  );
  return db
    .select({
      id: movies.id,
      title: movies.title,
      addedBy: movies.addedBy,
      asked: sql<number>`${asked}`,
    })
    .from(movies)
    .innerJoin(timelineEvents, eq(timelineEvents.movieId, movies.id))
    .where(
      and(
        // First, since it has an index: becoming ready changes the movie's row, too.
        gte(movies.updatedAt, since),
        eq(movies.status, "ready"),
        isNull(movies.binnedAt),
        eq(timelineEvents.stage, "ready"),
        eq(timelineEvents.state, "done"),
        gte(timelineEvents.at, since),
        isFirst,
      ),
    )
    .all()
    .map(({ addedBy, asked, ...movie }) => ({
      event: "ready",
      data: { ...movie, mine: asked === 1 || (addedBy !== null && addedBy === userId) },
    }));
}

/**
 * Tells when there are fewer movies than at the last call: what is gone has no row left that could
 * say that it changed.
 */
export function removals(db: Db): () => StreamEvent[] {
  const present = () =>
    db.select({ count: count() }).from(movies).where(isNull(movies.binnedAt)).get()?.count ?? 0;
  let last = present();
  return () => {
    const before = last;
    last = present();
    return last < before ? [{ event: "movie", data: { removed: true } }] : [];
  };
}
