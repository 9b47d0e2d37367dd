import { and, desc, eq } from "drizzle-orm";
import { timelineEvents, type timelineStages, type timelineStates } from "@/db/schema";
import type { Db } from "@/lib/db";
import type { Reason } from "@/lib/errors";

export interface TimelineEvent {
  movieId: string;
  versionId?: string | null;
  stage: (typeof timelineStages)[number];
  state: (typeof timelineStates)[number];
  reason?: Reason | null;
  at: Date;
}

/** What was written last about a stage of a movie; undefined when nothing was. */
export function lastEvent(
  db: Db,
  movieId: string,
  stage: TimelineEvent["stage"],
): typeof timelineEvents.$inferSelect | undefined {
  return db
    .select()
    .from(timelineEvents)
    .where(and(eq(timelineEvents.movieId, movieId), eq(timelineEvents.stage, stage)))
    .orderBy(desc(timelineEvents.id))
    .limit(1)
    .get();
}

/** Writes down what happened to a movie. The same thing said twice in a row is said once. */
export function record(db: Db, event: TimelineEvent): void {
  const last = lastEvent(db, event.movieId, event.stage);
  const reason = event.reason ?? null;
  const isSame =
    last?.state === event.state &&
    last.versionId === (event.versionId ?? null) &&
    JSON.stringify(last.reason) === JSON.stringify(reason);
  if (isSame) return;
  db.insert(timelineEvents)
    .values({
      movieId: event.movieId,
      versionId: event.versionId ?? null,
      stage: event.stage,
      state: event.state,
      reason,
      at: event.at,
    })
    .run();
}
