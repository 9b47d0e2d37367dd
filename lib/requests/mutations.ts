import { and, count, eq, isNull, ne } from "drizzle-orm";
import { movies, requestAskers, requests } from "@/db/schema";
import type { Db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { randomId } from "@/lib/ids";
import { type Film, isMovieOfFilm, isSameFilm } from "./same-film";
import { mostOpen } from "./schema";

type RequestRow = typeof requests.$inferSelect;

const isOpen = and(isNull(requests.movieId), ne(requests.state, "declined"));

function requestById(db: Db, id: string): RequestRow {
  const row = db.select().from(requests).where(eq(requests.id, id)).get();
  if (!row) throw new AppError("not-found", { status: 404 });
  return row;
}

function asksFor(db: Db, requestId: string, userId: string): boolean {
  const their = and(eq(requestAskers.requestId, requestId), eq(requestAskers.userId, userId));
  return db.select().from(requestAskers).where(their).get() !== undefined;
}

function refuseTooMany(db: Db, userId: string): void {
  const row = db
    .select({ open: count() })
    .from(requests)
    .innerJoin(requestAskers, eq(requestAskers.requestId, requests.id))
    .where(and(isOpen, eq(requestAskers.userId, userId)))
    .get();
  if ((row?.open ?? 0) < mostOpen) return;
  throw new AppError("request-too-many", { status: 409, values: { most: mostOpen } });
}

/** Somebody who names no year and means another film of that name says so with its year. */
function refuseWhatIsHere(db: Db, film: Film): void {
  const { id, imdbId, tmdbId, title, originalTitle, releaseYear } = movies;
  const rows = db
    .select({ id, imdbId, tmdbId, title, originalTitle, releaseYear })
    .from(movies)
    .where(isNull(movies.binnedAt))
    .all();
  const here = rows.find((movie) => isMovieOfFilm(movie, film));
  if (!here) return;
  throw new AppError("request-in-library", { status: 409, members: { movieId: here.id } });
}

/** Takes a person's name off a request; one that nobody asks for any more goes. */
function takeOff(db: Db, requestId: string, userId: string): void {
  db.delete(requestAskers)
    .where(and(eq(requestAskers.requestId, requestId), eq(requestAskers.userId, userId)))
    .run();
  const rest = db.select().from(requestAskers).where(eq(requestAskers.requestId, requestId)).get();
  if (!rest) db.delete(requests).where(eq(requests.id, requestId)).run();
}

/** Whoever asks again is not shown the answer of then. */
function forgetDeclined(db: Db, film: Film, userId: string): void {
  const declined = db
    .select({ request: requests })
    .from(requests)
    .innerJoin(requestAskers, eq(requestAskers.requestId, requests.id))
    .where(and(eq(requests.state, "declined"), eq(requestAskers.userId, userId)))
    .all();
  for (const { request } of declined) {
    if (isSameFilm(request, film)) takeOff(db, request.id, userId);
  }
}

/**
 * Asks for a film. Whoever asks for one that others ask for joins them.
 *
 * @returns the request's id.
 * @throws AppError 409 with `movieId` for a film of the library; 409 with too many open ones.
 */
export function askForFilm(
  db: Db,
  args: { film: Film; resultId: string | null; userId: string; now: Date },
): string {
  const { film, resultId, userId, now } = args;
  return db.transaction((tx) => {
    refuseWhatIsHere(tx, film);
    const open = tx.select().from(requests).where(isOpen).all();
    const same = open.find((request) => isSameFilm(request, film));
    if (same && asksFor(tx, same.id, userId)) return same.id;
    refuseTooMany(tx, userId);
    forgetDeclined(tx, film, userId);
    const id = same?.id ?? randomId();
    if (same) {
      const { imdbId, tmdbId, year } = same;
      tx.update(requests)
        .set({
          imdbId: imdbId ?? film.imdbId,
          tmdbId: tmdbId ?? film.tmdbId,
          year: year ?? film.year,
          // The newest is the one that is kept longest.
          resultId: resultId ?? same.resultId,
          updatedAt: now,
        })
        .where(eq(requests.id, id))
        .run();
    } else {
      tx.insert(requests)
        .values({ id, ...film, resultId, state: "asked", createdAt: now, updatedAt: now })
        .run();
    }
    tx.insert(requestAskers).values({ requestId: id, userId, askedAt: now }).run();
    return id;
  });
}

/** Takes one's own name off a request. @throws AppError 404 when it is not on it. */
export function takeBackRequest(db: Db, args: { id: string; userId: string; now: Date }): void {
  db.transaction((tx) => {
    if (!asksFor(tx, args.id, args.userId)) throw new AppError("not-found", { status: 404 });
    takeOff(tx, args.id, args.userId);
    tx.update(requests).set({ updatedAt: args.now }).where(eq(requests.id, args.id)).run();
  });
}

/**
 * A request that can still be decided: its film is not in the library.
 *
 * @throws AppError 404; 409 with `movieId` when it is.
 */
export function openRequest(db: Db, id: string): RequestRow {
  const request = requestById(db, id);
  const { movieId } = request;
  if (movieId) throw new AppError("request-done", { status: 409, members: { movieId } });
  return request;
}

/**
 * Says yes.
 *
 * @param args.movieId what was added for it; null while that is still to come.
 * @throws AppError 404.
 */
export function approveRequest(
  db: Db,
  args: { id: string; movieId: string | null; decidedBy: string | null; now: Date },
): void {
  db.transaction((tx) => {
    const { movieId } = requestById(tx, args.id);
    tx.update(requests)
      .set({
        state: "approved",
        movieId: args.movieId ?? movieId,
        declinedBecause: null,
        decidedBy: args.decidedBy,
        decidedAt: args.now,
        updatedAt: args.now,
      })
      .where(eq(requests.id, args.id))
      .run();
  });
}

/** Says no, with a sentence for whoever asked. @throws AppError 404, or 409 once it was added. */
export function declineRequest(
  db: Db,
  args: { id: string; because: string | null; decidedBy: string | null; now: Date },
): void {
  db.transaction((tx) => {
    const { id } = openRequest(tx, args.id);
    tx.update(requests)
      .set({
        state: "declined",
        declinedBecause: args.because,
        decidedBy: args.decidedBy,
        decidedAt: args.now,
        updatedAt: args.now,
      })
      .where(eq(requests.id, id))
      .run();
  });
}
