import { and, eq, exists, gte } from "drizzle-orm";
import { requestAskers, requests } from "@/db/schema";
import type { Db } from "@/lib/db";
import type { StreamEvent } from "@/lib/web/event-stream";
import { countWaiting, type RequestReader } from "./data";

/**
 * What changed about requests since it was asked last: to admins of all and how many wait, to
 * anybody else of their own. One that was taken back has no row left: there only the number tells.
 */
export function requestNews(db: Db, reader: RequestReader): (since: Date) => StreamEvent[] {
  let waitingBefore = reader.isAdmin ? countWaiting(db) : 0;
  const isTheirs = exists(
    db
      .select({ id: requestAskers.userId })
      .from(requestAskers)
      .where(
        and(
          eq(requestAskers.requestId, requests.id),
          reader.isAdmin ? undefined : eq(requestAskers.userId, reader.userId ?? ""),
        ),
      ),
  );
  return (since) => {
    const rows = db
      .select({
        id: requests.id,
        title: requests.title,
        state: requests.state,
        movieId: requests.movieId,
      })
      .from(requests)
      .where(and(gte(requests.updatedAt, since), isTheirs))
      .all();
    if (!reader.isAdmin) return rows.map((data) => ({ event: "request", data }));
    const waiting = countWaiting(db);
    const isOther = waiting !== waitingBefore;
    waitingBefore = waiting;
    if (rows.length === 0) return isOther ? [{ event: "request", data: { waiting } }] : [];
    return rows.map((data) => ({ event: "request", data: { ...data, waiting } }));
  };
}
