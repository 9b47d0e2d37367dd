import { setTimeout as pause } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { jobs } from "@/db/schema";
import type { Db } from "@/lib/db";
import { runtime } from "./runtime";

const lookEveryMs = 50;

/**
 * Waits for a job to end, for a caller who should find its work done: at most `timeoutMs`, since
 * the job goes on by itself whoever waits.
 *
 * @returns whether it ended in that time.
 */
export async function jobEnded(
  db: Db,
  jobId: string,
  options: { timeoutMs: number },
): Promise<boolean> {
  // Nobody in this process works on it: it is done by whoever does.
  if (!runtime()) return false;
  for (let waitedMs = 0; waitedMs <= options.timeoutMs; waitedMs += lookEveryMs) {
    const job = db.select({ status: jobs.status }).from(jobs).where(eq(jobs.id, jobId)).get();
    if (!job || !["queued", "running", "waiting"].includes(job.status)) return true;
    await pause(lookEveryMs);
  }
  return false;
}
