import { listMovies } from "@/lib/movies/data";
import { movieCard, movieListQuery } from "@/lib/movies/schema";
import { apiRoute } from "@/lib/web/api";
import { pageOf } from "@/lib/web/page-query";

export const GET = apiRoute(
  {
    method: "GET",
    path: "/api/v1/movies",
    summary: "A page of movies. With a query and no order the best match comes first.",
    role: "member",
    query: movieListQuery,
    answers: { 200: pageOf(movieCard) },
  },
  ({ db, user, query, say }) => listMovies(db, query, { userId: user.id ?? "", say }),
);
