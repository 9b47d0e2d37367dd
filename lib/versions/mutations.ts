import { and, eq, inArray } from "drizzle-orm";
import { audioTracks, subtitles, type VersionStatus, versions } from "@/db/schema";
import type { Db } from "@/lib/db";
import type { Reason } from "@/lib/errors";
import { refreshMovieStatus, touchMovieOf } from "@/lib/movies/status";
import { record } from "@/lib/movies/timeline";
import { saveChapters } from "./chapter-rows";
import type { FilmChapter } from "./chapters";
import { isDerived, retireFile, startConversion } from "./derived";
import { type StoredPlan, storedPlan } from "./schema";

export type VersionRow = typeof versions.$inferSelect;

/** The version, or undefined when it was deleted meanwhile. */
export function versionById(db: Db, id: string): VersionRow | undefined {
  return db.select().from(versions).where(eq(versions.id, id)).get();
}

/** True when the picture of a version has to be encoded, which takes hours. */
export function encodesPicture(db: Db, id: string): boolean {
  const plan = versionById(db, id)?.plan ?? null;
  return plan !== null && storedPlan.parse(plan).kind === "picture";
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
    .returning({ movieId: versions.movieId, sourceKind: versions.sourceKind })
    .get();
  if (!row) return;
  refreshMovieStatus(db, row.movieId, now);
  // Beside another version it changes nothing for the movie, but its page shows it.
  if (isDerived(row)) touchMovieOf(db, id, now);
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
    const row = versionById(tx, version.id);
    // The movie can be watched all the same.
    if (row && isDerived(row)) return;
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

/** What is being done to the file, as it was decided when the work began. */
export function savePlan(db: Db, id: string, plan: StoredPlan, now: Date): void {
  db.update(versions).set({ plan, updatedAt: now }).where(eq(versions.id, id)).run();
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
  chapters: FilmChapter[];
}

function saveAudioTracks(db: Db, versionId: string, tracks: PublishedFile["audioTracks"]): void {
  db.delete(audioTracks).where(eq(audioTracks.versionId, versionId)).run();
  if (tracks.length === 0) return;
  db.insert(audioTracks)
    .values(tracks.map((track) => ({ ...track, versionId })))
    .run();
}

/**
 * The file lies in place: from now on the version can be played. Where it is to be followed by one
 * in H.264, that one and its work begin with it.
 */
export function savePublished(
  db: Db,
  version: { id: string; movieId: string },
  file: PublishedFile,
  now: Date,
): void {
  const { audioTracks: tracks, chapters, ...columns } = file;
  db.transaction((tx) => {
    tx.update(versions)
      .set({ ...columns, publishedAt: now, updatedAt: now })
      .where(eq(versions.id, version.id))
      .run();
    saveAudioTracks(tx, version.id, tracks);
    saveChapters(tx, { ...version, ...columns }, chapters, now);
    setVersionStatus(tx, version.id, "ready", null, now);
    const row = versionById(tx, version.id);
    if (!row || isDerived(row)) return;
    const followUp = row.plan === null ? null : storedPlan.parse(row.plan).followUp;
    if (followUp) startConversion(tx, row, followUp, now);
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

/**
 * A finished conversion takes the place of the version that it was made of: that one keeps its id,
 * its subtitles and its download, and plays the new file from now on. The old file is served to
 * whoever has it open, until the job that is queued here removes it.
 *
 * @returns false when there is no such version any more: nothing was changed then.
 */
export function takePlace(db: Db, conversion: VersionRow, file: PublishedFile, now: Date): boolean {
  const { audioTracks: tracks, chapters, ...columns } = file;
  return db.transaction((tx) => {
    const replaced = conversion.madeFromId && versionById(tx, conversion.madeFromId);
    if (!replaced) return false;
    tx.delete(versions).where(eq(versions.id, conversion.id)).run();
    tx.update(versions)
      .set({
        ...columns,
        fileName: conversion.fileName,
        retiredFileName: replaced.fileName,
        plan: conversion.plan,
        updatedAt: now,
      })
      .where(eq(versions.id, replaced.id))
      .run();
    saveAudioTracks(tx, replaced.id, tracks);
    saveChapters(tx, { ...replaced, ...columns }, chapters, now);
    retireFile(tx, replaced, now);
    touchMovieOf(tx, replaced.id, now);
    return true;
  });
}

/** The file that another took the place of is gone. */
export function forgetRetired(db: Db, versionId: string, fileName: string): void {
  db.update(versions)
    .set({ retiredFileName: null })
    .where(and(eq(versions.id, versionId), eq(versions.retiredFileName, fileName)))
    .run();
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
