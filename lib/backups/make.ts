import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import type { Connection } from "@/db/client";
import { randomId } from "@/lib/ids";
import { type BackupContents, inspectBackup } from "./inspect";
import { expiredBackups } from "./keep";
import { type BackupReason, backupName, type NamedBackup, readBackupName } from "./names";
import type { BackupPlace } from "./place";
import { heldBackup } from "./restored";
import { putInPlace, removeDatabase, storageFault } from "./storage";

const partForm = /^[0-9a-f]{16}\.part(-wal|-shm|-journal)?$/;

/** Removes what a killed Vigilio was copying. Only while no copy is being made. */
export function dropHalfBackups(backupsDir: string): void {
  if (!existsSync(backupsDir)) return;
  for (const name of readdirSync(backupsDir).filter((one) => partForm.test(one))) {
    removeDatabase(join(backupsDir, name));
  }
}

/** A name that no backup has, which tells seconds: of two in one the later one is dated a second later. */
function freeName(dir: string, reason: BackupReason, now: Date): NamedBackup {
  for (let at = Math.floor(now.getTime() / 1000) * 1000; ; at += 1000) {
    const createdAt = new Date(at);
    const name = backupName(createdAt, reason);
    if (!existsSync(join(dir, name))) return { name, reason, createdAt };
  }
}

/** One file that needs nothing beside it: the copy was made with the database's write-ahead log on. */
function settle(path: string): void {
  const client = new Sqlite(path);
  try {
    client.pragma("journal_mode = DELETE");
  } finally {
    client.close();
  }
}

/** Removes a half copy; where the disk refuses even that, the next start does it. */
function dropPart(part: string): void {
  try {
    removeDatabase(part);
  } catch {
    // Why the copy failed is what has to be told.
  }
}

/**
 * Copies the database as it is now, while it is used, and puts the copy among the backups once it
 * was looked through; then removes those whose time is over. Only its owner can read it: it holds
 * what people typed into settings.
 *
 * @param args.keep one that is in use, however old it is.
 * @throws AppError in words when there is no room, the folder can't be written, or the copy is not
 *   whole; no half file is left then.
 */
export async function makeBackup(
  db: Connection,
  args: BackupPlace & { reason: BackupReason; now: Date; keep?: string },
): Promise<NamedBackup & BackupContents> {
  const { backupsDir, migrationsDir, reason, now } = args;
  const part = join(backupsDir, `${randomId()}.part`);
  try {
    mkdirSync(backupsDir, { recursive: true });
    writeFileSync(part, "", { mode: 0o600, flag: "wx" });
    await db.$client.backup(part);
    settle(part);
    const contents = inspectBackup(part, migrationsDir);
    const named = freeName(backupsDir, reason, now);
    putInPlace(part, join(backupsDir, named.name));
    dropExpired(db, args, [named.name, ...(args.keep ? [args.keep] : [])]);
    return { ...named, ...contents };
  } catch (error) {
    dropPart(part);
    throw storageFault(error, backupsDir);
  }
}

/** Only after a new one was made and found whole, so that there is always a good one. */
function dropExpired(db: Connection, args: BackupPlace & { now: Date }, inUse: string[]): void {
  const held = heldBackup(db);
  const backups = readdirSync(args.backupsDir).flatMap((name) => readBackupName(name) ?? []);
  const keep = held ? [...inUse, held] : inUse;
  for (const name of expiredBackups(backups, { now: args.now, keep })) {
    removeDatabase(join(args.backupsDir, name));
  }
}
