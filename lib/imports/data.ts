import { and, count, desc, eq, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";
import { importFiles, importScans, movies, versions } from "@/db/schema";
import type { Db } from "@/lib/db";
import { AppError, type Reason } from "@/lib/errors";
import type { Page, PageQuery } from "@/lib/web/page-query";
import type { RowGroup, ScanRow, ScanRowsQuery, ScanView } from "./schema";

type Say = (reason: Reason) => string;
export type ScanRecord = typeof importScans.$inferSelect;
export type FileRecord = typeof importFiles.$inferSelect;

/** @throws AppError 404 */
export function scanById(db: Db, id: string): ScanRecord {
  const row = db.select().from(importScans).where(eq(importScans.id, id)).get();
  if (!row) throw new AppError("not-found", { status: 404 });
  return row;
}

/** The scan of a folder before another one; undefined for the first. */
export function scanBefore(
  db: Db,
  { id, folder }: Pick<ScanRecord, "id" | "folder">,
): ScanRecord | undefined {
  return db
    .select()
    .from(importScans)
    .where(and(eq(importScans.folder, folder), sql`${importScans.id} <> ${id}`))
    .orderBy(desc(importScans.startedAt))
    .get();
}

/** All rows of a scan. */
export function filesOf(db: Db, scanId: string): FileRecord[] {
  return db.select().from(importFiles).where(eq(importFiles.scanId, scanId)).all();
}

/** Rows of a scan that TMDB is still to be asked about. */
export function pendingFiles(db: Db, scanId: string): FileRecord[] {
  return db
    .select()
    .from(importFiles)
    .where(and(eq(importFiles.scanId, scanId), eq(importFiles.matchKind, "pending")))
    .orderBy(importFiles.name)
    .all();
}

/** The next row that a person wants; undefined when all were taken. */
export function nextAsked(db: Db, scanId: string): FileRecord | undefined {
  return db
    .select()
    .from(importFiles)
    .where(and(eq(importFiles.scanId, scanId), eq(importFiles.state, "asked")))
    .orderBy(importFiles.name)
    .get();
}

const isMatched = sql`${importFiles.matchKind} in ('sure', 'chosen')`;
const isDone = sql`(${importFiles.state} = 'asked' or ${importFiles.versionId} is not null)`;

/** Which rows are of a group; what was refused has to be looked at. */
export const groupIs: Record<RowGroup, SQL> = {
  ready: sql`(not ${isDone} and ${importFiles.state} = 'open' and ${isMatched})`,
  check: sql`(not ${isDone} and not (${importFiles.state} = 'open' and ${isMatched}))`,
  done: isDone,
};

const total = (where: SQL) => sql<number>`coalesce(sum(case when ${where} then 1 else 0 end), 0)`;

function countsOf(db: Db, scanId: string) {
  const row = db
    .select({
      films: count(),
      newFilms: total(sql`${importFiles.isNew} = 1`),
      matched: total(sql`${importFiles.matchKind} <> 'pending'`),
      ready: total(groupIs.ready),
      check: total(groupIs.check),
      done: total(groupIs.done),
    })
    .from(importFiles)
    .where(eq(importFiles.scanId, scanId))
    .get();
  const { ready = 0, check = 0, done = 0 } = row ?? {};
  const { films = 0, newFilms = 0, matched = 0 } = row ?? {};
  return { films, newFilms, matched, groups: { ready, check, done } };
}

/** A scan as it is shown. */
export function scanViewOf(db: Db, row: ScanRecord, say: Say): ScanView {
  const { id, folder, status, reason, foldersSeen, filesSeen, skips, cutBy } = row;
  return {
    ...{ id, folder, status, foldersSeen, filesSeen, skips, cutBy },
    ...countsOf(db, id),
    detail: reason && say(reason),
    startedAt: row.startedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}

/** Scans, the newest first: of each folder the last one is kept. */
export function listScans(db: Db, { page, pageSize }: PageQuery, say: Say): Page<ScanView> {
  const rows = db
    .select()
    .from(importScans)
    .orderBy(desc(importScans.startedAt), desc(importScans.id))
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .all();
  const items = rows.map((row) => scanViewOf(db, row, say));
  const found = db.select({ n: count() }).from(importScans).get();
  return { items, page, pageSize, total: found?.n ?? 0 };
}

function stateOf({ state, versionId }: FileRecord): ScanRow["state"] {
  if (versionId !== null) return state === "taken" ? "imported" : "in-library";
  if (state === "asked") return "waiting";
  // What was taken and deleted since can be taken again.
  return state === "refused" ? "refused" : "open";
}

/**
 * A page of a scan's rows: what is new first, what is in the library last, by name.
 *
 * @throws AppError 404
 */
export function scanRows(
  db: Db,
  scanId: string,
  { page, pageSize, group }: ScanRowsQuery,
  say: Say,
): Page<ScanRow> {
  const where = and(eq(importFiles.scanId, scanId), group && groupIs[group]);
  const rows = db
    .select({
      file: importFiles,
      movieId: versions.movieId,
      versionStatus: versions.status,
      /** The film is there by another file. */
      sameFilmId: movies.id,
    })
    .from(importFiles)
    .leftJoin(versions, eq(versions.id, importFiles.versionId))
    .leftJoin(
      movies,
      and(
        isNull(movies.binnedAt),
        isNotNull(importFiles.tmdbId),
        or(eq(movies.tmdbId, importFiles.tmdbId), eq(movies.imdbId, importFiles.imdbId)),
      ),
    )
    .where(where)
    .groupBy(importFiles.id)
    .orderBy(sql`${isDone}`, desc(importFiles.isNew), importFiles.name)
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .all();
  const items = rows.map(({ file, movieId, versionStatus, sameFilmId }): ScanRow => {
    const { id, name, sizeBytes, title, year, resolution, isNew, versionId } = file;
    return {
      ...{ id, name, sizeBytes, isNew, versionId, versionStatus },
      parts: file.parts.length,
      subtitles: file.subtitleCount,
      understood: { title, year, resolution },
      match: {
        ...{ kind: file.matchKind, tmdbId: file.tmdbId, imdbId: file.imdbId },
        ...{ title: file.matchTitle, year: file.matchYear },
        // Another film of the same file has another picture.
        posterUrl: file.posterPath && `/images/import/${id}?film=${file.tmdbId}`,
      },
      state: stateOf(file),
      detail: file.reason && say(file.reason),
      movieId: movieId ?? sameFilmId,
    };
  });
  const found = db.select({ n: count() }).from(importFiles).where(where).get();
  return { items, page, pageSize, total: found?.n ?? 0 };
}

/** TMDB's path of a row's poster; null when there is no such row, or no poster. */
export function posterPathOf(db: Db, fileId: string): string | null {
  const row = db
    .select({ path: importFiles.posterPath })
    .from(importFiles)
    .where(eq(importFiles.id, fileId))
    .get();
  return row?.path ?? null;
}
