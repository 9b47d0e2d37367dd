import { and, eq, isNotNull, or } from "drizzle-orm";
import { type DownloadState, downloads, type StoredTorrentFile, versions } from "@/db/schema";
import type { Db } from "@/lib/db";
import { AppError, type Reason } from "@/lib/errors";
import { refreshMovieStatus } from "@/lib/movies/status";
import { record } from "@/lib/movies/timeline";
import { enqueue } from "@/lib/queue/enqueue";
import { failVersion, setVersionStatus } from "@/lib/versions/mutations";

export type DownloadRow = typeof downloads.$inferSelect;

/** The download, or undefined when it was deleted meanwhile. */
export function downloadById(db: Db, id: string): DownloadRow | undefined {
  return db.select().from(downloads).where(eq(downloads.id, id)).get();
}

/** The torrent that a version comes from; undefined for a file from the disk or a deleted torrent. */
export function downloadOfVersion(db: Db, versionId: string): DownloadRow | undefined {
  return db.select().from(downloads).where(eq(downloads.versionId, versionId)).get();
}

/** Every download that Vigilio follows; .torrent bytes left out. */
export function followedDownloads(db: Db): Omit<DownloadRow, "torrentFile">[] {
  return db.query.downloads.findMany({ columns: { torrentFile: false } }).sync();
}

/**
 * A download by any hash of its torrent: v1, v2 (whole or cut to 40 digits) or what qBittorrent
 * calls it now.
 *
 * @throws AppError 404
 */
export function downloadByHash(db: Db, hash: string): DownloadRow {
  const wanted = hash.toLowerCase();
  const rows = db
    .select()
    .from(downloads)
    .where(
      or(
        eq(downloads.infoHashV1, wanted),
        eq(downloads.infoHashV2, wanted),
        eq(downloads.clientHash, wanted),
        isNotNull(downloads.infoHashV2),
      ),
    )
    .all();
  const found = rows.find(
    (row) =>
      row.infoHashV1 === wanted ||
      row.clientHash === wanted ||
      row.infoHashV2 === wanted ||
      row.infoHashV2?.slice(0, 40) === wanted,
  );
  if (!found) throw new AppError("download-unknown", { status: 404 });
  return found;
}

/** qBittorrent has the torrent now. */
export function saveStarted(
  db: Db,
  id: string,
  found: {
    clientHash: string;
    infoHashV1: string | null;
    infoHashV2: string | null;
    savePath: string;
  },
  now: Date,
): void {
  const row = downloadById(db, id);
  if (!row) return;
  db.update(downloads)
    .set({
      ...found,
      infoHashV1: found.infoHashV1 ?? row.infoHashV1,
      infoHashV2: found.infoHashV2 ?? row.infoHashV2,
      state: "metadata",
      reason: null,
      updatedAt: now,
    })
    .where(eq(downloads.id, id))
    .run();
}

/** The files were looked at: data flows from now on. */
export function saveChosenFiles(
  db: Db,
  download: { id: string; movieId: string; versionId: string },
  files: StoredTorrentFile[],
  now: Date,
): void {
  const sizeBytes = files
    .filter((file) => file.role !== "skipped")
    .reduce((sum, file) => sum + file.sizeBytes, 0);
  db.transaction((tx) => {
    tx.update(downloads)
      .set({ files, sizeBytes, state: "downloading", reason: null, startedAt: now, updatedAt: now })
      .where(eq(downloads.id, download.id))
      .run();
    const feature = files.find((file) => file.role === "feature");
    tx.update(versions)
      .set({ sourceSizeBytes: feature?.sizeBytes ?? null, updatedAt: now })
      .where(eq(versions.id, download.versionId))
      .run();
    setVersionStatus(tx, download.versionId, "downloading", null, now);
  });
}

/** A download waits for something that a person can see: said on it and on its movie. */
export function saveWaiting(db: Db, download: DownloadRow, reason: Reason, now: Date): void {
  db.transaction((tx) => {
    tx.update(downloads).set({ reason, updatedAt: now }).where(eq(downloads.id, download.id)).run();
    setVersionStatus(tx, download.versionId, "downloading", reason, now);
    record(tx, {
      movieId: download.movieId,
      versionId: download.versionId,
      stage: "download",
      state: "waiting",
      reason,
      at: now,
    });
  });
}

/** The download cannot go on: in words, on itself and on its movie. */
export function failDownload(
  db: Db,
  download: { id: string; movieId: string; versionId: string },
  reason: Reason,
  now: Date,
): void {
  db.transaction((tx) => {
    tx.update(downloads)
      .set({ state: "failed", reason, speedBytesPerSecond: 0, etaSeconds: null, updatedAt: now })
      .where(eq(downloads.id, download.id))
      .run();
    const version = tx.select().from(versions).where(eq(versions.id, download.versionId)).get();
    // What was made of it stays: only a version that still waits for it fails with it.
    if (version?.status === "downloading") failVersion(tx, version, "download", reason, now);
  });
}

export interface ObservedTorrent {
  clientHash: string;
  infoHashV1: string | null;
  infoHashV2: string | null;
  name: string;
  state: DownloadState;
  reason: Reason | null;
  progress: number;
  speedBytesPerSecond: number;
  etaSeconds: number | null;
  seeds: number;
  peers: number;
  ratio: number;
}

/** Writes what qBittorrent says, when it differs from what is known. True when anything changed. */
export function saveObserved(
  db: Db,
  known: Omit<DownloadRow, "torrentFile">,
  seen: ObservedTorrent,
  now: Date,
): boolean {
  const change = {
    ...seen,
    infoHashV1: seen.infoHashV1 ?? known.infoHashV1,
    infoHashV2: seen.infoHashV2 ?? known.infoHashV2,
  };
  const isSame = (Object.keys(change) as (keyof typeof change)[]).every(
    (key) => JSON.stringify(change[key]) === JSON.stringify(known[key]),
  );
  if (isSame) return false;
  db.transaction((tx) => {
    tx.update(downloads)
      .set({ ...change, updatedAt: now })
      .where(eq(downloads.id, known.id))
      .run();
    const told = JSON.stringify(known.reason) !== JSON.stringify(seen.reason);
    if (told && !known.completedAt) {
      const version = { movieId: known.movieId, versionId: known.versionId };
      setVersionStatus(tx, known.versionId, "downloading", seen.reason, now);
      const state = seen.reason ? ("waiting" as const) : ("active" as const);
      record(tx, { ...version, stage: "download", state, reason: seen.reason, at: now });
    }
  });
  return true;
}

/** All of it is there: the version goes on to processing, in the same transaction. */
export function completeDownload(
  db: Db,
  download: { id: string; movieId: string; versionId: string },
  now: Date,
): void {
  db.transaction((tx) => {
    const first = tx
      .update(downloads)
      .set({ completedAt: now, progress: 1, reason: null, updatedAt: now })
      .where(and(eq(downloads.id, download.id)))
      .run();
    if (first.changes === 0) return;
    setVersionStatus(tx, download.versionId, "queued", null, now);
    record(tx, {
      movieId: download.movieId,
      versionId: download.versionId,
      stage: "download",
      state: "done",
      at: now,
    });
    const payload = { versionId: download.versionId, movieId: download.movieId };
    enqueue(tx, "import", payload, { now });
  });
}

/** Stops following a torrent. What was made of it stays; a movie without any of it says so. */
export function forgetDownload(db: Db, download: DownloadRow, reason: Reason, now: Date): void {
  db.transaction((tx) => {
    tx.delete(downloads).where(eq(downloads.id, download.id)).run();
    const version = tx.select().from(versions).where(eq(versions.id, download.versionId)).get();
    if (version?.status === "downloading") {
      failVersion(tx, version, "download", reason, now);
    }
    refreshMovieStatus(tx, download.movieId, now);
  });
}

/** Ids of all downloads: their folders are named by them. */
export function knownDownloadIds(db: Db): Set<string> {
  return new Set(
    db
      .select({ id: downloads.id })
      .from(downloads)
      .all()
      .map((row) => row.id),
  );
}
