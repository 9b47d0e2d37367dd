import "server-only";
import { requireAdmin } from "@/lib/auth/current-user";
import { database } from "@/lib/db";
import type { Page } from "@/lib/web/page-query";
import { pageLocale, reasonText } from "@/lib/web/words";
import { jobListQuery, listJobs } from "./data";
import type { JobView } from "./schema";

/** A page of background jobs; for admins. */
export async function loadJobs(
  query: Partial<Parameters<typeof listJobs>[1]> = {},
): Promise<Page<JobView>> {
  await requireAdmin();
  const locale = await pageLocale();
  return listJobs(database(), jobListQuery.parse(query), (reason) => reasonText(reason, locale));
}
