import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { searchSources } from "@/lib/sources/commands";
import { maySearchSources } from "@/lib/sources/policy";
import { searchQuery, searchView } from "@/lib/sources/schema";
import { apiRoute } from "@/lib/web/api";

export const GET = apiRoute(
  {
    method: "GET",
    path: "/api/v1/search",
    summary:
      "Movies that the sources have, with their releases, when all have answered or failed. Members may when the settings allow it.",
    role: "member",
    scope: "add",
    query: searchQuery,
    answers: { 200: searchView, 404: null },
  },
  ({ db, user, query, say, request }) => {
    if (!maySearchSources(db, env(), user)) throw new AppError("admins-only", { status: 403 });
    const context = { db, env: env(), say, now: () => new Date() };
    return searchSources(context, query, { signal: request.signal });
  },
);
