import { setImmediate as nextTurn } from "node:timers/promises";
import { binMovie, restoreFromBin } from "@/lib/bin/commands";
import type { Connection } from "@/lib/db";
import type { Env } from "@/lib/env";
import { AppError, fieldError, type Reason } from "@/lib/errors";
import { randomId } from "@/lib/ids";
import { requireMovie } from "@/lib/movies/data";
import { changeMovie } from "@/lib/movies/edits";
import { imageBySource, movieById, saveImage } from "@/lib/movies/metadata";
import { removePicture, storePicture } from "@/lib/movies/pictures";
import { requirePosterPicture } from "@/lib/movies/poster-upload";
import { deleteMovie } from "@/lib/movies/remove";
import { enqueue } from "@/lib/queue/enqueue";
import type { Tmdb } from "@/lib/services/tmdb/client";
import type { Services } from "@/lib/settings/connect";
import { refreshSubtitles } from "@/lib/subtitles/refresh";
import type { PosterChoice } from "./schema";

export interface LibraryContext {
  db: Connection;
  env: Env;
  services: Services;
  now: Date;
}

/** What became of things that something was done with, one after the other. */
export interface Outcomes {
  done: string[];
  refused: Reason[];
}

/** One that can't is no reason to leave the others; the event loop has its turn in between. */
async function eachOf(ids: readonly string[], work: (id: string) => unknown): Promise<Outcomes> {
  const outcomes: Outcomes = { done: [], refused: [] };
  for (const id of new Set(ids)) {
    try {
      await work(id);
      outcomes.done.push(id);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const isNew = outcomes.refused.every(({ code }) => code !== error.reason.code);
      if (isNew) outcomes.refused.push(error.reason);
    }
    await nextTurn();
  }
  return outcomes;
}

/** Puts movies into the bin. @throws AppError 409 where the household has no bin. */
export function binMovies(context: LibraryContext, ids: readonly string[]): Promise<Outcomes> {
  return eachOf(ids, (id) => binMovie(context, id));
}

/** Brings movies and versions back from the bin. */
export function restoreAll(context: LibraryContext, ids: readonly string[]): Promise<Outcomes> {
  return eachOf(ids, (id) => restoreFromBin(context, id));
}

/** Deletes movies for good, with everything that belongs to them. */
export function deleteMovies({ db, now }: LibraryContext, ids: readonly string[]) {
  return eachOf(ids, (id) => deleteMovie(db, id, now));
}

/** Looks for the subtitles of movies again; those without a file yet are refused. */
export function refreshSubtitlesOf({ db, now }: LibraryContext, ids: readonly string[]) {
  return eachOf(ids, (id) => refreshSubtitles(db, { movieIds: [id], now }));
}

/**
 * Fetches title, story, pictures and people of movies anew; what a person changed stays.
 *
 * @returns the jobs, one per movie.
 * @throws AppError 409 without a key of TMDB; 404 for a movie that is not there, 422 where it is one
 *   of several.
 */
export function refreshMetadata(
  { db, services, now }: LibraryContext,
  movieIds: readonly string[],
): { jobIds: string[] } {
  // Without a key what is there would be called missing.
  if (!services.tmdb()) throw new AppError("tmdb-no-key", { status: 409 });
  return db.transaction((tx) => {
    const wanted = [...new Set(movieIds)];
    // Undefined where there is none, null where it is outside the bin.
    const gone = wanted.filter((id) => movieById(tx, id)?.binnedAt !== null);
    if (gone.length > 0 && wanted.length === 1)
      throw new AppError("movie-unknown", { status: 404 });
    if (gone.length > 0) throw fieldError("movieIds", "movies-unknown", { count: gone.length });
    return {
      jobIds: wanted.map((movieId) => enqueue(tx, "fetch-metadata", { movieId }, { now })),
    };
  });
}

/** The same in pieces: one that can't is no reason to leave the others. @throws AppError 409 */
export async function refreshMetadataOf(
  context: LibraryContext,
  ids: readonly string[],
): Promise<Outcomes> {
  if (!context.services.tmdb()) throw new AppError("tmdb-no-key", { status: 409 });
  return eachOf(ids, (id) => refreshMetadata(context, [id]));
}

/** Stores a picture and makes it the movie's poster, together or not at all. */
async function storePoster(
  { db, env, now }: LibraryContext,
  { movieId, bytes, sourcePath }: { movieId: string; bytes: Uint8Array; sourcePath: string },
): Promise<void> {
  const id = randomId();
  const stored = await storePicture({ bytes, kind: "poster", imagesDir: env.imagesDir, id });
  try {
    db.transaction((tx) => {
      saveImage(tx, { id, kind: "poster", sourcePath, ...stored, createdAt: now });
      // Somebody else may have fetched the same one meanwhile.
      const posterId = imageBySource(tx, "poster", sourcePath);
      changeMovie(tx, movieId, { posterId }, now);
    });
  } catch (error) {
    await removePicture(env.imagesDir, id);
    throw error;
  }
}

/**
 * Makes a picture that a person gives the movie's poster.
 *
 * @throws AppError 404; 422 for what is no still picture, or too large or too small a one.
 */
export async function uploadPoster(
  context: LibraryContext,
  { movieId, bytes }: { movieId: string; bytes: Uint8Array },
): Promise<void> {
  requireMovie(context.db, movieId);
  await requirePosterPicture(bytes);
  await storePoster(context, { movieId, bytes, sourcePath: `upload:${randomId()}` });
}

/** As many as are offered: more is no choice. */
const mostPosters = 18;
/** A small picture that is late is worth no waiting: the choice is shown without it. */
const smallTimeoutMs = 6000;

/** TMDB, and the movie's id there. @throws AppError 404, or 409 where one of both is missing. */
function atTmdb({ db, services }: LibraryContext, movieId: string): { tmdb: Tmdb; id: number } {
  requireMovie(db, movieId);
  const tmdb = services.tmdb();
  if (!tmdb) throw new AppError("tmdb-no-key", { status: 409 });
  const id = movieById(db, movieId)?.tmdbId ?? null;
  if (id === null) throw new AppError("movie-not-matched", { status: 409 });
  return { tmdb, id };
}

async function small(tmdb: Tmdb, path: string): Promise<string | null> {
  const signal = AbortSignal.timeout(smallTimeoutMs);
  const picture = await tmdb.image(path, "w154", { signal }).catch(() => null);
  return picture && `data:${picture.contentType};base64,${picture.bytes.toString("base64")}`;
}

/**
 * TMDB's posters of a movie, with small pictures as data: a browser asks nobody but Vigilio.
 *
 * @throws AppError 404, 409 without a key or a match; UpstreamError when TMDB does not answer.
 */
export async function offeredPosters(
  context: LibraryContext,
  movieId: string,
): Promise<PosterChoice[]> {
  const { tmdb, id } = atTmdb(context, movieId);
  const paths = (await tmdb.posters(id, context.services.language())).slice(0, mostPosters);
  const current = movieById(context.db, movieId)?.posterId ?? null;
  const choices = await Promise.all(
    paths.map(async (path) => {
      const picture = await small(tmdb, path);
      const stored = imageBySource(context.db, "poster", path);
      return picture === null
        ? null
        : { path, picture, isCurrent: stored !== null && stored === current };
    }),
  );
  return choices.filter((choice) => choice !== null);
}

/**
 * Makes one of TMDB's posters of a movie its poster.
 *
 * @throws AppError as `offeredPosters`, 422 for one that is not the movie's.
 */
export async function takePoster(
  context: LibraryContext,
  { movieId, path }: { movieId: string; path: string },
): Promise<void> {
  const { tmdb, id } = atTmdb(context, movieId);
  const offered = await tmdb.posters(id, context.services.language());
  if (!offered.includes(path)) throw fieldError("path", "option-unknown");
  const known = imageBySource(context.db, "poster", path);
  if (known) {
    changeMovie(context.db, movieId, { posterId: known }, context.now);
    return;
  }
  const { bytes } = await tmdb.image(path, "w780");
  await storePoster(context, { movieId, bytes, sourcePath: path });
}
