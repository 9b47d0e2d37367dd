import { and, desc, eq, inArray, isNull, notExists, sql } from "drizzle-orm";
import { importFiles, importScans, type StoredSkips } from "@/db/schema";
import type { Db } from "@/lib/db";
import { AppError, type Reason, reason } from "@/lib/errors";
import { randomId } from "@/lib/ids";
import { addMovie } from "@/lib/movies/mutations";
import { enqueue } from "@/lib/queue/enqueue";
import type { ImportMode } from "./check-file";
import { type FileRecord, groupIs, type ScanRecord, scanById } from "./data";
import type { FilmMatch } from "./film-match";
import type { ChosenFile } from "./schema";

type NewFile = Omit<typeof importFiles.$inferInsert, "id" | "scanId" | "updatedAt">;

/** Rows written at once: a statement has room for some thousand values. */
const perStatement = 200;

/** Begins to look through a folder; where that is going on already, it is that scan. */
export function createScan(
  db: Db,
  { folder, startedBy, now }: { folder: string; startedBy: string | null; now: Date },
): { scanId: string; jobId: string } {
  return db.transaction((tx) => {
    const open = tx
      .select({ id: importScans.id })
      .from(importScans)
      .where(
        and(eq(importScans.folder, folder), inArray(importScans.status, ["walking", "matching"])),
      )
      .orderBy(desc(importScans.startedAt))
      .get();
    const scanId = open?.id ?? randomId();
    if (!open) {
      const row = { id: scanId, folder, startedBy, status: "walking" as const };
      tx.insert(importScans)
        .values({ ...row, startedAt: now, updatedAt: now })
        .run();
    }
    return { scanId, jobId: enqueue(tx, "scan-folder", { scanId }, { now }) };
  });
}

/** How far a scan has come. */
export function saveScanned(
  db: Db,
  scanId: string,
  seen: { foldersSeen: number; filesSeen: number },
  now: Date,
): void {
  db.update(importScans)
    .set({ ...seen, updatedAt: now })
    .where(eq(importScans.id, scanId))
    .run();
}

/** Forgets the rows of a scan that ended in the middle of writing them down. */
export function dropFiles(db: Db, scanId: string): void {
  db.delete(importFiles).where(eq(importFiles.scanId, scanId)).run();
}

/** Writes some rows of a scan down. */
export function saveFiles(db: Db, scanId: string, files: readonly NewFile[], now: Date): void {
  db.transaction((tx) => {
    for (let at = 0; at < files.length; at += perStatement) {
      const rows = files
        .slice(at, at + perStatement)
        .map((file) => ({ ...file, id: randomId(), scanId, updatedAt: now }));
      tx.insert(importFiles).values(rows).run();
    }
  });
}

/** All rows are written down: the scan takes the place of those before it of the same folder. */
export function saveWalked(
  db: Db,
  { id, folder }: ScanRecord,
  facts: {
    foldersSeen: number;
    filesSeen: number;
    skips: StoredSkips;
    cutBy: ScanRecord["cutBy"];
  },
  now: Date,
): void {
  db.transaction((tx) => {
    tx.update(importScans)
      .set({ ...facts, status: "matching", walkedAt: now, updatedAt: now })
      .where(eq(importScans.id, id))
      .run();
    // What somebody wants of an older one is still to be taken.
    const asked = tx
      .select({ one: sql`1` })
      .from(importFiles)
      .where(and(eq(importFiles.scanId, importScans.id), eq(importFiles.state, "asked")));
    tx.delete(importScans)
      .where(and(eq(importScans.folder, folder), sql`${importScans.id} <> ${id}`, notExists(asked)))
      .run();
  });
}

/** The film that a name means, unless a person said meanwhile which one it is. */
export function saveMatch(db: Db, fileId: string, match: FilmMatch, now: Date): void {
  db.update(importFiles)
    .set({ ...columnsOf(match), matchKind: match.kind, updatedAt: now })
    .where(and(eq(importFiles.id, fileId), eq(importFiles.matchKind, "pending")))
    .run();
}

const columnsOf = ({ tmdbId, imdbId, title, year, posterPath }: Omit<FilmMatch, "kind">) => ({
  ...{ tmdbId, imdbId, posterPath, matchTitle: title, matchYear: year },
});

/** The scan is over. With a reason, TMDB was not asked for what is left. */
export function finishScan(db: Db, scanId: string, why: Reason | null, now: Date): void {
  db.transaction((tx) => {
    tx.update(importFiles)
      .set({ matchKind: "unasked", updatedAt: now })
      .where(and(eq(importFiles.scanId, scanId), eq(importFiles.matchKind, "pending")))
      .run();
    tx.update(importScans)
      .set({ status: "done", reason: why, finishedAt: now, updatedAt: now })
      .where(eq(importScans.id, scanId))
      .run();
  });
}

/** The scan failed for good; what it found so far stays. In the caller's transaction. */
export function failScan(db: Db, scanId: string, why: Reason, now: Date): void {
  db.update(importScans)
    .set({ status: "failed", reason: why, finishedAt: now, updatedAt: now })
    .where(eq(importScans.id, scanId))
    .run();
}

/** Asks TMDB about what it could not be asked about before. @throws AppError 404 */
export function matchAgain(db: Db, scanId: string, now: Date): { jobId: string } {
  return db.transaction((tx) => {
    const scan = scanById(tx, scanId);
    tx.update(importFiles)
      .set({ matchKind: "pending", updatedAt: now })
      .where(and(eq(importFiles.scanId, scanId), eq(importFiles.matchKind, "unasked")))
      .run();
    tx.update(importScans)
      .set({
        status: scan.walkedAt ? "matching" : "walking",
        ...{ reason: null, finishedAt: null, updatedAt: now },
      })
      .where(eq(importScans.id, scanId))
      .run();
    return { jobId: enqueue(tx, "scan-folder", { scanId }, { now }) };
  });
}

const isOf = (scanId: string, fileId: string) =>
  and(eq(importFiles.scanId, scanId), eq(importFiles.id, fileId));

/** A person says which film a file is. @throws AppError 404, 409 for one that is in the library. */
export function chooseFilm(
  db: Db,
  { scanId, fileId, film }: { scanId: string; fileId: string; film: Omit<FilmMatch, "kind"> },
  now: Date,
): void {
  const row = db.select().from(importFiles).where(isOf(scanId, fileId)).get();
  if (!row) throw new AppError("not-found", { status: 404 });
  if (row.state === "asked" || row.versionId !== null) {
    throw new AppError("import-file-done", { status: 409 });
  }
  db.update(importFiles)
    .set({ ...columnsOf(film), matchKind: "chosen", state: "open", reason: null, updatedAt: now })
    .where(eq(importFiles.id, fileId))
    .run();
}

function withFilm({ imdbId, tmdbId, title, year }: ChosenFile): Partial<FileRecord> {
  if (!imdbId && !tmdbId && !title) return {};
  return {
    matchKind: "chosen",
    ...{ imdbId: imdbId ?? null, tmdbId: tmdbId ?? null, posterPath: null },
    ...{ matchTitle: title ?? null, matchYear: year ?? null },
  };
}

/**
 * Puts down what a person wants of a scan, with the job that takes it.
 *
 * @throws AppError 404 for an unknown scan, 422 for files that are not of it or in the library.
 */
export function askForFiles(
  db: Db,
  args: {
    scanId: string;
    files: readonly ChosenFile[] | "ready";
    mode: ImportMode;
    /** Whose films they are then. */
    askedBy: string | null;
    now: Date;
  },
): { jobId: string } {
  const { scanId, files, mode, askedBy, now } = args;
  return db.transaction((tx) => {
    scanById(tx, scanId);
    tx.update(importScans).set({ startedBy: askedBy }).where(eq(importScans.id, scanId)).run();
    const wanted = { state: "asked" as const, mode, reason: null, updatedAt: now };
    // What TMDB says from now on nobody has seen: the film's own description is fetched anyway.
    const matchKind = sql`case ${importFiles.matchKind} when 'pending' then 'unasked' else ${importFiles.matchKind} end`;
    if (files === "ready") {
      const isReady = and(eq(importFiles.scanId, scanId), groupIs.ready);
      tx.update(importFiles).set(wanted).where(isReady).run();
    } else {
      const fields: Record<string, Reason> = {};
      for (const [at, chosen] of files.entries()) {
        const { changes } = tx
          .update(importFiles)
          .set({ matchKind, ...withFilm(chosen), ...wanted })
          .where(
            and(
              isOf(scanId, chosen.fileId),
              isNull(importFiles.versionId),
              inArray(importFiles.state, ["open", "refused", "taken"]),
            ),
          )
          .run();
        if (changes === 0) fields[`files.${at}.fileId`] = reason("import-file-not-open");
      }
      if (Object.keys(fields).length > 0) {
        throw new AppError("invalid-input", { status: 422, fields });
      }
    }
    return { jobId: enqueue(tx, "import-files", { scanId }, { now }) };
  });
}

/** Takes a file into the library, as a movie or another version of one, and writes both down. */
export function takeFile(
  db: Db,
  file: FileRecord,
  { paths, addedBy, now }: { paths: readonly string[]; addedBy: string | null; now: Date },
): void {
  db.transaction((tx) => {
    const { tmdbId, imdbId } = file;
    const [path = ""] = paths;
    const { versionId } = addMovie(tx, {
      identity: {
        // One id is enough, and the other may not be known of the movie yet.
        ...(tmdbId !== null ? { tmdbId } : { imdbId: imdbId ?? undefined }),
        title: file.matchTitle ?? file.title,
        year: (file.matchTitle === null ? file.year : file.matchYear) ?? undefined,
      },
      acquisition: {
        ...{ kind: "file", path, mode: file.mode ?? "link", sizeBytes: file.sizeBytes },
        parts: paths.map((one, at) => ({ path: one, sizeBytes: file.parts[at]?.sizeBytes ?? 0 })),
      },
      ...{ addedBy, now },
    });
    tx.update(importFiles)
      .set({ state: "taken", versionId, reason: null, updatedAt: now })
      .where(eq(importFiles.id, file.id))
      .run();
  });
}

/** A file is left alone, and why. */
export function refuseFile(db: Db, fileId: string, why: Reason, now: Date): void {
  db.update(importFiles)
    .set({ state: "refused", reason: why, updatedAt: now })
    .where(eq(importFiles.id, fileId))
    .run();
}

/** What was still to be taken of a scan is left alone. In the caller's transaction. */
export function refuseAsked(db: Db, scanId: string, why: Reason, now: Date): void {
  db.update(importFiles)
    .set({ state: "refused", reason: why, updatedAt: now })
    .where(and(eq(importFiles.scanId, scanId), eq(importFiles.state, "asked")))
    .run();
}
