import { and, asc, eq, inArray, isNotNull, isNull } from "drizzle-orm";
import { chapters, versions } from "@/db/schema";
import type { Db } from "@/lib/db";
import { creditsStart, type FilmChapter, tidyChapters } from "./chapters";

/** Another rendering of the same film is as long, give or take a frame or two at the end. */
const sameLengthSeconds = 3;

/** Keeps what the published file says, instead of what was kept before. */
export function saveChapters(
  db: Db,
  version: { id: string; durationSeconds: number | null },
  found: readonly FilmChapter[],
  now: Date,
): void {
  db.transaction((tx) => {
    tx.delete(chapters).where(eq(chapters.versionId, version.id)).run();
    const kept = tidyChapters(found, version.durationSeconds);
    if (kept.length > 0) {
      tx.insert(chapters)
        .values(kept.map((chapter, index) => ({ ...chapter, versionId: version.id, index })))
        .run();
    }
    tx.update(versions).set({ chaptersReadAt: now }).where(eq(versions.id, version.id)).run();
  });
}

/** Chapters by version, in order; versions without are left out. */
export function chaptersOf(db: Db, versionIds: string[]): Map<string, FilmChapter[]> {
  const found = new Map<string, FilmChapter[]>();
  if (versionIds.length === 0) return found;
  const rows = db
    .select()
    .from(chapters)
    .where(inArray(chapters.versionId, versionIds))
    .orderBy(asc(chapters.versionId), asc(chapters.index))
    .all();
  for (const { versionId, index: _, ...chapter } of rows) {
    const list = found.get(versionId);
    if (list) list.push(chapter);
    else found.set(versionId, [chapter]);
  }
  return found;
}

/** Where the credits of a movie begin in a rendering of this length; null when none is known. */
export function creditsOfMovie(
  db: Db,
  args: { movieId: string; durationSeconds: number },
): number | null {
  const rows = db
    .select({
      versionId: chapters.versionId,
      startSeconds: chapters.startSeconds,
      title: chapters.title,
      durationSeconds: versions.durationSeconds,
    })
    .from(versions)
    .innerJoin(chapters, eq(chapters.versionId, versions.id))
    .where(and(eq(versions.movieId, args.movieId), isNotNull(chapters.title)))
    .all()
    .filter(
      ({ durationSeconds }) =>
        Math.abs((durationSeconds ?? 0) - args.durationSeconds) <= sameLengthSeconds,
    );
  return creditsStart(rows, args.durationSeconds);
}

/** Versions that were published before chapters were read. */
export function versionsWithoutChapters(
  db: Db,
  limit: number,
): { id: string; folder: string; fileName: string; durationSeconds: number | null }[] {
  return db
    .select({
      id: versions.id,
      folder: versions.folder,
      fileName: versions.fileName,
      durationSeconds: versions.durationSeconds,
    })
    .from(versions)
    .where(and(eq(versions.status, "ready"), isNull(versions.chaptersReadAt)))
    .limit(limit)
    .all();
}
