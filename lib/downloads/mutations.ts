import { and, eq, getTableColumns, isNotNull, ne, or, sql } from "drizzle-orm";
import {
  type DownloadState,
  downloads,
  movies,
  type StoredTorrentFile,
  type VersionStatus,
  versions,
} from "@/db/schema";
import type { Db } from "@/lib/db";
import { AppError, type Reason } from "@/lib/errors";
import { refreshMovieStatus, touchMovieOf } from "@/lib/movies/status";
import { record } from "@/lib/movies/timeline";
import { enqueue } from "@/lib/queue/enqueue";
import { failVersion, setVersionStatus } from "@/lib/versions/mutations";
import { dropFileQuestion } from "./file-choice";
import { isNotHeld } from "./held";

export type DownloadRow = typeof downloads.$inferSelect;
type DownloadKey = Pick<DownloadRow, "id" | "movieId" | "versionId">;

/** The download, or undefined when it was deleted meanwhile. */
export function downloadById(db: Db, id: string): DownloadRow | undefined {
  return db.select().from(downloads).where(eq(downloads.id, id)).get();
}

/** The torrent that a version comes from; undefined for a file from the disk or a deleted torrent. */
export function downloadOfVersion(db: Db, versionId: string): DownloadRow | undefined {
  return db.select().from(downloads).where(eq(downloads.versionId, versionId)).get();
}

const { torrentFile: _bytes, ...followedColumns } = getTableColumns(downloads);

/** A download with what became of it; .torrent bytes left out. */
export type FollowedDownload = Omit<DownloadRow, "torrentFile"> & {
  version: { status: VersionStatus; reason: Reason | null };
  /** A person is asked something on its movie's page. */
  isMovieAsking: boolean;
  /** It lies in the bin with its movie or its version. */
  isHeld: boolean;
};

/** Every download that Vigilio follows, also those of what lies in the bin. */
export function followedDownloads(db: Db): FollowedDownload[] {
  return db
    .select({
      ...followedColumns,
      version: { status: versions.status, reason: versions.reason },
      decision: movies.decision,
      isHeld: sql<number>`not ${isNotHeld}`,
    })
    .from(downloads)
    .innerJoin(versions, eq(versions.id, downloads.versionId))
    .innerJoin(movies, eq(movies.id, downloads.movieId))
    .all()
    .map(({ decision, isHeld, ...row }) => ({
      ...row,
      isMovieAsking: decision !== null,
      isHeld: isHeld === 1,
    }));
}

/** The download that a torrent's tag names; undefined when no row has it. */
export function downloadByTag(db: Db, tag: string): Pick<DownloadRow, "id"> | undefined {
  return db.select({ id: downloads.id }).from(downloads).where(eq(downloads.tag, tag)).get();
}

/**
 * A download by any hash of its torrent: v1, v2 (whole or cut to 40 digits) or what qBittorrent
 * calls it now. What lies in the bin is not found.
 *
 * @throws AppError 404
 */
export function downloadByHash(db: Db, hash: string): DownloadRow {
  const wanted = hash.toLowerCase();
  const rows = db
    .select()
    .from(downloads)
    .where(
      and(
        or(
          eq(downloads.infoHashV1, wanted),
          eq(downloads.infoHashV2, wanted),
          eq(downloads.clientHash, wanted),
          isNotNull(downloads.infoHashV2),
        ),
        isNotHeld,
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
  const hashOf = (column: "infoHashV1" | "infoHashV2") => {
    const hash = found[column];
    return hash !== null && isFree(db, column, hash, id) ? hash : row[column];
  };
  db.transaction((tx) => {
    tx.update(downloads)
      .set({
        ...found,
        infoHashV1: hashOf("infoHashV1"),
        infoHashV2: hashOf("infoHashV2"),
        state: "metadata",
        reason: null,
        updatedAt: now,
      })
      .where(eq(downloads.id, id))
      .run();
    if (row.reason) goesOn(tx, row, now);
  });
}

/** What a download waited for is over: its movie says so. */
function goesOn(db: Db, { movieId, versionId }: DownloadKey, now: Date): void {
  setVersionStatus(db, versionId, "downloading", null, now);
  record(db, { movieId, versionId, stage: "download", state: "active", at: now });
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
    const ofFilm = files.filter(({ role }) => role === "feature" || role === "part");
    const sourceSizeBytes = ofFilm.reduce((sum, file) => sum + file.sizeBytes, 0);
    tx.update(versions)
      .set({ sourceSizeBytes, updatedAt: now })
      .where(eq(versions.id, download.versionId))
      .run();
    goesOn(tx, download, now);
  });
}

/** A download waits for something that a person can see: said on it and on its movie. */
export function saveWaiting(db: Db, download: DownloadKey, reason: Reason, now: Date): void {
  db.transaction((tx) => {
    tx.update(downloads)
      .set({ reason, speedBytesPerSecond: 0, etaSeconds: null, updatedAt: now })
      .where(eq(downloads.id, download.id))
      .run();
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
    dropFileQuestion(tx, download.movieId, download.id, now);
    // What was made of it stays: only a version that still waits for it fails with it.
    if (version?.status === "downloading") failVersion(tx, version, "download", reason, now);
  });
}

/** The torrent's files have other names now: a person renamed them in qBittorrent. */
export function saveFilePaths(db: Db, id: string, files: StoredTorrentFile[], now: Date): void {
  db.update(downloads).set({ files, updatedAt: now }).where(eq(downloads.id, id)).run();
}

/**
 * What was downloaded is gone before a movie was made of it, so it is downloaded again.
 *
 * @param options.isNew its files are not chosen yet: somebody gave qBittorrent the torrent anew.
 */
export function downloadAgain(
  db: Db,
  download: DownloadKey,
  reason: Reason | null,
  now: Date,
  options: { isNew?: boolean } = {},
): void {
  db.transaction((tx) => {
    tx.update(downloads)
      .set({
        state: "checking",
        completedAt: null,
        progress: 0,
        reason,
        updatedAt: now,
        ...(options.isNew && { files: null }),
      })
      .where(eq(downloads.id, download.id))
      .run();
    setVersionStatus(tx, download.versionId, "downloading", reason, now);
    const { movieId, versionId } = download;
    const state = reason ? ("waiting" as const) : ("active" as const);
    record(tx, { movieId, versionId, stage: "download", state, reason, at: now });
  });
}

/** A torrent that is no longer in qBittorrent is wanted again: it is given to it anew. */
export function startOver(db: Db, download: DownloadKey, now: Date): void {
  db.transaction((tx) => {
    downloadAgain(tx, download, null, now, { isNew: true });
    tx.update(downloads)
      .set({ clientHash: null, state: "queued", savePath: null })
      .where(eq(downloads.id, download.id))
      .run();
    const payload = { downloadId: download.id, movieId: download.movieId };
    enqueue(tx, "start-download", payload, { now });
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
  /** Absolute, as Vigilio sees it. */
  savePath: string;
}

/** False when another download has this hash: magnets of both versions may mean one torrent. */
function isFree(db: Db, column: "infoHashV1" | "infoHashV2", hash: string, id: string): boolean {
  const owner = db
    .select({ id: downloads.id })
    .from(downloads)
    .where(and(eq(downloads[column], hash), ne(downloads.id, id)))
    .get();
  return !owner;
}

/** Writes what qBittorrent says, when it differs from what is known. True when anything changed. */
export function saveObserved(
  db: Db,
  known: Omit<DownloadRow, "torrentFile">,
  seen: ObservedTorrent,
  now: Date,
): boolean {
  const hashOf = (column: "infoHashV1" | "infoHashV2") => {
    const hash = seen[column];
    if (hash === null || hash === known[column]) return known[column];
    return isFree(db, column, hash, known.id) ? hash : known[column];
  };
  const change = {
    ...seen,
    infoHashV1: hashOf("infoHashV1"),
    infoHashV2: hashOf("infoHashV2"),
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
    dropFileQuestion(tx, download.movieId, download.id, now);
    const version = tx.select().from(versions).where(eq(versions.id, download.versionId)).get();
    if (version?.status === "downloading") {
      failVersion(tx, version, "download", reason, now);
    }
    refreshMovieStatus(tx, download.movieId, now);
  });
}

/** What was downloaded is deleted, since its movie plays without it; the torrent is followed no more. */
export function originalDeleted(db: Db, download: DownloadKey, now: Date): void {
  db.transaction((tx) => {
    tx.delete(downloads).where(eq(downloads.id, download.id)).run();
    tx.update(versions)
      .set({ sourcePath: null, updatedAt: now })
      .where(eq(versions.id, download.versionId))
      .run();
    touchMovieOf(tx, download.versionId, now);
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
