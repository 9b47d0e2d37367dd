import { mkdirSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";

/** A data folder that is ours alone until it is released, or the process ends. */
export interface FolderLock {
  release(): void;
}

/**
 * Makes a data folder ours: no second Vigilio, and no restore by command, works in it meanwhile.
 *
 * It is SQLite's own lock on an empty file, which the system takes back with the process however
 * that ends, and which holds between containers, where process ids tell nothing.
 *
 * @param waitMs how long to wait for another that is just ending.
 * @returns null while somebody else has it.
 */
export function lockFolder(dataDir: string, waitMs: number): FolderLock | null {
  mkdirSync(dataDir, { recursive: true });
  const file = new Sqlite(join(dataDir, "vigilio.lock"), { timeout: waitMs });
  try {
    file.exec("begin exclusive");
  } catch (error) {
    file.close();
    if ((error as { code?: string }).code === "SQLITE_BUSY") return null;
    throw error;
  }
  return { release: () => void file.close() };
}
