import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { searchSources } from "@/lib/sources/commands";
import { maySearchSources } from "@/lib/sources/policy";
import { searchProgress, searchQuery } from "@/lib/sources/schema";
import { apiRoute } from "@/lib/web/api";
import { lineStream } from "@/lib/web/line-stream";

export const GET = apiRoute(
  {
    method: "GET",
    path: "/api/v1/search/stream",
    summary:
      "The same search as it comes: a line of JSON (application/x-ndjson) with all that is known after each source's answer; it ends with the last.",
    role: "member",
    scope: "add",
    query: searchQuery,
    answers: { 200: searchProgress, 404: null },
  },
  ({ db, user, query, say, request }) => {
    if (!maySearchSources(db, env(), user)) throw new AppError("admins-only", { status: 403 });
    const context = { db, env: env(), say, now: () => new Date() };
    return lineStream(request.signal, (write, signal) =>
      searchSources(context, query, {
        signal,
        onProgress: (progress) => write(searchProgress.parse(progress)),
      }),
    );
  },
);
