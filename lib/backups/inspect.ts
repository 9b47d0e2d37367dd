import { statSync } from "node:fs";
import Sqlite from "better-sqlite3";
import { migrationStateOf } from "@/db/migrate";
import { AppError } from "@/lib/errors";

/** What is told of a backup without restoring it. */
export interface BackupContents {
  sizeBytes: number;
  movies: number;
  /** Accounts, without visitors of the demo. */
  people: number;
  /** Made by a newer Vigilio than this one, which can't read it. */
  isNewer: boolean;
}

const damaged = (cause?: unknown) => new AppError("backup-damaged", { status: 409, cause });

function countOf(client: Sqlite.Database, query: string): number {
  return (client.prepare(query).get() as { count: number }).count;
}

/**
 * Looks a copy of the database through, page by page and reference by reference, and counts what is
 * in it. Nothing is written.
 *
 * @throws AppError "backup-damaged" unless it is whole and holds a library.
 */
export function inspectBackup(path: string, migrationsDir: string): BackupContents {
  let client: Sqlite.Database | undefined;
  try {
    client = new Sqlite(path, { readonly: true, fileMustExist: true });
    if (client.pragma("integrity_check", { simple: true }) !== "ok") throw damaged();
    if ((client.pragma("foreign_key_check") as unknown[]).length > 0) throw damaged();
    const { applied, isNewer } = migrationStateOf(client, migrationsDir);
    if (applied === 0) throw damaged();
    return {
      sizeBytes: statSync(path).size,
      movies: countOf(client, "select count(*) as count from movies"),
      people: countOf(client, "select count(*) as count from users where role <> 'visitor'"),
      isNewer,
    };
  } catch (error) {
    throw error instanceof AppError ? error : damaged(error);
  } finally {
    client?.close();
  }
}
