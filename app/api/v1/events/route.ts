import { changesSince } from "@/lib/movies/changes";
import { apiRoute } from "@/lib/web/api";
import { eventStream } from "@/lib/web/event-stream";

export const GET = apiRoute(
  {
    method: "GET",
    path: "/api/v1/events",
    summary:
      "Server-sent events named movie, download and job, with the changed object's id and fields; downloads and jobs for admins only.",
    role: "member",
    answers: { 200: null },
  },
  ({ db, user, request, now, say }) =>
    eventStream({
      signal: request.signal,
      since: now,
      now: () => new Date(),
      changesSince: (since) => changesSince(db, since, { isAdmin: user.role === "admin", say }),
    }),
);
