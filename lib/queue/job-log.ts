import { and, count, desc, eq, lte, sql } from "drizzle-orm";
import { type JobLogLevel, jobLogs, jobs } from "@/db/schema";
import type { Db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { Page, PageQuery } from "@/lib/web/page-query";
import type { JobLogLine } from "./schema";

/** A line as a job says it; censored and cut by jobs/job-log.ts. */
export interface SaidLine {
  at: Date;
  level: JobLogLevel;
  message: string;
  facts: Record<string, unknown> | null;
}

/** Lines that are kept of a job: the newest. */
export const keptLines = 500;

/**
 * Writes down what a job said and drops what is too old, at once; a job that was removed meanwhile
 * has no log. Its row is touched, so that whoever follows it hears that there is more.
 */
export function saveJobLines(db: Db, jobId: string, lines: readonly SaidLine[], now: Date): void {
  if (lines.length === 0) return;
  db.transaction((tx) => {
    const touched = tx.update(jobs).set({ updatedAt: now }).where(eq(jobs.id, jobId)).run();
    if (touched.changes === 0) return;
    tx.insert(jobLogs)
      .values(lines.slice(-keptLines).map((line) => ({ jobId, ...line })))
      .run();
    const oldest = tx
      .select({ id: jobLogs.id })
      .from(jobLogs)
      .where(eq(jobLogs.jobId, jobId))
      .orderBy(desc(jobLogs.id))
      .limit(1)
      .offset(keptLines)
      .get();
    if (oldest) {
      tx.delete(jobLogs)
        .where(and(eq(jobLogs.jobId, jobId), lte(jobLogs.id, oldest.id)))
        .run();
    }
  });
}

/** A page of what a job said, the newest first. @throws AppError 404 for an unknown job. */
export function listJobLines(
  db: Db,
  jobId: string,
  { page, pageSize }: PageQuery,
): Page<JobLogLine> {
  const job = db.select({ id: jobs.id }).from(jobs).where(eq(jobs.id, jobId)).get();
  if (!job) throw new AppError("job-unknown", { status: 404 });
  const isOfJob = eq(jobLogs.jobId, jobId);
  const total = db.select({ lines: count() }).from(jobLogs).where(isOfJob).get()?.lines ?? 0;
  const items = db
    .select()
    .from(jobLogs)
    .where(isOfJob)
    .orderBy(desc(jobLogs.id))
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .all()
    .map(({ id, at, level, message, facts }) => ({
      id,
      at: at.toISOString(),
      level,
      message,
      facts,
    }));
  return { items, page, pageSize, total };
}

/** The number of the newest line of a row of `jobs`; null when it said nothing. */
export const newestLine = sql<number | null>`(
  select max(l.id) from job_logs l where l.job_id = ${jobs.id}
)`;
