import "server-only";
import { cache } from "react";
import { requireAdmin } from "@/lib/auth/current-user";
import { database } from "@/lib/db";
import type { Reason } from "@/lib/errors";
import type { Page } from "@/lib/web/page-query";
import { pageLocale, reasonText } from "@/lib/web/words";
import { countJobs, type JobCounts, type JobListQuery, jobListQuery, listJobs } from "./data";
import { listJobLines } from "./job-log";
import { jobDetails } from "./job-page";
import { listTicks } from "./schedule";
import type { JobDetails, JobLogLine, JobView, TickView } from "./schema";

/** Search parameters of a page, as Next gives them. */
type Parameters = Record<string, string | string[] | undefined>;

/** The gate, and how a reason is said to whoever passed it. */
async function adminSay(): Promise<(reason: Reason) => string> {
  await requireAdmin();
  const locale = await pageLocale();
  return (reason) => reasonText(reason, locale);
}

/** Jobs of a page's address, how many there are in each state, and what the address was read as. */
interface JobsShown extends Page<JobView> {
  counts: JobCounts;
  query: JobListQuery;
}

/** A page of background jobs by what stands in the address; what does not fit is left out. */
export async function loadJobs(parameters: Parameters): Promise<JobsShown> {
  const say = await adminSay();
  const fitting = Object.entries(jobListQuery.shape).flatMap(([name, schema]) => {
    const given = parameters[name];
    return given !== undefined && schema.safeParse(given).success ? [[name, given]] : [];
  });
  const query = jobListQuery.parse({ ...Object.fromEntries(fitting), pageSize: 50 });
  const counts = countJobs(database(), query);
  return { ...listJobs(database(), query, say, counts), counts, query };
}

/** One job; null when there is none of that id. For admins. */
export const loadJob = cache(async (id: string): Promise<JobDetails | null> => {
  const say = await adminSay();
  return jobDetails(database(), id, say);
});

/** A page of what a job said, the newest first; for admins. */
export async function loadJobLines(id: string, page: number): Promise<Page<JobLogLine>> {
  await requireAdmin();
  return listJobLines(database(), id, { page, pageSize: 100 });
}

/** Everything that happens by the clock; for admins. */
export async function loadTicks(): Promise<TickView[]> {
  await requireAdmin();
  return listTicks(database());
}
