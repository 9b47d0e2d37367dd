import { and, asc, desc, eq, gt, lt, or, type SQL } from "drizzle-orm";
import { jobs, movies } from "@/db/schema";
import type { Db } from "@/lib/db";
import { AppError, type Reason } from "@/lib/errors";
import { censorText } from "@/lib/log";
import { jobsById, viewOf } from "./data";
import { isFree } from "./held";
import type { JobDetails, JobView } from "./schema";

type Say = (reason: Reason) => string;

/** Neighbours on each side. */
const mostAround = 5;
const isId = /^[0-9a-f]{16}$/;

/** One job as the API shows it. @throws AppError 404 for an unknown one. */
export function jobOf(db: Db, id: string, say: Say): JobView {
  const [job] = jobsById(db, [id], say);
  if (!job) throw new AppError("job-unknown", { status: 404 });
  return job;
}

/** One job with all that is known of it; null when there is none, or it lies in the bin. */
export function jobDetails(db: Db, id: string, say: Say): JobDetails | null {
  const row = db
    .select({ job: jobs, movieTitle: movies.title })
    .from(jobs)
    .leftJoin(movies, eq(movies.id, jobs.movieId))
    .where(and(eq(jobs.id, id), isFree))
    .get();
  if (!row) return null;
  const { job, movieTitle } = row;
  const around = (side: SQL | undefined, order: SQL[]) => {
    if (job.movieId === null) return [];
    const ids = db
      .select({ id: jobs.id })
      .from(jobs)
      .where(and(eq(jobs.movieId, job.movieId), side, isFree))
      .orderBy(...order)
      .limit(mostAround)
      .all();
    return jobsById(
      db,
      ids.map((one) => one.id),
      say,
    );
  };
  const same = eq(jobs.createdAt, job.createdAt);
  return {
    ...viewOf(job, movieTitle, say),
    lane: job.lane,
    priority: job.priority,
    createdAt: job.createdAt.toISOString(),
    errorDetail: job.lastErrorDetail && censorText(job.lastErrorDetail),
    about: idsIn(job.payload),
    isEnding: job.cancelRequested,
    before: around(or(lt(jobs.createdAt, job.createdAt), and(same, lt(jobs.id, job.id))), [
      desc(jobs.createdAt),
      desc(jobs.id),
    ]),
    after: around(or(gt(jobs.createdAt, job.createdAt), and(same, gt(jobs.id, job.id))), [
      asc(jobs.createdAt),
      asc(jobs.id),
    ]),
  };
}

function idsIn(payload: unknown): JobDetails["about"] {
  if (typeof payload !== "object" || payload === null) return [];
  return Object.entries(payload).flatMap(([name, value]) =>
    typeof value === "string" && isId.test(value) ? [{ name, value }] : [],
  );
}
