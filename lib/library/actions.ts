"use server";

import { z } from "zod";
import type { CurrentUser } from "@/lib/auth/sessions";
import { env } from "@/lib/env";
import { AppError, fieldError } from "@/lib/errors";
import { changeMovie } from "@/lib/movies/edits";
import { movieId } from "@/lib/movies/schema";
import { connect } from "@/lib/settings/connect";
import { settingOf } from "@/lib/settings/data";
import { type ActionContext, adminAction } from "@/lib/web/action";
import { reasonText } from "@/lib/web/words";
import {
  binMovies,
  deleteMovies,
  type LibraryContext,
  type Outcomes,
  offeredPosters,
  refreshMetadataOf,
  refreshSubtitlesOf,
  restoreAll,
  takePoster,
  uploadPoster,
} from "./commands";
import { libraryIds } from "./data";
import {
  chosenMovies,
  type DoneWith,
  editedTitle,
  editedYear,
  libraryQuery,
  maxPosterBytes,
} from "./schema";

function contextOf({ db, now }: ActionContext<CurrentUser>): LibraryContext {
  return { db, env: env(), services: connect(db, env()), now };
}

function toDoneWith({ done, refused }: Outcomes, { locale }: ActionContext<CurrentUser>): DoneWith {
  return { done, refused: refused.map((reason) => reasonText(reason, locale)) };
}

/** Ids of all movies that fit what the table shows: for choosing more than a page of them. */
export const libraryIdsAction = adminAction(
  libraryQuery.omit({ page: true, pageSize: true }),
  (query, { db }) => libraryIds(db, libraryQuery.parse(query)),
);

/** Puts movies into the bin. */
export const binMoviesAction = adminAction(chosenMovies, async ({ movieIds }, asked) => {
  const days = settingOf(asked.db, env(), "binDays");
  if (days === 0) throw new AppError("bin-off", { status: 409 });
  return { ...toDoneWith(await binMovies(contextOf(asked), movieIds), asked), days };
});

/** Brings movies back from the bin. */
export const restoreMoviesAction = adminAction(chosenMovies, async ({ movieIds }, asked) =>
  toDoneWith(await restoreAll(contextOf(asked), movieIds), asked),
);

/** Deletes movies for good, where the household has no bin. */
export const deleteMoviesAction = adminAction(chosenMovies, async ({ movieIds }, asked) =>
  toDoneWith(await deleteMovies(contextOf(asked), movieIds), asked),
);

/** Looks for the subtitles of movies again. */
export const refreshSubtitlesOfAction = adminAction(chosenMovies, async ({ movieIds }, asked) =>
  toDoneWith(await refreshSubtitlesOf(contextOf(asked), movieIds), asked),
);

/** Fetches what TMDB knows of movies anew. */
export const refreshMetadataAction = adminAction(chosenMovies, async ({ movieIds }, asked) =>
  toDoneWith(await refreshMetadataOf(contextOf(asked), movieIds), asked),
);

const edit = z.object({
  movieId,
  title: editedTitle.optional(),
  year: editedYear.optional(),
});

/** Changes title and year of a movie by hand; null goes back to what TMDB says. */
export const editMovieAction = adminAction(edit, ({ movieId: id, title, year }, { db, now }) => {
  changeMovie(db, id, { title, year }, now);
  return null;
});

const upload = z.object({ movieId, poster: z.instanceof(File, { message: "field-required" }) });

/** Makes a picture that a person gives the movie's poster. */
export const uploadPosterAction = adminAction(upload, async ({ movieId: id, poster }, asked) => {
  if (poster.size === 0) throw fieldError("poster", "field-required");
  if (poster.size > maxPosterBytes) {
    throw fieldError("poster", "file-too-large", { megabytes: maxPosterBytes / 1024 ** 2 });
  }
  const bytes = new Uint8Array(await poster.arrayBuffer());
  await uploadPoster(contextOf(asked), { movieId: id, bytes });
  return null;
});

const onlyMovie = z.object({ movieId });

/** TMDB's posters of a movie. */
export const offeredPostersAction = adminAction(onlyMovie, ({ movieId: id }, asked) =>
  offeredPosters(contextOf(asked), id),
);

/** Makes one of TMDB's posters the movie's. */
export const takePosterAction = adminAction(
  onlyMovie.extend({ path: z.string().max(200) }),
  async ({ movieId: id, path }, asked) => {
    await takePoster(contextOf(asked), { movieId: id, path });
    return null;
  },
);

/** Goes back to the poster that TMDB says. */
export const dropPosterAction = adminAction(onlyMovie, ({ movieId: id }, { db, now }) => {
  changeMovie(db, id, { posterId: null }, now);
  return null;
});
