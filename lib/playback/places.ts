import { and, desc, eq, inArray } from "drizzle-orm";
import { earlierPlaces } from "@/db/schema";
import type { Db } from "@/lib/db";
import { isFinished, type Report } from "./resume";

interface Whose {
  userId: string;
  movieId: string;
}

/** So many are kept of each movie. */
const mostPlaces = 3;
/** Two that are nearer to each other are the same one to whoever looks for it. */
const sameSeconds = 120;
/** What is left of a film is not worth going back to. */
const endSeconds = 60;

function rowsOf(db: Db, { userId, movieId }: Whose) {
  return db
    .select()
    .from(earlierPlaces)
    .where(and(eq(earlierPlaces.userId, userId), eq(earlierPlaces.movieId, movieId)))
    .orderBy(desc(earlierPlaces.leftAt), desc(earlierPlaces.id))
    .all();
}

/** Where a person was before they jumped elsewhere or were through, newest first; at most three. */
export function earlierPlacesOf(
  db: Db,
  whose: Whose,
): { positionSeconds: number; leftAt: string }[] {
  return rowsOf(db, whose)
    .slice(0, mostPlaces)
    .map(({ positionSeconds, leftAt }) => ({ positionSeconds, leftAt: leftAt.toISOString() }));
}

/** Keeps a place, instead of one that is nearly the same, and lets the oldest go. */
export function keepPlace(db: Db, { userId, movieId }: Whose, place: Report): void {
  const { positionSeconds, durationSeconds, at: leftAt } = place;
  const rows = rowsOf(db, { userId, movieId });
  const same = rows.filter((row) => Math.abs(row.positionSeconds - positionSeconds) < sameSeconds);
  const rest = rows.filter((row) => !same.includes(row));
  remove(db, [...same, ...rest.slice(mostPlaces - 1)]);
  db.insert(earlierPlaces)
    .values({ userId, movieId, positionSeconds, durationSeconds, leftAt })
    .run();
}

/**
 * A film counts as watched before its very end: who stops there finds the place again, and who goes
 * on to the end has nothing to go back to.
 */
export function keepEnding(db: Db, whose: Whose, stop: Report): void {
  const inEnding = rowsOf(db, whose).filter((row) =>
    isFinished(row.positionSeconds, row.durationSeconds),
  );
  remove(db, inEnding);
  if (stop.durationSeconds - stop.positionSeconds > endSeconds) keepPlace(db, whose, stop);
}

/** Forgets the places of a movie, or of all. */
export function forgetPlaces(db: Db, args: { userId: string; movieId?: string | undefined }): void {
  const ofMovie = args.movieId === undefined ? undefined : eq(earlierPlaces.movieId, args.movieId);
  db.delete(earlierPlaces)
    .where(and(eq(earlierPlaces.userId, args.userId), ofMovie))
    .run();
}

function remove(db: Db, rows: { id: number }[]): void {
  const ids = rows.map(({ id }) => id);
  if (ids.length > 0) db.delete(earlierPlaces).where(inArray(earlierPlaces.id, ids)).run();
}
