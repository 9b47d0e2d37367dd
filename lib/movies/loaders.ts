import "server-only";
import { cache } from "react";
import { requireAdmin, requireUser } from "@/lib/auth/current-user";
import { database } from "@/lib/db";
import { env } from "@/lib/env";
import type { Reason } from "@/lib/errors";
import { settingOf } from "@/lib/settings/data";
import type { Page } from "@/lib/web/page-query";
import { pageLocale, reasonText } from "@/lib/web/words";
import type { Reader } from "./cards";
import { countMovies, listDecades, listGenres, listMovies, type MoviePage, movieOf } from "./data";
import { type HomeRows, homeRows } from "./home";
import { type InPreparation, listInPreparation } from "./in-preparation";
import { nextUpOf } from "./next-up";
import {
  type MovieCard,
  type MovieListQuery,
  type MovieView,
  movieId,
  movieListQuery,
} from "./schema";
import { similarMovies } from "./similar";
import { addedByOf, standingOf } from "./standing";

/** Search parameters of a page, as Next gives them. */
type Parameters = Record<string, string | string[] | undefined>;

/** The gate, and whoever passed it as a reader. */
const reader = cache(async (): Promise<Reader> => {
  const user = await requireUser();
  const locale = await pageLocale();
  return { userId: user.id, say: (reason: Reason) => reasonText(reason, locale) };
});

/** The rows of the home page. */
export const loadHome = cache(async (): Promise<HomeRows> => {
  const asker = await reader();
  return homeRows(database(), asker);
});

/** One movie; null when there is none of that id. */
export const loadMovie = cache(async (id: string): Promise<MovieView | null> => {
  const asker = await reader();
  return movieId.safeParse(id).success ? movieOf(database(), id, asker) : null;
});

/**
 * A page of movies for search parameters as they come in the address (all optional); what does not
 * fit is as if it had not been given.
 */
export async function loadMovies(parameters: Parameters = {}): Promise<MoviePage> {
  const asker = await reader();
  return listMovies(database(), queryOf(parameters), asker);
}

/** How many movies the same parameters would list. */
export async function countMoviesFor(parameters: Parameters): Promise<number> {
  const asker = await reader();
  return countMovies(database(), queryOf(parameters), asker);
}

function queryOf(parameters: Parameters): MovieListQuery {
  const fitting = Object.entries(movieListQuery.shape).flatMap(([name, schema]) => {
    const given = parameters[name];
    return schema.safeParse(given).success && given !== undefined ? [[name, given]] : [];
  });
  return movieListQuery.parse(Object.fromEntries(fitting));
}

/** Movies like this one that can be played, the most alike first; at most twelve. */
export const loadSimilar = cache(async (id: string): Promise<MovieCard[]> => {
  const asker = await reader();
  return movieId.safeParse(id).success ? similarMovies(database(), id, asker, 12) : [];
});

/** What to watch after a movie: of the caller's list, else one that is like it; null when nothing. */
export const loadNextUp = cache(async (id: string): Promise<MovieCard | null> => {
  const asker = await reader();
  if (!movieId.safeParse(id).success) return null;
  return nextUpOf(database(), asker, { movieId: id, similar: () => loadSimilar(id) });
});

/** What lists can be narrowed by: genres in use, the fullest first, and decades. */
export const loadFacets = cache(async () => {
  await reader();
  const db = database();
  return { genres: listGenres(db), decades: listDecades(db, new Date()) };
});

/** What happens to a movie right now, and how far it is. */
export async function loadStanding(id: string) {
  return standingOf(database(), id, await reader());
}

/** A page of the movies that can't be watched yet, with all that is known of each; for admins. */
export async function loadInPreparation(page: number): Promise<Page<InPreparation>> {
  await requireAdmin();
  const wanted = settingOf(database(), env(), "subtitleLanguages");
  return listInPreparation(database(), { page, pageSize: 20 }, wanted, await reader());
}

/** Who added a movie, for admins; null for others, and when nobody is known. */
export async function loadAddedBy(id: string): Promise<string | null> {
  const user = await requireUser();
  return user.role === "admin" ? addedByOf(database(), id) : null;
}
