"use server";

import { z } from "zod";
import type { CurrentUser } from "@/lib/auth/sessions";
import { env } from "@/lib/env";
import { AppError, fieldError } from "@/lib/errors";
import { connect } from "@/lib/settings/connect";
import { type ActionContext, adminAction, userAction } from "@/lib/web/action";
import { type AddContext, addRequested } from "./add";
import { findFilms } from "./commands";
import { decide, rematch } from "./decide";
import { mayAddMovies } from "./policy";
import { removalOf } from "./removal";
import { deleteMovie } from "./remove";
import { imdbIdInput } from "./schema";
import { splitYear } from "./titles";

/** Larger files are refused: a .torrent of 10 MB describes more than any film has. */
const maxTorrentBytes = 10 * 1024 ** 2;

const addInput = z.object({
  imdb: z.string().trim().max(2000),
  source: z.string().trim().max(20_000).optional(),
  torrent: z.instanceof(File).optional(),
});

/** Where movies are added, for whoever may. @throws AppError 403 */
function addContext({ db, user, now }: ActionContext<CurrentUser>): AddContext {
  if (!mayAddMovies(db, env(), user)) throw new AppError("admins-only", { status: 403 });
  const isAdmin = user.role === "admin";
  return { db, env: env(), services: connect(db, env()), user: { id: user.id, isAdmin }, now };
}

/** The add page's form: an IMDb id, link or title, with a magnet, a link or a .torrent file. */
export const addMovieAction = userAction(addInput, async (input, asked) => {
  const context = addContext(asked);
  if (input.imdb === "") throw fieldError("imdb", "movie-not-named");
  const asImdb = imdbIdInput.safeParse(input.imdb);
  const identity = asImdb.success ? { imdbId: asImdb.data } : titleAndYear(input.imdb);
  const file = input.torrent && input.torrent.size > 0 ? input.torrent : undefined;
  if (file && input.source) throw fieldError("source", "source-twice");
  if (file && file.size > maxTorrentBytes) {
    throw fieldError("torrent", "file-too-large", { megabytes: maxTorrentBytes / 1024 ** 2 });
  }
  const added = await addRequested(context, {
    ...identity,
    ...(file ? { torrent: Buffer.from(await file.arrayBuffer()) } : { source: input.source }),
  });
  return { movieId: added.movieId };
});

/** Takes a release that a search found. */
export const addResultAction = userAction(
  z.object({ resultId: z.string().max(100) }),
  async ({ resultId }, asked) => {
    const { movieId } = await addRequested(addContext(asked), { resultId });
    return { movieId };
  },
);

/** What was typed instead of an id; a year at the end is not part of the title. */
function titleAndYear(text: string): { title: string; year?: number } {
  // What looks like an address but holds no id is a slip, not a title.
  if (/^https?:\/\//i.test(text) || /^tt\d*$/i.test(text)) {
    throw fieldError("imdb", "imdb-id-malformed");
  }
  return splitYear(text);
}

const onlyMovie = z.object({ movieId: z.string() });

/** Deletes a movie and everything that belongs to it. */
export const deleteMovieAction = adminAction(onlyMovie, ({ movieId }, { db, now }) => {
  deleteMovie(db, movieId, now);
});

/** Takes one of the choices that a movie waits for. */
export const decideAction = adminAction(
  onlyMovie.extend({ optionId: z.string() }),
  ({ movieId, optionId }, { db, now }) => decide(db, movieId, optionId, now),
);

/** What goes when a movie is deleted, for the question that is asked before. */
export const movieRemovalAction = adminAction(onlyMovie, ({ movieId }, { db }) =>
  removalOf(db, { movieId, folders: env() }),
);

/** Films that a movie may be instead of what it was taken for: by title, IMDb id or link. */
export const findFilmsAction = adminAction(
  z.object({ query: z.string().trim().min(1).max(300) }),
  ({ query }, { db }) => findFilms({ db, services: connect(db, env()) }, query),
);

/** Mends a wrong match: the movie is this film of TMDB's. */
export const rematchAction = adminAction(
  onlyMovie.extend({ tmdbId: z.number().int().positive() }),
  ({ movieId, tmdbId }, { db, now }) => rematch(db, movieId, tmdbId, now),
);
