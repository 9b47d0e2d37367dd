import { and, eq, inArray, isNull, notInArray, or, type SQL } from "drizzle-orm";
import { binEntries, movies, versions } from "@/db/schema";
import type { Db } from "@/lib/db";

/**
 * Condition on `versions`: it does not lie in the bin by itself. What is only being made of one that
 * does lies there with it.
 */
export function isNotBinned(db: Db): SQL | undefined {
  const binned = db
    .select({ id: binEntries.subjectId })
    .from(binEntries)
    .where(eq(binEntries.kind, "version"));
  return and(
    notInArray(versions.id, binned),
    or(
      eq(versions.status, "ready"),
      isNull(versions.madeFromId),
      notInArray(versions.madeFromId, binned),
    ),
  );
}

/** The version, unless it or its movie lies in the bin. */
export function shownVersion(db: Db, id: string): typeof versions.$inferSelect | undefined {
  const shownMovies = db.select({ id: movies.id }).from(movies).where(isNull(movies.binnedAt));
  return db
    .select()
    .from(versions)
    .where(and(eq(versions.id, id), isNotBinned(db), inArray(versions.movieId, shownMovies)))
    .get();
}
