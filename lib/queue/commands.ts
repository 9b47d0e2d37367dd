import { and, eq, inArray } from "drizzle-orm";
import { jobs } from "@/db/schema";
import type { Db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { wakeSoon } from "./runtime";

function unknownJob(): AppError {
  return new AppError("job-unknown", { status: 404 });
}

/**
 * A person tries a job again: it starts over with all its attempts.
 *
 * @throws AppError 404 for an unknown id, 409 when it is not at an end or the same work is on.
 */
export function retryJob(db: Db, id: string, now: Date): { kind: string; movieId: string | null } {
  return db.transaction((tx) => {
    const job = tx.select().from(jobs).where(eq(jobs.id, id)).get();
    if (!job) throw unknownJob();
    if (job.status === "waiting" || job.status === "queued") {
      tx.update(jobs).set({ runAt: now, updatedAt: now }).where(eq(jobs.id, id)).run();
      wakeSoon();
      return job;
    }
    if (job.status !== "failed" && job.status !== "cancelled") {
      throw new AppError("job-not-at-an-end", { status: 409 });
    }
    const twin = tx
      .select({ id: jobs.id })
      .from(jobs)
      .where(
        and(
          eq(jobs.dedupeKey, job.dedupeKey ?? ""),
          inArray(jobs.status, ["queued", "waiting", "running"]),
        ),
      )
      .get();
    if (twin) throw new AppError("job-already-on", { status: 409 });
    tx.update(jobs)
      .set({
        status: "queued",
        attempts: 0,
        runAt: now,
        finishedAt: null,
        cancelRequested: false,
        progress: null,
        updatedAt: now,
      })
      .where(eq(jobs.id, id))
      .run();
    wakeSoon();
    return job;
  });
}

/**
 * A person cancels or removes a job: one that runs or waits is told to end, one that ended is
 * removed from the list.
 *
 * @throws AppError 404 for an unknown id.
 */
export function cancelOrRemoveJob(db: Db, id: string, now: Date): "ending" | "removed" {
  return db.transaction((tx) => {
    const job = tx.select().from(jobs).where(eq(jobs.id, id)).get();
    if (!job) throw unknownJob();
    if (job.status === "running" || job.status === "queued" || job.status === "waiting") {
      // The runner closes it, also one that waits: what a cancelled step means for its movie is
      // written by the pipeline, in the same transaction.
      tx.update(jobs)
        .set({
          cancelRequested: true,
          runAt: job.status === "running" ? job.runAt : now,
          updatedAt: now,
        })
        .where(eq(jobs.id, id))
        .run();
      wakeSoon();
      return "ending";
    }
    tx.delete(jobs).where(eq(jobs.id, id)).run();
    return "removed";
  });
}

/** What waits for a movie is looked at now instead of later. */
export function retryOpenJobs(db: Db, movieId: string, now: Date): void {
  db.update(jobs)
    .set({ runAt: now, updatedAt: now })
    .where(and(eq(jobs.movieId, movieId), inArray(jobs.status, ["queued", "waiting"])))
    .run();
  wakeSoon();
}

/** How several at once went. */
interface Several {
  done: number;
  /** Not at an end, already on, or gone: left as they are. */
  refused: number;
}

function several(ids: readonly string[], command: (id: string) => unknown): Several {
  const outcome: Several = { done: 0, refused: 0 };
  for (const id of ids) {
    try {
      command(id);
      outcome.done += 1;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      outcome.refused += 1;
    }
  }
  return outcome;
}

/** The same as `retryJob` for several, as far as it can be done. */
export function retryJobs(db: Db, ids: readonly string[], now: Date): Several {
  return db.transaction((tx) => several(ids, (id) => retryJob(tx, id, now)));
}

/** The same as `cancelOrRemoveJob` for several. */
export function cancelOrRemoveJobs(db: Db, ids: readonly string[], now: Date): Several {
  return db.transaction((tx) => several(ids, (id) => cancelOrRemoveJob(tx, id, now)));
}
