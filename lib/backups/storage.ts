import { closeSync, fsyncSync, openSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { AppError } from "@/lib/errors";

/** Writes what a file or folder holds to the disk itself: a power cut then takes nothing away. */
function flush(path: string, mode: "r" | "r+"): void {
  const handle = openSync(path, mode);
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Puts a whole file in its place; after a power cut either the old one or the new one is there. */
export function putInPlace(from: string, to: string): void {
  flush(from, "r+");
  renameSync(from, to);
  // On Windows a folder can't be opened, and the rename is written through by itself.
  if (process.platform !== "win32") flush(dirname(to), "r");
}

/** What SQLite may leave beside a database file. */
export const besideDatabase = ["", "-wal", "-shm", "-journal"] as const;

/** Removes a database file with what lies beside it. */
export function removeDatabase(path: string): void {
  for (const ending of besideDatabase) rmSync(`${path}${ending}`, { force: true });
}

/** Faults of a disk, by the codes of the system and of SQLite, as people are told of them. */
export function storageFault(error: unknown, folder: string): unknown {
  if (error instanceof AppError) return error;
  const code = String((error as { code?: unknown }).code ?? "");
  if (/^(ENOSPC|EDQUOT|SQLITE_FULL)$/.test(code)) {
    return new AppError("backup-disk-full", { status: 503, values: { folder }, cause: error });
  }
  if (/^(EACCES|EPERM|EROFS|ENOTDIR|EEXIST|ENOENT|SQLITE_CANTOPEN|SQLITE_READONLY)/.test(code)) {
    const values = { folder, code };
    return new AppError("backup-folder-not-writable", { status: 503, values, cause: error });
  }
  if (/^(EIO|SQLITE_IOERR|SQLITE_CORRUPT|SQLITE_NOTADB)/.test(code)) {
    return new AppError("backup-not-readable", { status: 503, values: { code }, cause: error });
  }
  return error;
}
