import { eq, inArray } from "drizzle-orm";
import { audioTracks, subtitles, type VersionStatus, versions } from "@/db/schema";
import type { Db } from "@/lib/db";
import type { Reason } from "@/lib/errors";
import { refreshMovieStatus } from "@/lib/movies/status";
import { record } from "@/lib/movies/timeline";
import type { StoredPlan } from "./schema";

export type VersionRow = typeof versions.$inferSelect;

/** The version, or undefined when it was deleted meanwhile. */
export function versionById(db: Db, id: string): VersionRow | undefined {
  return db.select().from(versions).where(eq(versions.id, id)).get();
}

/** Moves a version to a state, with its movie, in the caller's transaction. */
export function setVersionStatus(
  db: Db,
  id: string,
  status: VersionStatus,
  reason: Reason | null,
  now: Date,
): void {
  const row = db
    .update(versions)
    .set({ status, reason, updatedAt: now })
    .where(eq(versions.id, id))
    .returning({ movieId: versions.movieId })
    .get();
  if (row) refreshMovieStatus(db, row.movieId, now);
}

/** The version failed for good, in words; its movie says so when nothing else can be played. */
export function failVersion(
  db: Db,
  version: { id: string; movieId: string },
  stage: "download" | "processing",
  reason: Reason,
  now: Date,
): void {
  db.transaction((tx) => {
    setVersionStatus(tx, version.id, "failed", reason, now);
    record(tx, {
      movieId: version.movieId,
      versionId: version.id,
      stage,
      state: "failed",
      reason,
      at: now,
    });
  });
}

/** What import found in the untouched original. */
export function saveImported(
  db: Db,
  version: { id: string; movieId: string },
  found: {
    sourcePath: string;
    sourceSizeBytes: number;
    movieHash: string | null;
    plan: StoredPlan;
  },
  now: Date,
): void {
  db.transaction((tx) => {
    tx.update(versions)
      .set({ ...found, updatedAt: now })
      .where(eq(versions.id, version.id))
      .run();
    setVersionStatus(tx, version.id, "queued", null, now);
    record(tx, {
      movieId: version.movieId,
      versionId: version.id,
      stage: "processing",
      state: "active",
      reason: found.plan.why[0] ?? null,
      at: now,
    });
  });
}

export interface PublishedFile {
  width: number;
  height: number;
  durationSeconds: number;
  sizeBytes: number;
  container: string;
  videoCodec: string;
  codecs: string | null;
  audioTracks: Omit<typeof audioTracks.$inferInsert, "versionId">[];
}

/** The file lies in place: from now on the version can be played. */
export function savePublished(
  db: Db,
  version: { id: string; movieId: string },
  file: PublishedFile,
  now: Date,
): void {
  const { audioTracks: tracks, ...columns } = file;
  db.transaction((tx) => {
    tx.update(versions)
      .set({ ...columns, publishedAt: now, updatedAt: now })
      .where(eq(versions.id, version.id))
      .run();
    tx.delete(audioTracks).where(eq(audioTracks.versionId, version.id)).run();
    if (tracks.length > 0) {
      tx.insert(audioTracks)
        .values(tracks.map((track) => ({ ...track, versionId: version.id })))
        .run();
    }
    setVersionStatus(tx, version.id, "ready", null, now);
    const event = {
      movieId: version.movieId,
      versionId: version.id,
      state: "done" as const,
      at: now,
    };
    record(tx, { ...event, stage: "processing" });
    record(tx, { ...event, stage: "ready" });
  });
}

/** Folders in the media directory that belong to a version. */
export function knownFolders(db: Db): Set<string> {
  return new Set(
    db
      .select({ folder: versions.folder })
      .from(versions)
      .all()
      .map((row) => row.folder),
  );
}

/** Versions whose file may be in the making. */
export function workingVersionIds(db: Db): Set<string> {
  return new Set(
    db
      .select({ id: versions.id })
      .from(versions)
      .where(inArray(versions.status, ["queued", "processing"]))
      .all()
      .map((row) => row.id),
  );
}

/** Folders of versions, each with the ids of the subtitles that have a file in it. */
export function knownSubtitleFiles(db: Db): Map<string, Set<string>> {
  const rows = db
    .select({ folder: versions.folder, subtitleId: subtitles.id })
    .from(versions)
    .leftJoin(subtitles, eq(subtitles.versionId, versions.id))
    .all();
  const known = new Map<string, Set<string>>();
  for (const { folder, subtitleId } of rows) {
    const ids = known.get(folder) ?? new Set();
    if (subtitleId) ids.add(subtitleId);
    known.set(folder, ids);
  }
  return known;
}
