/** What the list of background work is narrowed to; all of it stands in the page's address. */
export interface JobFilters {
  status?: string | undefined;
  kind?: string | undefined;
  title?: string | undefined;
  movieId?: string | undefined;
}

/** States in the order of their tabs. */
export const shownStatuses = [
  "running",
  "queued",
  "waiting",
  "failed",
  "succeeded",
  "cancelled",
] as const;

/** The list's address for these filters, and for a page of it after the first. */
export function addressOf(filters: JobFilters, page = 1): string {
  const { status, kind, title, movieId } = filters;
  const parts = Object.entries({ status, kind, title, movieId });
  const query = new URLSearchParams(
    parts.flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
  if (page > 1) query.set("page", String(page));
  return query.size === 0 ? "/manage/jobs" : `/manage/jobs?${query}`;
}
