import { existsSync } from "node:fs";
import type Sqlite from "better-sqlite3";
import { migrate as applyMigrations } from "drizzle-orm/better-sqlite3/migrator";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { openDatabase } from "./client";

/** How far a database is, seen from this build. */
export interface MigrationState {
  /** Migrations that it has seen: 0 for one that is still empty. */
  applied: number;
  /** Migrations that this build knows. */
  known: number;
  /** Written by a newer build: this one can't read it. */
  isNewer: boolean;
}

/** Reads how far an open database is. */
export function migrationStateOf(client: Sqlite.Database, migrationsDir: string): MigrationState {
  const files = readMigrationFiles({ migrationsFolder: migrationsDir });
  const known = files.length;
  const table = client
    .prepare("select 1 from sqlite_master where type = 'table' and name = '__drizzle_migrations'")
    .get();
  if (!table) return { applied: 0, known, isNewer: false };
  const row = client
    .prepare("select count(*) as applied, max(created_at) as lastAt from __drizzle_migrations")
    .get() as { applied: number; lastAt: number | null };
  const newestAt = files.at(-1)?.folderMillis ?? 0;
  return {
    applied: row.applied,
    known,
    isNewer: row.applied > known || Number(row.lastAt ?? 0) > newestAt,
  };
}

/** True when a database is there, holds something, and a start would change how it is built. */
export function isMigrationDue(options: { databasePath: string; migrationsDir: string }): boolean {
  if (!existsSync(options.databasePath)) return false;
  const db = openDatabase(options.databasePath);
  try {
    const { applied, known, isNewer } = migrationStateOf(db.$client, options.migrationsDir);
    return !isNewer && applied > 0 && applied < known;
  } finally {
    db.$client.close();
  }
}

/**
 * Brings the database up to date. A file that is newer than this build is refused: going back would
 * lose data.
 *
 * @throws Error in words when the file is newer or a migration fails (nothing is changed then).
 */
export function migrateDatabase(options: { databasePath: string; migrationsDir: string }): {
  applied: number;
} {
  const db = openDatabase(options.databasePath);
  try {
    const { applied, known, isNewer } = migrationStateOf(db.$client, options.migrationsDir);
    if (isNewer) {
      throw new Error(
        `The database ${options.databasePath} was written by a newer Vigilio. Install that version again, or go back to a copy from before: npm run restore`,
      );
    }
    if (applied === known) return { applied: 0 };
    applyMigrations(db, { migrationsFolder: options.migrationsDir });
    return { applied: known - applied };
  } finally {
    db.$client.close();
  }
}
