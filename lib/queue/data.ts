import { and, asc, desc, eq, inArray, like, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { type JobStatus, jobStatuses, jobs } from "@/db/schema/jobs";
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
  kind: z.string().min(1).max(60).optional(),
  title: z.string().trim().min(1).max(200).optional().describe("a part of the movie's title"),
});
export type JobListQuery = z.output<typeof jobListQuery>;

/** How many jobs there are in each state. */
export type JobCounts = Record<JobStatus, number>;

type Say = (reason: Reason) => string;

/** What is asked for, whatever its state. Those of movies and versions in the bin are left out. */
function conditionOf(db: Db, { movieId, kind, title }: JobListQuery): SQL | undefined {
  const pattern = title && `%${title.replace(/[\\%_]/g, "\\$&")}%`;
  const titled = db
    .select({ id: movies.id })
    .from(movies)
    .where(pattern ? sql`${like(movies.title, pattern)} escape '\\'` : undefined);
  return and(
    movieId === undefined ? undefined : eq(jobs.movieId, movieId),
    kind === undefined ? undefined : eq(jobs.kind, kind),
    pattern ? inArray(jobs.movieId, titled) : undefined,
    isFree,
  );
}

/** How many there are in each state of what a list is narrowed to otherwise. */
export function countJobs(db: Db, query: JobListQuery): JobCounts {
  const counted = db
    .select({ status: jobs.status, count: sql<number>`count(*)` })
    .from(jobs)
    .where(conditionOf(db, query))
    .groupBy(jobs.status)
    .all();
  const none = Object.fromEntries(jobStatuses.map((status) => [status, 0])) as JobCounts;
  return Object.assign(none, Object.fromEntries(counted.map((row) => [row.status, row.count])));
}

/**
 * A page of jobs: what runs first, then what waits, then what is done, the newest first. Of one
 * state what comes next comes first: the queue in the order in which it is taken.
 *
 * @param counts when they are known already.
 */
export function listJobs(
  db: Db,
  query: JobListQuery,
  say: Say,
  counts: JobCounts = countJobs(db, query),
): Page<JobView> {
  const { page, pageSize, status } = query;
  const total = status
    ? counts[status]
    : Object.values(counts).reduce((sum, count) => sum + count, 0);
  // Sorted by ids alone: a row carries its payload, and there may be thousands.
  const ids = db
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(status && eq(jobs.status, status), conditionOf(db, query)))
    .orderBy(...orderOf(status))
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .all()
    .map(({ id }) => id);
  return { items: jobsById(db, ids, say), page, pageSize, total };
}

/** Jobs in the order of their ids; one that is gone is passed over. */
export function jobsById(db: Db, ids: string[], say: Say): JobView[] {
  if (ids.length === 0) return [];
  const rows = db
    .select({ job: jobs, movieTitle: movies.title })
    .from(jobs)
    .leftJoin(movies, eq(movies.id, jobs.movieId))
    .where(inArray(jobs.id, ids))
    .all();
  const views = new Map(rows.map(({ job, movieTitle }) => [job.id, viewOf(job, movieTitle, say)]));
  return ids.flatMap((id) => views.get(id) ?? []);
}

const standing: SQL = sql`case ${jobs.status}
  when 'running' then 0 when 'queued' then 1 when 'waiting' then 1 else 2 end`;

function orderOf(status: JobStatus | undefined): SQL[] {
  if (status === undefined) {
    return [asc(standing), desc(sql`coalesce(${jobs.finishedAt}, ${jobs.runAt})`), desc(jobs.id)];
  }
  if (status === "running") return [asc(jobs.startedAt), asc(jobs.id)];
  if (status === "queued") return [desc(jobs.priority), asc(jobs.runAt), asc(jobs.id)];
  if (status === "waiting") return [asc(jobs.runAt), asc(jobs.id)];
  return [desc(jobs.finishedAt), desc(jobs.id)];
}

/** Without the payload, which may hold a magnet, and the technical text, which may hold a path. */
export function viewOf(
  job: typeof jobs.$inferSelect,
  movieTitle: string | null,
  say: Say,
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
