import { and, desc, eq, inArray, notExists, sql } from "drizzle-orm";
import { importFiles, importScans, type StoredSkips } from "@/db/schema";
import type { Db } from "@/lib/db";
import type { Reason } from "@/lib/errors";
import { randomId } from "@/lib/ids";
import { enqueue } from "@/lib/queue/enqueue";
import { type ScanRecord, scanById } from "./data";
import { columnsOf, type FilmMatch } from "./film-match";

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
