import { z } from "zod";
import { AppError } from "@/lib/errors";
import { movieOf } from "@/lib/movies/data";
import { movieId, movieView } from "@/lib/movies/schema";
import { apiRoute } from "@/lib/web/api";

export const GET = apiRoute(
  {
    method: "GET",
    path: "/api/v1/movies/{id}",
    summary: "One movie with its versions, its timeline and what is the caller's own",
    role: "member",
    params: z.object({ id: movieId }),
    answers: { 200: movieView },
  },
  ({ db, user, params, say }) => {
    const movie = movieOf(db, params.id, { userId: user.id ?? "", say });
    if (!movie) throw new AppError("movie-not-found", { status: 404 });
    return movie;
  },
);
