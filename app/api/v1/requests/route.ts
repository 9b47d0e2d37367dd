import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { askFor } from "@/lib/requests/commands";
import { listRequests, requestOf } from "@/lib/requests/data";
import { mayAskForMovies } from "@/lib/requests/policy";
import { requestCreateInput, requestListQuery, requestView } from "@/lib/requests/schema";
import { connect } from "@/lib/settings/connect";
import { apiRoute } from "@/lib/web/api";
import { pageOf } from "@/lib/web/page-query";

export const GET = apiRoute(
  {
    method: "GET",
    path: "/api/v1/requests",
    summary: "Movies that were asked for: the caller's own, for admins everybody's",
    role: "member",
    query: requestListQuery,
    answers: { 200: pageOf(requestView) },
  },
  ({ db, user, query }) =>
    listRequests(db, query, { userId: user.id, isAdmin: user.role === "admin" }),
);

export const POST = apiRoute(
  {
    method: "POST",
    path: "/api/v1/requests",
    summary:
      "Asks the admins for a movie: by a search result, an IMDb or TMDB id, or its title. Whoever asks for what others ask for joins their request.",
    role: "member",
    scope: "add",
    account: true,
    body: requestCreateInput,
    answers: { 201: requestView, 409: null },
  },
  async ({ db, user, body, now }) => {
    if (!mayAskForMovies(user)) throw new AppError("admins-only", { status: 403 });
    const isAdmin = user.role === "admin";
    const services = connect(db, env());
    const id = await askFor(
      { db, env: env(), services, user: { id: user.id, isAdmin }, now },
      body,
    );
    const made = requestOf(db, id, { userId: user.id, isAdmin });
    if (!made) throw new AppError("not-found", { status: 404 });
    return made;
  },
);
