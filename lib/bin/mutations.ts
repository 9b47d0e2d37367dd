import { and, eq, isNull, lte, ne, notInArray, or } from "drizzle-orm";
import { binEntries, downloads, movies, versions } from "@/db/schema";
import type { Db } from "@/lib/db";
import { dropFileQuestion } from "@/lib/downloads/file-choice";
import { isNotHeld } from "@/lib/downloads/held";
import { AppError } from "@/lib/errors";
import { deleteMovie, deleteVersion } from "@/lib/movies/remove";
import { refreshMovieStatus } from "@/lib/movies/status";
import { enqueue } from "@/lib/queue/enqueue";
import { endHeld, resumeHeld } from "@/lib/queue/held";
import { wakeSoon } from "@/lib/queue/runtime";
import { isNotBinned } from "@/lib/versions/binned";

type Entry = typeof binEntries.$inferSelect;

const dayMs = 86_400_000;

interface Deletion {
  id: string;
  sizeBytes: number;
  /** How long it can be brought back. */
  days: number;
  now: Date;
}

function insertEntry(
  db: Db,
  { id, sizeBytes, days, now }: Deletion,
  what: { kind: Entry["kind"]; title: string },
): void {
  const emptiedAfter = new Date(now.getTime() + days * dayMs);
  db.insert(binEntries)
    .values({ id, subjectId: id, ...what, sizeBytes, binnedAt: now, emptiedAfter })
    .run();
}

/** Whoever shows the movie reads it again, and its jobs hear of it now. */
function tell(db: Db, movieId: string, now: Date): void {
  db.update(movies).set({ updatedAt: now }).where(eq(movies.id, movieId)).run();
  refreshMovieStatus(db, movieId, now);
  wakeSoon();
}

/**
 * Puts a movie into the bin: every row and file of it stays, and nobody sees it. What was being done
 * for it is set aside, and the ticks of the downloads stop its torrents.
 *
 * @throws AppError 404 when there is no such movie, or it lies there already.
 */
export function putMovieInBin(db: Db, deletion: Deletion): void {
  const { id, now } = deletion;
  db.transaction((tx) => {
    const movie = tx
      .select({ title: movies.title })
      .from(movies)
      .where(and(eq(movies.id, id), isNull(movies.binnedAt)))
      .get();
    if (!movie) throw new AppError("movie-unknown", { status: 404 });
    insertEntry(tx, deletion, { kind: "movie", title: movie.title });
    tx.update(movies).set({ binnedAt: now }).where(eq(movies.id, id)).run();
    endHeld(tx, id, now);
    tell(tx, id, now);
  });
}

/**
 * Puts one version of a movie into the bin, together with what is only being made of it.
 *
 * @throws AppError 404 when there is no such version, or it or its movie lies there already.
 */
export function putVersionInBin(db: Db, deletion: Deletion): void {
  const { id, now } = deletion;
  db.transaction((tx) => {
    const version = tx
      .select({ movieId: versions.movieId, title: movies.title })
      .from(versions)
      .innerJoin(movies, eq(movies.id, versions.movieId))
      .where(and(eq(versions.id, id), isNull(movies.binnedAt), isNotBinned(tx)))
      .get();
    if (!version) throw new AppError("version-unknown", { status: 404 });
    const { movieId, title } = version;
    insertEntry(tx, deletion, { kind: "version", title });
    const torrents = tx.select().from(downloads).where(eq(downloads.versionId, id)).all();
    // Asked again when it is brought back, by the step that chooses the files.
    for (const torrent of torrents) dropFileQuestion(tx, movieId, torrent.id, now);
    endHeld(tx, movieId, now);
    tell(tx, movieId, now);
  });
}

function entryOf(db: Db, id: string): Entry {
  const entry = db.select().from(binEntries).where(eq(binEntries.subjectId, id)).get();
  if (!entry) throw new AppError("bin-unknown", { status: 404 });
  return entry;
}

/** Refuses what cannot stand beside the same film that was added again. @throws AppError 409 */
function refuseTwin(db: Db, movie: typeof movies.$inferSelect): void {
  const { id, imdbId, tmdbId } = movie;
  const same = or(
    imdbId === null ? undefined : eq(movies.imdbId, imdbId),
    tmdbId === null ? undefined : eq(movies.tmdbId, tmdbId),
  );
  if (!same) return;
  const twin = db
    .select({ id: movies.id })
    .from(movies)
    .where(and(same, ne(movies.id, id), isNull(movies.binnedAt)))
    .get();
  if (twin) throw new AppError("bin-added-again", { status: 409, members: { movieId: twin.id } });
}

/** Downloads that a person had not paused go on where they stood. */
function resumeDownloads(db: Db, movieId: string, versionId: string | null, now: Date): void {
  const rows = db
    .select({ id: downloads.id })
    .from(downloads)
    .where(
      and(
        eq(downloads.movieId, movieId),
        versionId === null ? undefined : eq(downloads.versionId, versionId),
        ne(downloads.state, "paused"),
        isNotHeld,
      ),
    )
    .all();
  for (const { id } of rows) enqueue(db, "resume-download", { downloadId: id, movieId }, { now });
}

/**
 * Brings back what lies in the bin, as it was.
 *
 * @returns its movie, and the versions that can be seen again by it.
 * @throws AppError 404 when it does not lie there, or with a movie that has to come back first; 409
 *   with `movieId` when the same film was added again meanwhile.
 */
export function restore(
  db: Db,
  id: string,
  now: Date,
): { movieId: string; title: string; versionIds: string[] } {
  return db.transaction((tx) => {
    const { kind } = entryOf(tx, id);
    const version = tx.select().from(versions).where(eq(versions.id, id)).get();
    const movieId = kind === "movie" ? id : (version?.movieId ?? "");
    const movie = tx.select().from(movies).where(eq(movies.id, movieId)).get();
    if (!movie || (kind === "version" && movie.binnedAt)) {
      throw new AppError("bin-unknown", { status: 404 });
    }
    if (kind === "movie") refuseTwin(tx, movie);
    tx.delete(binEntries).where(eq(binEntries.subjectId, id)).run();
    tx.update(movies).set({ binnedAt: null }).where(eq(movies.id, movieId)).run();
    resumeHeld(tx, movieId, now);
    resumeDownloads(tx, movieId, kind === "movie" ? null : id, now);
    tell(tx, movieId, now);
    const back = tx
      .select({ id: versions.id })
      .from(versions)
      .where(
        and(
          eq(versions.movieId, movieId),
          kind === "movie" ? undefined : eq(versions.id, id),
          isNotBinned(tx),
        ),
      )
      .all();
    return { movieId, title: movie.title, versionIds: back.map((row) => row.id) };
  });
}

/**
 * Deletes for good what lies in the bin; its files follow in the job whose id is returned.
 *
 * @throws AppError 404 when it does not lie there.
 */
export function deleteFromBin(db: Db, id: string, now: Date): { jobId: string } {
  return db.transaction((tx) => {
    const { kind } = entryOf(tx, id);
    return kind === "movie" ? deleteMovie(tx, id, now) : deleteVersion(tx, id, now);
  });
}

/** Empties the bin: all of it, or what has lain there for its time. @returns the jobs that do it. */
export function emptyBin(db: Db, now: Date, { onlyDue }: { onlyDue: boolean }): string[] {
  forgetStale(db);
  const ids = db
    .select({ id: binEntries.subjectId })
    .from(binEntries)
    .where(onlyDue ? lte(binEntries.emptiedAfter, now) : undefined)
    .all()
    .map(({ id }) => id);
  // One by one, so that a bin with a thousand films keeps nobody waiting for the database. A version
  // may have gone with its movie.
  return ids.flatMap((id) => {
    const isThere = db.select().from(binEntries).where(eq(binEntries.subjectId, id)).get();
    return isThere ? [deleteFromBin(db, id, now).jobId] : [];
  });
}

/** Entries of what went in another way. */
function forgetStale(db: Db): void {
  const gone = and(
    notInArray(binEntries.subjectId, db.select({ id: movies.id }).from(movies)),
    notInArray(binEntries.subjectId, db.select({ id: versions.id }).from(versions)),
  );
  db.delete(binEntries).where(gone).run();
}
