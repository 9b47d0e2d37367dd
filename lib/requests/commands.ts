import { AppError, fieldError, UpstreamError } from "@/lib/errors";
import { logFor } from "@/lib/log";
import { type AddContext, addRequested } from "@/lib/movies/add";
import { chooseMatch } from "@/lib/movies/match";
import type { Services } from "@/lib/settings/connect";
import { searchResult } from "@/lib/sources/data";
import { approveRequest, askForFilm, openRequest } from "./mutations";
import { type Film, wordsFor } from "./same-film";
import type { RequestCreateInput } from "./schema";

const log = logFor("requests");

/** What the caller said; the title may still be missing beside an id. */
type Named = Omit<Film, "title"> & { title: string | null };

const yearOf = (date: string | null) => (date ? Number(date.slice(0, 4)) : null);

async function byTmdbId(services: Services, film: Named, tmdbId: number): Promise<Named> {
  // What the person or the source called it stays; only what is missing is looked up.
  if (film.title !== null) return { ...film, tmdbId };
  const found = await services.tmdb()?.movieDetails(tmdbId, services.language());
  if (!found) return { ...film, tmdbId };
  return {
    imdbId: film.imdbId ?? found.imdbId,
    tmdbId,
    title: found.title ?? found.originalTitle,
    year: film.year ?? yearOf(found.releaseDate),
  };
}

/** With what TMDB knows of it. @throws AppError 422 for the IMDb id of a series. */
async function lookUp(services: Services, film: Named): Promise<Named> {
  const tmdb = services.tmdb();
  const language = services.language();
  if (!tmdb) return film;
  if (film.tmdbId) return byTmdbId(services, film, film.tmdbId);
  if (film.imdbId) {
    const found = await tmdb.findByImdbId(film.imdbId, language);
    if (found.kind === "none") return film;
    if (found.kind !== "movie") throw fieldError("imdbId", "imdb-id-of-series");
    return byTmdbId(services, film, found.tmdbId);
  }
  const { title, year } = film;
  if (title === null) return film;
  const rows = await tmdb.searchMovies(title, year ? { year, language } : { language });
  const match = chooseMatch({ title, year: year ?? undefined }, rows);
  const row = match.kind === "one" && rows.find(({ tmdbId }) => tmdbId === match.tmdbId);
  return row ? { ...film, tmdbId: row.tmdbId, year: year ?? yearOf(row.releaseDate) } : film;
}

async function lookUpKindly(services: Services, film: Named): Promise<Named> {
  try {
    return await lookUp(services, film);
  } catch (error) {
    // TMDB's trouble is no reason to refuse a wish.
    if (!(error instanceof UpstreamError)) throw error;
    log.warn({ why: error.fault }, "TMDB did not say which film is asked for");
    return film;
  }
}

function namedBy(context: AddContext, asked: RequestCreateInput): Named {
  const { resultId, imdbId = null, tmdbId = null, title = null, year = null } = asked;
  if (resultId === undefined) {
    if (!imdbId && !tmdbId && !title) throw fieldError("title", "movie-not-named");
    return { imdbId, tmdbId, title, year };
  }
  const found = searchResult(context.db, resultId);
  if (!found) throw fieldError("resultId", "result-unknown");
  return { imdbId: found.imdbId, tmdbId: found.tmdbId, title: found.title, year: found.year };
}

/**
 * Asks an admin for a film.
 *
 * @returns the request's id.
 * @throws AppError 422 by field; 409 with `movieId` for a film of the library, or with too many
 *   open requests.
 */
export async function askFor(
  context: AddContext & { user: { id: string } },
  asked: RequestCreateInput,
): Promise<string> {
  const { db, services, user, now } = context;
  const film = await lookUpKindly(services, namedBy(context, asked));
  const title = film.title ?? film.imdbId ?? String(film.tmdbId);
  const resultId = asked.resultId ?? null;
  return askForFilm(db, { film: { ...film, title }, resultId, userId: user.id, now });
}

/**
 * Adds the release that was asked for; the movie that has it already counts as added. Null when it
 * can't be had any more, or holds no film: links grow old.
 */
async function addRelease(context: AddContext, resultId: string): Promise<string | null> {
  try {
    return (await addRequested(context, { resultId })).movieId;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.fields?.resultId) {
      log.info({ why: error.fields.resultId.code }, "the release that was asked for is gone");
      return null;
    }
    const movieId = error.reason.code === "torrent-known" ? error.members?.movieId : undefined;
    if (typeof movieId === "string") return movieId;
    throw error;
  }
}

/**
 * Says yes to a request: the release that it came with is added at once; where there is none, or
 * it is no longer to be had, somebody has to find one.
 *
 * @returns the movie, or words to search for it by.
 * @throws AppError 404; 409 once it is in the library; what adding refuses.
 */
export async function approve(
  context: AddContext,
  id: string,
): Promise<{ movieId: string; words: null } | { movieId: null; words: string }> {
  const { db, user, now } = context;
  const request = openRequest(db, id);
  const { resultId } = request;
  const isKnown = resultId !== null && searchResult(db, resultId) !== undefined;
  const movieId = isKnown ? await addRelease(context, resultId) : null;
  approveRequest(db, { id, movieId, decidedBy: user.id, now });
  return movieId ? { movieId, words: null } : { movieId: null, words: wordsFor(request) };
}
