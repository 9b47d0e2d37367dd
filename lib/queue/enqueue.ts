import { and, eq, inArray } from "drizzle-orm";
import { type JobLane, jobs } from "@/db/schema";
import type { Db } from "@/lib/db";
import { randomId } from "@/lib/ids";
import { type JobKind, type JobPayload, jobKinds } from "./names";
import { wakeSoon } from "./runtime";

export interface EnqueueOptions {
  now: Date;
  /** Not before; now when absent. */
  runAt?: Date;
  /** Another lane than the kind's: for what turns out to be light. */
  lane?: JobLane;
}

/**
 * Puts a job into the table, in the caller's transaction, and returns its id. When the same work is
 * already queued, waiting or running, that job's id is returned and nothing is added.
 */
export function enqueue<Kind extends JobKind>(
  db: Db,
  kind: Kind,
  payload: JobPayload<Kind>,
  options: EnqueueOptions,
): string {
  const settings = jobKinds[kind];
  const dedupe = settings.dedupe as (payload: JobPayload<Kind>) => string;
  const dedupeKey = `${kind}:${dedupe(payload)}`;
  const present = db
    .select({ id: jobs.id })
    .from(jobs)
    .where(
      and(eq(jobs.dedupeKey, dedupeKey), inArray(jobs.status, ["queued", "waiting", "running"])),
    )
    .get();
  if (present) return present.id;

  const id = randomId();
  db.insert(jobs)
    .values({
      id,
      kind,
      payload,
      status: "queued",
      dedupeKey,
      movieId: "movieId" in payload ? payload.movieId : null,
      lane: options.lane ?? settings.lane,
      priority: settings.priority,
      runAt: options.runAt ?? options.now,
      maxAttempts: settings.maxAttempts,
      deadlineMs: settings.deadlineMs,
      createdAt: options.now,
      updatedAt: options.now,
    })
    .run();
  wakeSoon();
  return id;
}
