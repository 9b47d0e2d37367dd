"use server";

import type { CurrentUser } from "@/lib/auth/sessions";
import { env } from "@/lib/env";
import { AppError, fieldError } from "@/lib/errors";
import type { AddContext } from "@/lib/movies/add";
import { imdbIdInput } from "@/lib/movies/schema";
import { splitYear } from "@/lib/movies/titles";
import { connect } from "@/lib/settings/connect";
import { type ActionContext, adminAction, userAction } from "@/lib/web/action";
import { addPathFor } from "./add-path";
import { approve, askFor } from "./commands";
import { requestOf } from "./data";
import { declineRequest, takeBackRequest } from "./mutations";
import { mayAskForMovies } from "./policy";
import {
  type RequestCreateInput,
  requestAskInput,
  requestDeclineInput,
  requestParams,
} from "./schema";

function contextOf({ db, user, now }: ActionContext<CurrentUser>) {
  const { id, role } = user;
  if (!mayAskForMovies(user)) throw new AppError("admins-only", { status: 403 });
  const person = { id, isAdmin: role === "admin" };
  return {
    ...{ db, env: env(), services: connect(db, env()), user: person, now },
  } satisfies AddContext;
}

/** What was typed: an IMDb id or link, else a title, with or without its year. */
function typed(film: string | undefined): RequestCreateInput {
  if (!film) throw fieldError("film", "movie-not-named");
  const asImdb = imdbIdInput.safeParse(film);
  if (asImdb.success) return { imdbId: asImdb.data };
  // What looks like an address but holds no id is a slip, not a title.
  if (/^https?:\/\//i.test(film) || /^tt\d*$/i.test(film)) {
    throw fieldError("film", "imdb-id-malformed");
  }
  return splitYear(film.slice(0, 300));
}

/** Asks for a movie: one that a search found, or by what was typed. */
export const askForMovieAction = userAction(requestAskInput, async ({ film, resultId }, asked) => {
  const wish = resultId === undefined ? typed(film) : { resultId };
  const id = await askFor(contextOf(asked), wish);
  const { db, user } = asked;
  const made = requestOf(db, id, { userId: user.id, isAdmin: false });
  if (!made) throw new AppError("not-found", { status: 404 });
  return { id, title: made.title };
});

/** Takes one's own name off a request. */
export const takeBackRequestAction = userAction(requestParams, ({ id }, { db, user, now }) => {
  takeBackRequest(db, { id, userId: user.id, now });
  return null;
});

/** Says yes: the movie that was added, or the page on which it is found. */
export const approveRequestAction = adminAction(requestParams, async ({ id }, asked) => {
  const { movieId, words } = await approve(contextOf(asked), id);
  return { movieId, addPath: words === null ? null : addPathFor(words) };
});

/** Says no, with a sentence if there is one. */
export const declineRequestAction = adminAction(
  requestDeclineInput.extend(requestParams.shape),
  ({ id, because }, { db, user, now }) => {
    declineRequest(db, { id, because: because || null, decidedBy: user.id, now });
    return null;
  },
);
