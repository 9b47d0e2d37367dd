import { and, inArray, isNull } from "drizzle-orm";
import { movies } from "@/db/schema";
import type { Db } from "@/lib/db";
import { AppError, UpstreamError } from "@/lib/errors";
import type { Services } from "@/lib/settings/connect";
import type { FilmChoice } from "./schema";
import { splitYear } from "./titles";

/** Films that are offered at once; more is no choice. */
const mostChoices = 8;
/** A poster that is late is worth no waiting: the choice is shown without it. */
const posterTimeoutMs = 4000;

interface Candidate {
  tmdbId: number;
  title: string;
  originalTitle: string | null;
  releaseDate: string | null;
  overview: string | null;
  posterPath: string | null;
}

async function candidates(services: Services, query: string): Promise<Candidate[]> {
  const tmdb = services.tmdb();
  if (!tmdb) throw new AppError("tmdb-no-key", { status: 409 });
  const language = services.language();
  const imdbId = /\btt\d{7,10}\b/i.exec(query)?.[0].toLowerCase();
  const tmdbId = /themoviedb\.org\/movie\/(\d{1,9})/i.exec(query)?.[1];
  try {
    if (!imdbId && !tmdbId) {
      const { title, year } = splitYear(query);
      return (await tmdb.searchMovies(title, { language, year })).slice(0, mostChoices);
    }
    const found = imdbId ? await tmdb.findByImdbId(imdbId, language) : null;
    if (found && found.kind !== "movie") return [];
    const details = await tmdb.movieDetails(found?.tmdbId ?? Number(tmdbId), language);
    return [{ ...details, title: details.title ?? details.originalTitle ?? query }];
  } catch (error) {
    if (error instanceof UpstreamError && error.fault === "not-found") return [];
    throw error;
  }
}

/**
 * Films of TMDB's that a title, an IMDb id or a link of either site may mean, with small posters as
 * data: a browser asks nobody but Vigilio.
 *
 * @throws AppError 409 without a key; UpstreamError when TMDB does not answer.
 */
export async function findFilms(
  { db, services }: { db: Db; services: Services },
  query: string,
): Promise<FilmChoice[]> {
  const rows = await candidates(services, query);
  const ids = rows.map(({ tmdbId }) => tmdbId);
  const here = db
    .select({ id: movies.id, tmdbId: movies.tmdbId })
    .from(movies)
    .where(and(inArray(movies.tmdbId, ids), isNull(movies.binnedAt)))
    .all();
  return Promise.all(
    rows.map(async ({ posterPath, releaseDate, ...row }) => ({
      tmdbId: row.tmdbId,
      title: row.title,
      originalTitle: row.originalTitle,
      overview: row.overview,
      year: releaseDate ? Number(releaseDate.slice(0, 4)) : null,
      poster: await posterData(services, posterPath),
      movieId: here.find(({ tmdbId }) => tmdbId === row.tmdbId)?.id ?? null,
    })),
  );
}

async function posterData(services: Services, path: string | null): Promise<string | null> {
  if (!path) return null;
  const signal = AbortSignal.timeout(posterTimeoutMs);
  const picture = await services
    .tmdb()
    ?.image(path, "w92", { signal })
    .catch(() => null);
  if (!picture) return null;
  return `data:${picture.contentType};base64,${picture.bytes.toString("base64")}`;
}
