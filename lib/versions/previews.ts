import { and, desc, eq, isNotNull, isNull } from "drizzle-orm";
import { movies, versions } from "@/db/schema";
import type { Db } from "@/lib/db";
import { touchMovieOf } from "@/lib/movies/status";
import { enqueue } from "@/lib/queue/enqueue";
import { hasOpenJob } from "@/lib/queue/open-jobs";
import { isNotBinned } from "./binned";
import { streamSourceOf } from "./data";

/** Name of the track in a set of previews; its sheets are named by a hash of what is in them. */
export const previewTrackName = "track.vtt";

/**
 * The folder of a set of previews, relative to the media directory. Sets have names of their own, so
 * that a new one can lie beside the old one until the row names it.
 */
export function previewFolder(version: { folder: string }, set: string): string {
  return `${version.folder}/preview/${set}`;
}

/** The set lies in place: from now on players get it. */
export function savePreviews(db: Db, versionId: string, set: string, now: Date): void {
  db.transaction((tx) => {
    tx.update(versions)
      .set({ previewSet: set, previewTriedAt: now, updatedAt: now })
      .where(eq(versions.id, versionId))
      .run();
    touchMovieOf(tx, versionId, now);
  });
}

/** There are none and will be none, unless somebody asks for them: a film plays without. */
export function savePreviewsTried(db: Db, versionId: string, now: Date): void {
  db.update(versions)
    .set({ previewTriedAt: now, updatedAt: now })
    .where(eq(versions.id, versionId))
    .run();
}

/**
 * Asks for the previews of one film that was published before there were any, the newest first.
 * One at a time, and each once: an old library gets them slowly and nobody waits for anything.
 *
 * @returns true when one was asked for.
 */
export function requestMissingPreviews(db: Db, now: Date): boolean {
  return db.transaction((tx) => {
    if (hasOpenJob(tx, "make-previews")) return false;
    const next = tx
      .select({ versionId: versions.id, movieId: versions.movieId })
      .from(versions)
      .innerJoin(movies, eq(movies.id, versions.movieId))
      .where(
        and(
          eq(versions.status, "ready"),
          isNull(versions.previewTriedAt),
          isNotNull(versions.publishedAt),
          isNull(movies.binnedAt),
          isNotBinned(tx),
        ),
      )
      .orderBy(desc(versions.createdAt))
      .limit(1)
      .get();
    if (!next) return false;
    enqueue(tx, "make-previews", next, { now });
    return true;
  });
}

/** Folders of versions, each with the set of previews that is in use; those without are left out. */
export function knownPreviewSets(db: Db): Map<string, string> {
  const rows = db
    .select({ folder: versions.folder, set: versions.previewSet })
    .from(versions)
    .where(isNotNull(versions.previewSet))
    .all();
  return new Map(rows.flatMap(({ folder, set }) => (set === null ? [] : [[folder, set]])));
}

/**
 * Where the previews of the version lie that is served as `/media/<name>.mp4`: a folder relative to
 * the media directory. Null unless that is served and has previews.
 */
export function previewSourceOf(db: Db, name: string): { folder: string; set: string } | null {
  // The film's own rule says who is there to be looked at.
  const source = streamSourceOf(db, name);
  if (!source) return null;
  const row = db.select().from(versions).where(eq(versions.id, source.versionId)).get();
  const set = row?.previewSet;
  return set ? { folder: previewFolder(row, set), set } : null;
}
