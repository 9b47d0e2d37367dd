import { z } from "zod";
import { binMovie } from "@/lib/bin/commands";
import { deletionQuery } from "@/lib/bin/schema";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { movieChanges } from "@/lib/library/schema";
import { movieOf } from "@/lib/movies/data";
import { rematch } from "@/lib/movies/decide";
import { changeMovie } from "@/lib/movies/edits";
import { deleteMovie } from "@/lib/movies/remove";
import { movieId, movieView } from "@/lib/movies/schema";
import { jobEnded } from "@/lib/queue/wait";
import { apiRoute } from "@/lib/web/api";

const path = "/api/v1/movies/{id}";
const params = z.object({ id: movieId });

export const GET = apiRoute(
  {
    method: "GET",
    path,
    summary: "One movie with its versions, its timeline and what is the caller's own",
    role: "member",
    params,
    answers: { 200: movieView },
  },
  ({ db, user, params, say }) => {
    const movie = movieOf(db, params.id, { userId: user.id ?? "", say });
    if (!movie) throw new AppError("movie-unknown", { status: 404 });
    return movie;
  },
);

export const PATCH = apiRoute(
  {
    method: "PATCH",
    path,
    summary:
      "Mends a wrong match (the movie is this film of TMDB's), or changes title or year by hand; null goes back to what TMDB says",
    role: "admin",
    params,
    body: movieChanges,
    answers: { 204: null, 409: null },
  },
  ({ db, params, body, now }) => {
    const { tmdbId, title, year } = body;
    db.transaction((tx) => {
      // What was changed before was said of another film; what is changed with it, of this one.
      if (tmdbId !== undefined) rematch(tx, params.id, tmdbId, now);
      if (title !== undefined || year !== undefined) {
        changeMovie(tx, params.id, { title, year }, now);
      }
    });
    return undefined;
  },
);

export const DELETE = apiRoute(
  {
    method: "DELETE",
    path,
    summary:
      "Deletes a movie and everything that belongs to it; with bin=true it lies in the bin first, from where it can be brought back",
    role: "admin",
    params,
    query: deletionQuery,
    answers: { 204: null, 409: null },
  },
  async ({ db, params, query, now }) => {
    if (query.bin === "true") {
      await binMovie({ db, env: env(), now }, params.id);
      return undefined;
    }
    const { jobId } = deleteMovie(db, params.id, now);
    // Its files are gone a moment later: who is told "deleted" should not find them.
    await jobEnded(db, jobId, { timeoutMs: 10_000 });
    return undefined;
  },
);
