import { and, desc, eq } from "drizzle-orm";
import { history, progress, watched } from "@/db/schema";
import type { Db } from "@/lib/db";
import { requireMovie } from "@/lib/movies/data";
import { decideResume, isSameSitting, type Stop } from "./resume";

interface Whose {
  userId: string;
  movieId: string;
}

const ownProgress = ({ userId, movieId }: Whose) =>
  and(eq(progress.userId, userId), eq(progress.movieId, movieId));
const ownWatched = ({ userId, movieId }: Whose) =>
  and(eq(watched.userId, userId), eq(watched.movieId, movieId));

/**
 * Takes a player's report: keeps where the person stopped and writes the sitting into their
 * history, or marks the movie as watched when it is through (lib/playback/resume.ts decides).
 *
 * @throws AppError 404 when the movie is not there.
 */
export function saveProgress(db: Db, args: Whose & Stop & { now: Date }): void {
  db.transaction(
    (tx) => {
      requireMovie(tx, args.movieId);
      const stored = tx.select().from(progress).where(ownProgress(args)).get() ?? null;
      const isWatched = tx.select().from(watched).where(ownWatched(args)).get() !== undefined;
      const decision = decideResume(args, stored, isWatched);
      if (decision.kind === "keep") return;
      const isThrough = decision.kind === "finish";
      writeSitting(tx, args, decision.stop, isThrough);
      if (isThrough) {
        tx.delete(progress).where(ownProgress(args)).run();
        markWatched(tx, args);
        return;
      }
      const row = { ...decision.stop, updatedAt: args.now };
      tx.insert(progress)
        .values({ userId: args.userId, movieId: args.movieId, ...row })
        .onConflictDoUpdate({ target: [progress.userId, progress.movieId], set: row })
        .run();
    },
    { behavior: "immediate" },
  );
}

function writeSitting(db: Db, args: Whose & { now: Date }, stop: Stop, isThrough: boolean): void {
  const { userId, movieId, now } = args;
  const { positionSeconds } = stop;
  const last = db
    .select()
    .from(history)
    .where(and(eq(history.userId, userId), eq(history.movieId, movieId)))
    .orderBy(desc(history.lastWatchedAt), desc(history.id))
    .get();
  if (last && isSameSitting(last.lastWatchedAt, now)) {
    db.update(history)
      .set({ lastWatchedAt: now, positionSeconds, finished: last.finished || isThrough })
      .where(eq(history.id, last.id))
      .run();
    return;
  }
  db.insert(history)
    .values({
      userId,
      movieId,
      startedAt: now,
      lastWatchedAt: now,
      positionSeconds,
      finished: isThrough,
    })
    .run();
}

function markWatched(db: Db, { userId, movieId, now }: Whose & { now: Date }): void {
  db.insert(watched)
    .values({ userId, movieId, watchedAt: now })
    .onConflictDoUpdate({ target: [watched.userId, watched.movieId], set: { watchedAt: now } })
    .run();
}

/**
 * Takes a movie out of continue watching; nothing else is forgotten.
 *
 * @returns what `restoreProgress` needs to take it back; null when there was nothing.
 */
export function removeProgress(db: Db, args: Whose): (Stop & { updatedAt: Date }) | null {
  requireMovie(db, args.movieId);
  const removed = db.delete(progress).where(ownProgress(args)).returning().get();
  if (!removed) return null;
  const { positionSeconds, durationSeconds, updatedAt } = removed;
  return { positionSeconds, durationSeconds, updatedAt };
}

/** Puts back what `removeProgress` took; what was watched since then stays. */
export function restoreProgress(db: Db, args: Whose & Stop & { updatedAt: Date }): void {
  requireMovie(db, args.movieId);
  const { userId, movieId, positionSeconds, durationSeconds, updatedAt } = args;
  db.insert(progress)
    .values({ userId, movieId, positionSeconds, durationSeconds, updatedAt })
    .onConflictDoNothing()
    .run();
}

/**
 * Marks a movie as watched, which takes it out of continue watching, or as not watched. History
 * tells what was played, and stays.
 *
 * @throws AppError 404 when the movie is not there.
 */
export function setWatched(db: Db, args: Whose & { watched: boolean; now: Date }): void {
  db.transaction(
    (tx) => {
      requireMovie(tx, args.movieId);
      if (args.watched) {
        markWatched(tx, args);
        tx.delete(progress).where(ownProgress(args)).run();
      } else tx.delete(watched).where(ownWatched(args)).run();
    },
    { behavior: "immediate" },
  );
}

/** Deletes a person's history, of one movie or all of it. What is marked as watched stays so. */
export function deleteHistory(
  db: Db,
  args: { userId: string; movieId?: string | undefined },
): void {
  const ofMovie = args.movieId === undefined ? undefined : eq(history.movieId, args.movieId);
  db.delete(history)
    .where(and(eq(history.userId, args.userId), ofMovie))
    .run();
}

type Sitting = Omit<typeof history.$inferSelect, "userId">;

/**
 * Deletes one of a person's sittings.
 *
 * @returns what `restoreSitting` needs to take it back; null when it was not there, or not theirs.
 */
export function deleteSitting(db: Db, args: { userId: string; id: number }): Sitting | null {
  const removed = db
    .delete(history)
    .where(and(eq(history.id, args.id), eq(history.userId, args.userId)))
    .returning()
    .get();
  if (!removed) return null;
  const { userId: _, ...sitting } = removed;
  return sitting;
}

/** Puts back what `deleteSitting` took, in its place. */
export function restoreSitting(db: Db, args: { userId: string } & Sitting): void {
  requireMovie(db, args.movieId);
  db.insert(history).values(args).onConflictDoNothing().run();
}
