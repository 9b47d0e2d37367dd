import { chmodSync } from "node:fs";
import Sqlite from "better-sqlite3";
import { type BetterSQLite3Database, drizzle } from "drizzle-orm/better-sqlite3";
import type { BaseSQLiteDatabase } from "drizzle-orm/sqlite-core";
import * as schema from "./schema";

/** A connection: what is opened, backed up and closed. */
export type Connection = BetterSQLite3Database<typeof schema> & { $client: Sqlite.Database };

/** What every function that reads or writes takes first: a connection or a transaction on one. */
export type Db = BaseSQLiteDatabase<"sync", Sqlite.RunResult, typeof schema>;

/** It holds keys, and everybody's history: nobody else's to read, whatever the umask is. */
function makePrivate(path: string): void {
  try {
    chmodSync(path, 0o600);
  } catch {
    // Another user's, or a disk without permissions: the checks say so (lib/checks/files.ts).
  }
}

/**
 * Opens (or makes) the database file.
 *
 * WAL, so that readers never wait for the writer; `synchronous = NORMAL` is safe with WAL against a
 * killed process; a busy timeout, so that a second process (the demo switch, a backup) waits
 * instead of failing.
 */
export function openDatabase(path: string): Connection {
  const client = new Sqlite(path);
  makePrivate(path);
  client.pragma("journal_mode = WAL");
  client.pragma("synchronous = NORMAL");
  client.pragma("foreign_keys = ON");
  client.pragma("busy_timeout = 5000");
  client.pragma("temp_store = MEMORY");
  return drizzle(client, { schema });
}
