import { and, eq, type SQL, sql } from "drizzle-orm";
import { downloads } from "@/db/schema";
import type { Db } from "@/lib/db";

/** Condition on `downloads`: neither its movie nor its version lies in the bin. */
export const isNotHeld: SQL<boolean> = sql`(
  not exists (
    select 1 from movies m where m.id = ${downloads.movieId} and m.binned_at is not null
  )
  and not exists (select 1 from bin_entries b where b.subject_id = ${downloads.versionId})
)`;

/** True for a download that is there and does not lie in the bin. */
export function isFollowed(db: Db, id: string): boolean {
  const row = db
    .select({ id: downloads.id })
    .from(downloads)
    .where(and(eq(downloads.id, id), isNotHeld))
    .get();
  return row !== undefined;
}
