"use server";

import { z } from "zod";
import type { CurrentUser } from "@/lib/auth/sessions";
import { env } from "@/lib/env";
import { AppError, fieldError } from "@/lib/errors";
import { connect } from "@/lib/settings/connect";
import { type ActionContext, adminAction, userAction } from "@/lib/web/action";
import { type AddContext, addRequested } from "./add";
import { decide } from "./decide";
import { mayAddMovies } from "./policy";
import { deleteMovie } from "./remove";
import { imdbIdInput } from "./schema";

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

/** `The Long Lamp (2019)` or `The Long Lamp 2019`: a year at the end is not part of the title. */
function titleAndYear(text: string): { title: string; year?: number } {
  // What looks like an address but holds no id is a slip, not a title.
  if (/^https?:\/\//i.test(text) || /^tt\d*$/i.test(text)) {
    throw fieldError("imdb", "imdb-id-malformed");
  }
  const found = /^(.+?)[\s,]*\(?((?:18|19|20|21)\d{2})\)?$/.exec(text);
  return found?.[1] ? { title: found[1].trim(), year: Number(found[2]) } : { title: text };
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
