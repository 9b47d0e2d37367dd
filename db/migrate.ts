import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { migrate as applyMigrations } from "drizzle-orm/better-sqlite3/migrator";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { type Connection, openDatabase } from "./client";

const copiesKept = 5;

/** Number of migrations that the file has seen: 0 for a new one. */
function appliedCount(db: Connection): number {
  const table = db.$client
    .prepare("select 1 from sqlite_master where type = 'table' and name = '__drizzle_migrations'")
    .get();
  if (!table) return 0;
  const row = db.$client.prepare("select count(*) as count from __drizzle_migrations").get();
  return (row as { count: number }).count;
}

/** Copies the file beside itself in `backupsDir`, by rename, and drops all but the newest copies. */
function copyBefore(db: Connection, databasePath: string, backupsDir: string, now: Date): void {
  mkdirSync(backupsDir, { recursive: true });
  // What lies in the write-ahead log belongs to the copy, too.
  db.$client.pragma("wal_checkpoint(TRUNCATE)");
  const name = `before-migration-${now.toISOString().replace(/[:.]/g, "-")}.db`;
  const partial = join(backupsDir, `${name}.part`);
  copyFileSync(databasePath, partial);
  renameSync(partial, join(backupsDir, name));
  const copies = readdirSync(backupsDir)
    .filter((file) => /^before-migration-.*\.db$/.test(file))
    .sort();
  for (const old of copies.slice(0, -copiesKept)) rmSync(join(backupsDir, old));
}

/**
 * Brings the database up to date, after a copy of it was put into `backupsDir` when there is
 * anything to change. A file that is newer than this build is refused: going back would lose data.
 *
 * @throws Error in words when the file is newer or a migration fails (nothing is changed then).
 */
export function migrateDatabase(options: {
  databasePath: string;
  migrationsDir: string;
  backupsDir: string;
  now: Date;
}): { applied: number } {
  const existed = existsSync(options.databasePath);
  const db = openDatabase(options.databasePath);
  try {
    const known = readMigrationFiles({ migrationsFolder: options.migrationsDir }).length;
    const before = appliedCount(db);
    if (before > known) {
      throw new Error(
        `The database ${options.databasePath} was written by a newer Vigilio. Install that version again, or put back a copy from ${options.backupsDir}.`,
      );
    }
    if (before === known) return { applied: 0 };
    if (existed && before > 0) {
      copyBefore(db, options.databasePath, options.backupsDir, options.now);
    }
    applyMigrations(db, { migrationsFolder: options.migrationsDir });
    return { applied: known - before };
  } finally {
    db.$client.close();
  }
}
