import { gte, sql } from "drizzle-orm";
import { scheduleRuns } from "@/db/schema";
import type { Db } from "@/lib/db";

/** One run of something that happens by the clock. */
export interface ScheduleRun {
  startedAt: Date;
  finishedAt: Date;
  outcome: "done" | "failed";
  /** Technical, without secrets; null when it went well. */
  detail: string | null;
}

/** Writes down the last run of a tick, in the place of the one before. */
export function saveScheduleRun(db: Db, name: string, run: ScheduleRun): void {
  db.insert(scheduleRuns)
    .values({ name, ...run })
    .onConflictDoUpdate({ target: scheduleRuns.name, set: run })
    .run();
}

/** The last runs that were written down, by the names of their ticks. */
export function scheduleRunsOf(db: Db): Map<string, ScheduleRun> {
  const rows = db.select().from(scheduleRuns).all();
  return new Map(rows.map(({ name, ...run }) => [name, run]));
}

/** Names of what ended at or after a moment, and when. */
export function scheduleRunsSince(db: Db, since: Date): { name: string; finishedAt: Date }[] {
  return db
    .select({ name: scheduleRuns.name, finishedAt: scheduleRuns.finishedAt })
    .from(scheduleRuns)
    .where(gte(scheduleRuns.finishedAt, since))
    .orderBy(sql`${scheduleRuns.finishedAt}`)
    .all();
}
