import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { importFiles, importScans } from "@/db/schema";
import type { Db } from "@/lib/db";
import { AppError, type Reason, reason } from "@/lib/errors";
import { addMovie } from "@/lib/movies/mutations";
import { enqueue } from "@/lib/queue/enqueue";
import type { ImportMode } from "./check-file";
import { type FileRecord, groupIs, scanById } from "./data";
import { columnsOf, type FilmMatch } from "./film-match";
import type { ChosenFile } from "./schema";

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
