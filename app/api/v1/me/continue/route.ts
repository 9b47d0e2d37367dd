import { listMovies } from "@/lib/movies/data";
import { movieCard, movieListQuery } from "@/lib/movies/schema";
import { apiRoute } from "@/lib/web/api";
import { pageOf, pageQuery } from "@/lib/web/page-query";

export const GET = apiRoute(
  {
    method: "GET",
    path: "/api/v1/me/continue",
    summary: "What the caller can continue, watched last first",
    role: "member",
    account: true,
    query: pageQuery,
    answers: { 200: pageOf(movieCard) },
  },
  ({ db, user, query, say }) =>
    listMovies(db, movieListQuery.parse({ ...query, list: "continue" }), { userId: user.id, say }),
);
