import { and, eq, isNull } from "drizzle-orm";
import { movieEdits, movies } from "@/db/schema";
import type { Db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { sortTitle } from "./titles";
import { removeUnusedImages } from "./unused-images";

type EditRow = typeof movieEdits.$inferSelect;

/** What a person can change of a movie. */
const editableFields = ["title", "year", "poster"] as const;
export type EditableField = (typeof editableFields)[number];

/** What is to change; null goes back to what TMDB says, what is left out stays. */
export interface MovieChanges {
  title?: string | null | undefined;
  year?: number | null | undefined;
  posterId?: string | null | undefined;
}

/** What a movie has without anybody's changes. */
interface Found {
  title: string;
  releaseDate: string | null;
  releaseYear: number | null;
  posterId: string | null;
}

function rowOf(db: Db, movieId: string): EditRow | undefined {
  return db.select().from(movieEdits).where(eq(movieEdits.movieId, movieId)).get();
}

/** What a movie shows: what a person said, else what was found. */
function effective(edits: Pick<EditRow, "title" | "releaseYear" | "posterId">, found: Found) {
  const title = edits.title ?? found.title;
  const year = edits.releaseYear;
  const isOtherYear = year !== null && !found.releaseDate?.startsWith(String(year));
  return {
    title,
    sortTitle: sortTitle(title),
    releaseYear: year ?? found.releaseYear,
    // The day is not known then.
    releaseDate: isOtherYear ? String(year) : found.releaseDate,
    posterId: edits.posterId ?? found.posterId,
  };
}

/** Which fields of a movie a person changed. */
export function editedFields(db: Db, movieId: string): EditableField[] {
  const edits = rowOf(db, movieId);
  if (!edits) return [];
  const isEdited: Record<EditableField, boolean> = {
    title: edits.title !== null,
    year: edits.releaseYear !== null,
    poster: edits.posterId !== null,
  };
  return editableFields.filter((field) => isEdited[field]);
}

/**
 * Changes title, year or poster of a movie by hand, or takes such a change back. What is changed
 * stays so when its description is fetched anew.
 *
 * @throws AppError 404.
 */
export function changeMovie(db: Db, movieId: string, changes: MovieChanges, now: Date): void {
  db.transaction((tx) => {
    const movie = tx
      .select()
      .from(movies)
      .where(and(eq(movies.id, movieId), isNull(movies.binnedAt)))
      .get();
    if (!movie) throw new AppError("movie-unknown", { status: 404 });
    const before = rowOf(tx, movieId);
    const edits = {
      title: changes.title === undefined ? (before?.title ?? null) : changes.title,
      releaseYear: changes.year === undefined ? (before?.releaseYear ?? null) : changes.year,
      posterId: changes.posterId === undefined ? (before?.posterId ?? null) : changes.posterId,
    };
    // What nobody changed so far is what the movie has.
    const isOwnYear = before == null || before.releaseYear === null;
    const found: Found = {
      title: before?.title == null ? movie.title : before.foundTitle,
      releaseDate: isOwnYear ? movie.releaseDate : before.foundReleaseDate,
      releaseYear: isOwnYear ? movie.releaseYear : before.foundReleaseYear,
      posterId: before?.posterId == null ? movie.posterId : before.foundPosterId,
    };
    tx.update(movies)
      .set({ ...effective(edits, found), updatedAt: now })
      .where(eq(movies.id, movieId))
      .run();
    const isEdited = Object.values(edits).some((value) => value !== null);
    if (isEdited) saveRow(tx, movieId, edits, found, now);
    else tx.delete(movieEdits).where(eq(movieEdits.movieId, movieId)).run();
    removeUnusedImages(tx, [movie.posterId, before?.posterId], now);
  });
}

function saveRow(
  db: Db,
  movieId: string,
  edits: Pick<EditRow, "title" | "releaseYear" | "posterId">,
  found: Found,
  now: Date,
): void {
  const row = {
    ...edits,
    foundTitle: found.title,
    foundReleaseDate: found.releaseDate,
    foundReleaseYear: found.releaseYear,
    foundPosterId: found.posterId,
    editedAt: now,
  };
  db.insert(movieEdits)
    .values({ movieId, ...row })
    .onConflictDoUpdate({ target: movieEdits.movieId, set: row })
    .run();
}

/**
 * Keeps what was found anew of a movie for when a person's changes are taken back.
 *
 * @param found where something could not be had, what the movie has.
 * @returns what the movie shows: their changes, and what was found of the rest.
 */
export function underEdits(db: Db, movieId: string, found: Found, now: Date) {
  const edits = rowOf(db, movieId);
  if (!edits) return effective({ title: null, releaseYear: null, posterId: null }, found);
  const { title, releaseYear, posterId, editedAt } = edits;
  const isOwnYear = found.releaseDate === null && found.releaseYear === releaseYear;
  const kept = {
    ...found,
    releaseYear: isOwnYear ? edits.foundReleaseYear : found.releaseYear,
    posterId: found.posterId === posterId ? edits.foundPosterId : found.posterId,
  };
  saveRow(db, movieId, { title, releaseYear, posterId }, kept, editedAt);
  if (kept.posterId !== edits.foundPosterId) removeUnusedImages(db, [edits.foundPosterId], now);
  return effective(edits, kept);
}

/** The movie turns out to be another film: what was changed was said of the wrong one. */
export function forgetEdits(db: Db, movieId: string, now: Date): void {
  const edits = rowOf(db, movieId);
  if (!edits) return;
  db.delete(movieEdits).where(eq(movieEdits.movieId, movieId)).run();
  removeUnusedImages(db, [edits.posterId, edits.foundPosterId], now);
}
