import Sqlite from "better-sqlite3";
import { type BetterSQLite3Database, drizzle } from "drizzle-orm/better-sqlite3";
import type { BaseSQLiteDatabase } from "drizzle-orm/sqlite-core";
import * as schema from "./schema";

/** A connection: what is opened, backed up and closed. */
export type Connection = BetterSQLite3Database<typeof schema> & { $client: Sqlite.Database };

/** What every function that reads or writes takes first: a connection or a transaction on one. */
export type Db = BaseSQLiteDatabase<"sync", Sqlite.RunResult, typeof schema>;

/**
 * Opens (or makes) the database file.
 *
 * WAL, so that readers never wait for the writer; `synchronous = NORMAL` is safe with WAL against a
 * killed process; a busy timeout, so that a second process (the demo switch, a backup) waits
 * instead of failing.
 */
export function openDatabase(path: string): Connection {
  const client = new Sqlite(path);
  client.pragma("journal_mode = WAL");
  client.pragma("synchronous = NORMAL");
  client.pragma("foreign_keys = ON");
  client.pragma("busy_timeout = 5000");
  client.pragma("temp_store = MEMORY");
  return drizzle(client, { schema });
}
