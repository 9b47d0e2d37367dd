import { and, count, desc, eq, isNull } from "drizzle-orm";
import { history, movies, progress } from "@/db/schema";
import type { Db } from "@/lib/db";
import { picturesOf } from "@/lib/movies/cards";
import type { Page, PageQuery } from "@/lib/web/page-query";
import { earlierPlacesOf } from "./places";
import type { HistoryView, ProgressView } from "./schema";

/** Where a person stopped; 0 of 0 when there is nothing to continue. */
export function progressOf(db: Db, args: { userId: string; movieId: string }): ProgressView {
  const row = db
    .select()
    .from(progress)
    .where(and(eq(progress.userId, args.userId), eq(progress.movieId, args.movieId)))
    .get();
  const earlier = earlierPlacesOf(db, args);
  return row
    ? {
        positionSeconds: row.positionSeconds,
        durationSeconds: row.durationSeconds,
        updatedAt: row.updatedAt.toISOString(),
        earlier,
      }
    : { positionSeconds: 0, durationSeconds: 0, updatedAt: null, earlier };
}

/** A person's sittings, newest first; those of movies in the bin are left out. */
export function listHistory(db: Db, args: PageQuery & { userId: string }): Page<HistoryView> {
  const { page, pageSize, userId } = args;
  const shown = and(eq(history.userId, userId), isNull(movies.binnedAt));
  const total = db
    .select({ count: count() })
    .from(history)
    .innerJoin(movies, eq(movies.id, history.movieId))
    .where(shown)
    .get();
  const rows = db
    .select({
      id: history.id,
      movieId: history.movieId,
      title: movies.title,
      releaseDate: movies.releaseDate,
      posterId: movies.posterId,
      startedAt: history.startedAt,
      lastWatchedAt: history.lastWatchedAt,
      positionSeconds: history.positionSeconds,
      finished: history.finished,
      quality: movies.bestQuality,
      stoppedAt: progress.positionSeconds,
    })
    .from(history)
    .innerJoin(movies, eq(movies.id, history.movieId))
    .leftJoin(progress, and(eq(progress.movieId, history.movieId), eq(progress.userId, userId)))
    .where(shown)
    .orderBy(desc(history.lastWatchedAt), desc(history.id))
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .all();
  const pictures = picturesOf(
    db,
    rows.map((row) => row.posterId),
  );
  const items = rows.map(({ posterId, quality, stoppedAt, ...row }) => {
    const poster = (posterId && pictures.get(posterId)) || null;
    return {
      ...row,
      id: String(row.id),
      canResume: quality !== null && !row.finished && stoppedAt === row.positionSeconds,
      posterUrl: poster?.url ?? null,
      poster,
      startedAt: row.startedAt.toISOString(),
      lastWatchedAt: row.lastWatchedAt.toISOString(),
    };
  });
  return { items, page, pageSize, total: total?.count ?? 0 };
}
