import { type Reason, reason, UpstreamError } from "@/lib/errors";
import { randomId } from "@/lib/ids";
import { matchDecision } from "@/lib/movies/decision";
import { chooseMatch } from "@/lib/movies/match";
import {
  imageBySource,
  type MovieMetadata,
  movieById,
  movieWithIds,
  saveFace,
  saveImage,
  saveMatchDecision,
  saveMetadata,
  saveMetadataMissing,
} from "@/lib/movies/metadata";
import { storePicture } from "@/lib/movies/pictures";
import type { Tmdb } from "@/lib/services/tmdb/client";
import type { MovieDetails } from "@/lib/services/tmdb/map";
import { done, type Handler, type JobContext, type Outcome, TryAgain } from "../context";

type MovieRow = NonNullable<ReturnType<typeof movieById>>;
type ImageKind = "poster" | "backdrop" | "profile";

/** TMDB's sizes that are large enough for the widths that pages use. */
const fetchedSize = { poster: "w780", backdrop: "original", profile: "w185" } as const;

/** The pictures' host is another than TMDB's own, and may be blocked while that works. */
const picturesMissing = reason("tmdb-pictures");

/** Pictures that may still come, and why they did not yet. */
type Missing = UpstreamError | null;

/**
 * Stores a picture once. One that cannot be had is no reason to lose the rest: `missing` says when
 * it may still come. One that TMDB does not have, or that is no picture, will not.
 */
async function picture(
  context: JobContext,
  tmdb: Tmdb,
  kind: ImageKind,
  path: string | null,
): Promise<{ id: string | null; missing: Missing }> {
  if (!path) return { id: null, missing: null };
  const known = imageBySource(context.db, kind, path);
  if (known) return { id: known, missing: null };
  try {
    const { bytes } = await tmdb.image(path, fetchedSize[kind], { signal: context.signal });
    const id = randomId();
    const stored = await storePicture({ bytes, kind, imagesDir: context.env.imagesDir, id });
    saveImage(context.db, { id, kind, sourcePath: path, ...stored, createdAt: context.now() });
    return { id: imageBySource(context.db, kind, path), missing: null };
  } catch (error) {
    context.signal.throwIfAborted();
    const why = error instanceof Error ? error.message : "unknown";
    context.log.warn({ kind, why }, "a picture could not be stored");
    const mayCome = error instanceof UpstreamError && error.isTransient;
    return { id: null, missing: mayCome ? error : null };
  }
}

/** Title, story and pictures. @returns why pictures are missing, when they may still come. */
async function dress(
  context: JobContext,
  tmdb: Tmdb,
  movie: MovieRow,
  details: MovieDetails,
): Promise<Missing> {
  const [poster, backdrop] = await Promise.all([
    picture(context, tmdb, "poster", details.posterPath),
    picture(context, tmdb, "backdrop", details.backdropPath),
  ]);
  const metadata: MovieMetadata = {
    imdbId: details.imdbId,
    tmdbId: details.tmdbId,
    title: details.title ?? details.originalTitle ?? movie.title,
    originalTitle: details.originalTitle,
    originalLanguage: details.originalLanguage,
    overview: details.overview,
    tagline: details.tagline,
    releaseDate: details.releaseDate,
    runtimeMinutes: details.runtimeMinutes,
    score: details.score,
    voteCount: details.voteCount,
    certification: details.certification,
    trailerUrl: details.trailerUrl,
    genres: details.genres,
    cast: details.cast,
    directors: details.directors,
    writers: details.writers,
    // What was there before is better than nothing until the new one comes.
    posterId: poster.id ?? (poster.missing ? movie.posterId : null),
    backdropId: backdrop.id ?? (backdrop.missing ? movie.backdropId : null),
  };
  const save = (missing: Reason | null) =>
    saveMetadata(context.db, movie.id, metadata, context.now(), missing);
  const without = poster.missing ?? backdrop.missing;
  // What is said to be missing stays so until all of it is there.
  const wasMissing = movie.metadataReason?.code === picturesMissing.code;
  save(without || wasMissing ? picturesMissing : null);
  // A host that did not give the poster would be asked twenty times more, each time in vain.
  if (without) return without;
  // Faces last: twenty small pictures are worth no waiting for the poster.
  for (const person of details.cast) {
    const face = await picture(context, tmdb, "profile", person.profilePath);
    if (face.id) saveFace(context.db, person.id, face.id);
    if (face.missing) {
      save(picturesMissing);
      return face.missing;
    }
  }
  if (wasMissing) save(null);
  return null;
}

/** TMDB's id of a movie: known, found by its IMDb id, or by its title. */
async function identify(
  context: JobContext,
  tmdb: Tmdb,
  movie: MovieRow,
): Promise<{ tmdbId: number } | Outcome> {
  const { db, services, now, signal } = context;
  const language = services.language();
  if (movie.tmdbId) return { tmdbId: movie.tmdbId };
  if (movie.imdbId) {
    const found = await tmdb.findByImdbId(movie.imdbId, language, { signal });
    if (found.kind === "movie") return { tmdbId: found.tmdbId };
    const code = found.kind === "none" ? "tmdb-unknown-id" : "imdb-id-of-series";
    saveMetadataMissing(db, movie.id, reason(code), "missing", now());
    return done;
  }
  const year = movie.releaseYear ?? undefined;
  const rows = await tmdb.searchMovies(movie.title, {
    language,
    signal,
    ...(year ? { year } : {}),
  });
  const match = chooseMatch({ title: movie.title, year }, rows);
  if (match.kind === "one") return { tmdbId: match.tmdbId };
  if (match.kind === "none") {
    saveMetadataMissing(db, movie.id, reason("tmdb-no-match"), "missing", now());
    return done;
  }
  saveMatchDecision(db, movie.id, match.options, now());
  return done;
}

/** Poster, score, story and people from TMDB; see lib/movies/metadata.ts for what is stored. */
export const fetchMetadata: Handler<"fetch-metadata"> = async (context, { movieId }) => {
  const { db, services, now } = context;
  const movie = movieById(db, movieId);
  if (!movie || matchDecision.safeParse(movie.decision).success) return done;
  const tmdb = services.tmdb();
  if (!tmdb) {
    // Completed when a key appears: saving one enqueues this again.
    saveMetadataMissing(db, movieId, reason("tmdb-no-key"), "missing", now());
    return done;
  }
  try {
    const identity = await identify(context, tmdb, movie);
    if ("kind" in identity) return identity;
    const details = await tmdb.movieDetails(identity.tmdbId, services.language(), {
      signal: context.signal,
    });
    const twin = movieWithIds(db, movie.id, { imdbId: details.imdbId, tmdbId: details.tmdbId });
    if (twin) {
      saveMetadataMissing(db, movieId, reason("movie-there-twice"), "missing", now());
      return done;
    }
    const missing = await dress(context, tmdb, movie, details);
    if (!missing) return done;
    throw new TryAgain(picturesMissing, missing.message, missing.options.retryAt);
  } catch (error) {
    if (error instanceof UpstreamError) {
      // The page says at once what is missing and why; the job goes on trying.
      saveMetadataMissing(db, movieId, error.reason, "pending", now());
    }
    throw error;
  }
};
