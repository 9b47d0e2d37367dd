import { and, eq, inArray } from "drizzle-orm";
import { jobs } from "@/db/schema";
import type { Db } from "@/lib/db";
import type { JobKind } from "./names";

export interface WorkProgress {
  /** 0 to 1. */
  fraction: number;
  remainingSeconds: number | null;
}

/**
 * How far the running jobs of these kinds are, by what each is about: the version's id for work on
 * versions. What has not told yet is left out.
 */
export function workProgress(
  db: Db,
  kinds: readonly JobKind[],
  subjectIds: readonly string[],
): Map<string, WorkProgress> {
  if (subjectIds.length === 0) return new Map();
  const keys = kinds.flatMap((kind) => subjectIds.map((id) => `${kind}:${id}`));
  const rows = db
    .select({ key: jobs.dedupeKey, progress: jobs.progress, left: jobs.remainingSeconds })
    .from(jobs)
    .where(and(eq(jobs.status, "running"), inArray(jobs.dedupeKey, keys)))
    .all();
  return new Map(
    rows.flatMap(({ key, progress, left }): [string, WorkProgress][] =>
      progress === null
        ? []
        : [[key?.split(":")[1] ?? "", { fraction: progress, remainingSeconds: left }]],
    ),
  );
}
