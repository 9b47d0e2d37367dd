import { and, desc, eq, sql } from "drizzle-orm";
import { history, progress, watched } from "@/db/schema";
import type { Db } from "@/lib/db";
import { requireMovie } from "@/lib/movies/data";
import { creditsOfMovie } from "@/lib/versions/chapter-rows";
import { forgetPlaces, keepEnding, keepPlace } from "./places";
import { decideResume, isContinuous, isPlace, isSameSitting, type Stop } from "./resume";

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
 * @param args.ageSeconds how long ago the person was there; 0 when it is not given.
 * @throws AppError 404 when the movie is not there.
 */
export function saveProgress(
  db: Db,
  args: Whose & Stop & { now: Date; ageSeconds?: number | undefined },
): void {
  db.transaction(
    (tx) => {
      requireMovie(tx, args.movieId);
      const at = new Date(args.now.getTime() - (args.ageSeconds ?? 0) * 1000);
      const reported = { ...args, at };
      const row = tx.select().from(progress).where(ownProgress(args)).get() ?? null;
      const stored = row && { ...row, at: notAhead(row.updatedAt, args.now) };
      const seen = tx.select().from(watched).where(ownWatched(args)).get();
      const decision = decideResume(reported, {
        stored,
        watchedAt: seen ? notAhead(seen.watchedAt, args.now) : null,
        creditsStartSeconds: creditsOfMovie(tx, args),
      });
      if (decision.kind === "keep") return;
      const { stop } = decision;
      const isThrough = decision.kind === "finish";
      const mine = { userId: args.userId, movieId: args.movieId };
      const isJump = stored !== null && !isContinuous(stored, { ...stop, at });
      if (stored && isJump && isPlace(stored, stored.steadySince)) keepPlace(tx, mine, stored);
      writeSitting(tx, { ...mine, at }, stop, isThrough);
      if (isThrough) {
        keepEnding(tx, mine, { ...stop, at });
        if (decision.forgetsStored) tx.delete(progress).where(ownProgress(args)).run();
        markWatched(tx, { ...mine, now: at });
        return;
      }
      const steadySince = stored && !isJump ? stored.steadySince : at;
      const values = { ...stop, updatedAt: at, steadySince };
      tx.insert(progress)
        .values({ ...mine, ...values })
        .onConflictDoUpdate({ target: [progress.userId, progress.movieId], set: values })
        .run();
    },
    { behavior: "immediate" },
  );
}

/** What was stored while the server's clock was ahead must not refuse everything until then. */
function notAhead(stored: Date, now: Date): Date {
  return stored > now ? new Date(now.getTime() - 1) : stored;
}

function writeSitting(db: Db, args: Whose & { at: Date }, stop: Stop, isThrough: boolean): void {
  const { userId, movieId, at } = args;
  const { positionSeconds } = stop;
  const last = db
    .select()
    .from(history)
    .where(and(eq(history.userId, userId), eq(history.movieId, movieId)))
    .orderBy(desc(history.lastWatchedAt), desc(history.id))
    .get();
  if (last && isSameSitting(last.lastWatchedAt, at)) {
    // What arrives late ends no sitting earlier than it was.
    const isLate = at < last.lastWatchedAt;
    db.update(history)
      .set({
        lastWatchedAt: isLate ? last.lastWatchedAt : at,
        positionSeconds: isLate ? last.positionSeconds : positionSeconds,
        finished: last.finished || isThrough,
      })
      .where(eq(history.id, last.id))
      .run();
    return;
  }
  db.insert(history)
    .values({
      userId,
      movieId,
      startedAt: at,
      lastWatchedAt: at,
      positionSeconds,
      finished: isThrough,
    })
    .run();
}

function markWatched(db: Db, { userId, movieId, now }: Whose & { now: Date }): void {
  db.insert(watched)
    .values({ userId, movieId, watchedAt: now })
    .onConflictDoUpdate({
      target: [watched.userId, watched.movieId],
      set: { watchedAt: sql`max(${watched.watchedAt}, excluded.watched_at)` },
    })
    .run();
}

/**
 * Takes a movie out of continue watching, with the places before that; nothing else is forgotten.
 *
 * @returns what `restoreProgress` needs to take it back; null when there was nothing.
 */
export function removeProgress(db: Db, args: Whose): (Stop & { updatedAt: Date }) | null {
  requireMovie(db, args.movieId);
  return db.transaction((tx) => {
    const removed = tx.delete(progress).where(ownProgress(args)).returning().get();
    forgetPlaces(tx, args);
    if (!removed) return null;
    const { positionSeconds, durationSeconds, updatedAt } = removed;
    return { positionSeconds, durationSeconds, updatedAt };
  });
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
        forgetPlaces(tx, args);
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
  db.transaction((tx) => {
    tx.delete(history)
      .where(and(eq(history.userId, args.userId), ofMovie))
      .run();
    // They tell what was watched as well as history does.
    forgetPlaces(tx, args);
  });
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
