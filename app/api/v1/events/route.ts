import { changesSince } from "@/lib/movies/changes";
import { readySince, removals } from "@/lib/movies/ready";
import { apiRoute } from "@/lib/web/api";
import { eventStream, sinceOf } from "@/lib/web/event-stream";

export const GET = apiRoute(
  {
    method: "GET",
    path: "/api/v1/events",
    summary:
      "Server-sent events named movie, download and job, with the changed object's id and fields; downloads, jobs and schedule for admins only. Of what only got on its changed figures come, with progressOnly, and no more of them than about 3 kB a second. One named ready says that a movie can be watched for the first time, and whether the caller added it.",
    role: "member",
    answers: { 200: null },
  },
  ({ db, user, request, now, say }) => {
    const removed = removals(db);
    const isTakenUp = request.headers.has("last-event-id");
    return eventStream({
      signal: request.signal,
      since: sinceOf(request.headers.get("last-event-id"), now),
      now: () => new Date(),
      changesSince: (since) => [
        ...changesSince(db, since, { isAdmin: user.role === "admin", say }),
        // News is told once: a page that is loaded again has told it already.
        ...readySince(db, isTakenUp || since > now ? since : now, user.id),
        ...removed(),
      ],
    });
  },
);
