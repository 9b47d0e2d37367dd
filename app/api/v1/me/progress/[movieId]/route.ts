import { z } from "zod";
import { requireMovie } from "@/lib/movies/data";
import { movieId } from "@/lib/movies/schema";
import { progressOf } from "@/lib/playback/data";
import { removeProgress, saveProgress } from "@/lib/playback/mutations";
import { progressInput, progressView } from "@/lib/playback/schema";
import { apiRoute } from "@/lib/web/api";

const path = "/api/v1/me/progress/{movieId}";
const params = z.object({ movieId });

export const GET = apiRoute(
  {
    method: "GET",
    path,
    summary: "Where the caller stopped; 0 of 0 when there is nothing to continue",
    role: "member",
    account: true,
    params,
    answers: { 200: progressView },
  },
  ({ db, user, params: { movieId } }) => {
    requireMovie(db, movieId);
    return progressOf(db, { userId: user.id, movieId });
  },
);

export const PUT = apiRoute(
  {
    method: "PUT",
    path,
    summary: "Keeps where the caller stopped; near the end the movie counts as watched",
    role: "member",
    account: true,
    params,
    body: progressInput,
    answers: { 204: null },
  },
  ({ db, user, params: { movieId }, body, now }) => {
    saveProgress(db, { userId: user.id, movieId, ...body, now });
    return undefined;
  },
);

/** What a page that is going away can still send where `fetch` can't outlive it: a beacon. */
export const POST = apiRoute(
  {
    method: "POST",
    path,
    summary: "The same as PUT, for pages that are being left",
    role: "member",
    account: true,
    params,
    body: progressInput,
    answers: { 204: null },
  },
  ({ db, user, params: { movieId }, body, now }) => {
    saveProgress(db, { userId: user.id, movieId, ...body, now });
    return undefined;
  },
);

export const DELETE = apiRoute(
  {
    method: "DELETE",
    path,
    summary: "Takes a movie out of continue watching",
    role: "member",
    account: true,
    params,
    answers: { 204: null },
  },
  ({ db, user, params: { movieId } }) => {
    removeProgress(db, { userId: user.id, movieId });
    return undefined;
  },
);
