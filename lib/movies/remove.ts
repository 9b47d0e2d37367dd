import { and, eq, inArray, isNotNull, ne, notInArray } from "drizzle-orm";
import {
  binEntries,
  credits,
  downloads,
  jobs,
  movieEdits,
  movies,
  people,
  versions,
} from "@/db/schema";
import type { Db } from "@/lib/db";
import { dropFileQuestion } from "@/lib/downloads/file-choice";
import { AppError } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";
import { wakeSoon } from "@/lib/queue/runtime";
import { refreshMovieStatus } from "./status";
import { dropUnusedImages } from "./unused-images";

/** Ends what is on for a subject that is about to go: running jobs are told, waiting ones dropped. */
function endJobs(db: Db, movieId: string, payloadPart: string | null, now: Date): void {
  const open = db
    .select()
    .from(jobs)
    .where(and(eq(jobs.movieId, movieId), inArray(jobs.status, ["queued", "waiting", "running"])))
    .all()
    .filter((job) => !payloadPart || JSON.stringify(job.payload).includes(payloadPart));
  for (const job of open) {
    const change =
      job.status === "running"
        ? { cancelRequested: true, updatedAt: now }
        : { status: "cancelled" as const, finishedAt: now, updatedAt: now };
    db.update(jobs).set(change).where(eq(jobs.id, job.id)).run();
  }
  wakeSoon();
}

/** What goes for good does not lie in the bin any more. */
function leaveBin(db: Db, ids: string[]): void {
  db.delete(binEntries).where(inArray(binEntries.subjectId, ids)).run();
}

function torrentsOf(db: Db, column: "movie" | "version", id: string) {
  return db
    .select({ id: downloads.id, tag: downloads.tag, clientHash: downloads.clientHash })
    .from(downloads)
    .where(eq(column === "movie" ? downloads.movieId : downloads.versionId, id))
    .all();
}

/** People whose only movie this is: they go with it. */
function ownPeople(db: Db, movieId: string): (typeof people.$inferSelect)[] {
  const elsewhere = db
    .select({ id: credits.personId })
    .from(credits)
    .where(ne(credits.movieId, movieId));
  const here = db
    .select({ id: credits.personId })
    .from(credits)
    .where(eq(credits.movieId, movieId));
  return db
    .select()
    .from(people)
    .where(and(inArray(people.id, here), notInArray(people.id, elsewhere)))
    .all();
}

/** Pictures that this movie shows, or would without a person's changes, and those of its people. */
function imagesOf(db: Db, movieId: string, leaving: { imageId: string | null }[]) {
  const movie = db.select().from(movies).where(eq(movies.id, movieId)).get();
  const edits = db.select().from(movieEdits).where(eq(movieEdits.movieId, movieId)).get();
  const pictures = [movie?.posterId, movie?.backdropId, edits?.posterId, edits?.foundPosterId];
  return [...pictures, ...leaving.map(({ imageId }) => imageId)];
}

/**
 * Deletes a movie with everything that belongs to it. Rows go at once; files, pictures and torrents
 * follow in the job whose id is returned, which is tried until it succeeds.
 *
 * @throws AppError 404 when there is no such movie.
 */
export function deleteMovie(db: Db, movieId: string, now: Date): { jobId: string } {
  return db.transaction((tx) => {
    const movie = tx.select({ id: movies.id }).from(movies).where(eq(movies.id, movieId)).get();
    if (!movie) throw new AppError("movie-unknown", { status: 404 });
    endJobs(tx, movieId, null, now);
    const leavingVersions = tx
      .select({ id: versions.id, folder: versions.folder })
      .from(versions)
      .where(eq(versions.movieId, movieId))
      .all();
    const folders = leavingVersions.map(({ folder }) => folder);
    leaveBin(tx, [movieId, ...leavingVersions.map(({ id }) => id)]);
    const torrents = torrentsOf(tx, "movie", movieId);
    const leaving = ownPeople(tx, movieId);
    const pictures = imagesOf(tx, movieId, leaving);
    // Jobs that still run must not vanish under their runner: they lose the movie, not the row.
    tx.update(jobs)
      .set({ movieId: null })
      .where(and(eq(jobs.movieId, movieId), isNotNull(jobs.bootId)))
      .run();
    tx.delete(movies).where(eq(movies.id, movieId)).run();
    for (const { id } of leaving) tx.delete(people).where(eq(people.id, id)).run();
    const imageIds = dropUnusedImages(tx, pictures);
    const payload = {
      subjectId: movieId,
      folders,
      downloads: torrents.map(({ id: _, ...torrent }) => torrent),
      imageIds,
    };
    return { jobId: enqueue(tx, "remove-leftovers", payload, { now }) };
  });
}

/**
 * Deletes one version of a movie with its files and its torrent; the movie stays. What is only being
 * made of it goes with it, what was made of it stays.
 *
 * @throws AppError 404 when there is no such version.
 */
export function deleteVersion(db: Db, versionId: string, now: Date): { jobId: string } {
  return db.transaction((tx) => {
    const version = tx.select().from(versions).where(eq(versions.id, versionId)).get();
    if (!version) throw new AppError("version-unknown", { status: 404 });
    const inTheMaking = tx
      .select()
      .from(versions)
      .where(and(eq(versions.madeFromId, versionId), ne(versions.status, "ready")))
      .all();
    const leaving = [version, ...inTheMaking];
    const torrents = torrentsOf(tx, "version", versionId);
    for (const { id } of torrents) dropFileQuestion(tx, version.movieId, id, now);
    leaveBin(
      tx,
      leaving.map(({ id }) => id),
    );
    for (const { id } of leaving) {
      endJobs(tx, version.movieId, id, now);
      tx.delete(versions).where(eq(versions.id, id)).run();
    }
    refreshMovieStatus(tx, version.movieId, now);
    const payload = {
      subjectId: versionId,
      folders: leaving.map(({ folder }) => folder),
      downloads: torrents.map(({ id: _, ...torrent }) => torrent),
      imageIds: [],
    };
    return { jobId: enqueue(tx, "remove-leftovers", payload, { now }) };
  });
}
