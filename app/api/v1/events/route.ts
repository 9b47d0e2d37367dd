import { changesSince } from "@/lib/movies/changes";
import { readySince, removals } from "@/lib/movies/ready";
import { requestNews } from "@/lib/requests/news";
import { apiRoute } from "@/lib/web/api";
import { eventStream, sinceOf } from "@/lib/web/event-stream";

export const GET = apiRoute(
  {
    method: "GET",
    path: "/api/v1/events",
    summary:
      "Server-sent events named movie, download and job, with the changed object's id and fields; downloads, jobs and schedule for admins only. Of what only got on its changed figures come, with progressOnly, and no more of them than about 3 kB a second. One named ready says that a movie can be watched for the first time, and whether the caller added or asked for it; one named request that what the caller asks for, or for admins what anybody asks for, changed, and to admins how many wait.",
    role: "member",
    answers: { 200: null },
  },
  ({ db, user, request, now, say }) => {
    const removed = removals(db);
    const isAdmin = user.role === "admin";
    const asked = requestNews(db, { userId: user.id, isAdmin });
    const isTakenUp = request.headers.has("last-event-id");
    return eventStream({
      signal: request.signal,
      since: sinceOf(request.headers.get("last-event-id"), now),
      now: () => new Date(),
      changesSince: (since) => [
        ...changesSince(db, since, { isAdmin, say }),
        // News is told once: a page that is loaded again has told it already.
        ...readySince(db, isTakenUp || since > now ? since : now, user.id),
        ...removed(),
        ...asked(since),
      ],
    });
  },
);
