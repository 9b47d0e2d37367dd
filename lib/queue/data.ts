import { and, desc, eq, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { jobStatuses, jobs } from "@/db/schema/jobs";
import { movies } from "@/db/schema/movies";
import type { Db } from "@/lib/db";
import type { Reason } from "@/lib/errors";
import { type Page, pageQuery } from "@/lib/web/page-query";
import { isFree } from "./held";
import type { JobView } from "./schema";

export const jobListQuery = pageQuery.extend({
  status: z.enum(jobStatuses).optional(),
  movieId: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .optional(),
});
export type JobListQuery = z.output<typeof jobListQuery>;

/**
 * A page of jobs: what runs first, then what waits, then what is done, the newest first. Those of
 * movies and versions in the bin are left out.
 */
export function listJobs(
  db: Db,
  query: JobListQuery,
  say: (reason: Reason) => string,
): Page<JobView> {
  const { page, pageSize } = query;
  const condition = and(
    query.status && eq(jobs.status, query.status),
    query.movieId === undefined ? undefined : eq(jobs.movieId, query.movieId),
    isFree,
  );
  const total = db.select({ count: sql<number>`count(*)` }).from(jobs).where(condition).get();
  const items = db
    .select({ job: jobs, movieTitle: movies.title })
    .from(jobs)
    .leftJoin(movies, eq(movies.id, jobs.movieId))
    .where(condition)
    .orderBy(standing, desc(sql`coalesce(${jobs.finishedAt}, ${jobs.runAt})`), desc(jobs.id))
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .all()
    .map(({ job, movieTitle }) => viewOf(job, movieTitle, say));
  return { items, page, pageSize, total: total?.count ?? 0 };
}

const standing: SQL = sql`case ${jobs.status}
  when 'running' then 0 when 'queued' then 1 when 'waiting' then 1 else 2 end`;

/** Without the payload, which may hold a magnet, and the technical text, which may hold a path. */
function viewOf(
  job: typeof jobs.$inferSelect,
  movieTitle: string | null,
  say: (reason: Reason) => string,
): JobView {
  return {
    id: job.id,
    kind: job.kind,
    movieId: job.movieId,
    movieTitle,
    status: job.status,
    attempts: job.attempts,
    maxAttempts: job.maxAttempts,
    progress: job.progress === null ? null : Math.min(Math.max(job.progress, 0), 1),
    remainingSeconds: job.remainingSeconds,
    runAt: job.runAt.toISOString(),
    startedAt: job.startedAt?.toISOString() ?? null,
    finishedAt: job.finishedAt?.toISOString() ?? null,
    error: job.lastError && say(job.lastError),
  };
}
