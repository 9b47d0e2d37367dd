import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type Connection, openDatabase } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { AppError } from "@/lib/errors";
import { randomId } from "@/lib/ids";
import { forgetLostPictures } from "@/lib/movies/lost-pictures";
import { carryOverAccess, endAccess, keepAnAdmin } from "./carry-over";
import { inspectBackup } from "./inspect";
import { makeBackup } from "./make";
import { backupNameForm } from "./names";
import type { BackupPlace, RestorePlace } from "./place";
import { restoredOf, saveRestored } from "./restored";
import { besideDatabase, putInPlace, removeDatabase, storageFault } from "./storage";

const wish = z.object({ id: z.string(), name: z.string().regex(backupNameForm) });

const wishPath = (backupsDir: string) => join(backupsDir, "restore.json");

/**
 * Makes sure that a backup can be restored.
 *
 * @throws AppError 404, or 409 when it is not whole or was made by a newer Vigilio.
 */
export function checkRestorable(name: string, { backupsDir, migrationsDir }: BackupPlace): void {
  const path = join(backupsDir, name);
  if (!backupNameForm.test(name) || !existsSync(path)) {
    throw new AppError("backup-not-found", { status: 404 });
  }
  if (inspectBackup(path, migrationsDir).isNewer) {
    throw new AppError("backup-newer", { status: 409 });
  }
}

/** Writes down that a backup is to be restored: whatever happens now, the next start does it. */
export function wishRestore(name: string, place: BackupPlace): void {
  checkRestorable(name, place);
  const path = wishPath(place.backupsDir);
  const part = `${path}.part`;
  try {
    writeFileSync(part, JSON.stringify({ id: randomId(), name }), { mode: 0o600 });
    putInPlace(part, path);
  } catch (error) {
    rmSync(part, { force: true });
    throw storageFault(error, place.backupsDir);
  }
}

function readWish(backupsDir: string): z.output<typeof wish> | null {
  const path = wishPath(backupsDir);
  if (!existsSync(path)) return null;
  try {
    return wish.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    // Not written by us: there is nothing that it could mean.
    rmSync(path, { force: true });
    return null;
  }
}

/** The database that is there; null when there is none, or none that can be read. */
function openCurrent(path: string): Connection | null {
  if (!existsSync(path)) return null;
  let db: Connection | undefined;
  try {
    db = openDatabase(path);
    db.$client.prepare("select count(*) from users").get();
    return db;
  } catch {
    db?.$client.close();
    return null;
  }
}

/** A backup of what is there now; null when it is damaged itself, which is why people restore. */
async function keepCurrent(
  current: Connection,
  place: RestorePlace,
  wished: string,
  now: Date,
): Promise<string | null> {
  try {
    const args = { ...place, reason: "before-restore", keep: wished, now } as const;
    return (await makeBackup(current, args)).name;
  } catch (error) {
    const isDamaged =
      error instanceof AppError && /^backup-(damaged|not-readable)$/.test(error.reason.code);
    if (isDamaged) return null;
    throw error;
  }
}

/** The restored database, whole and up to date, beside the one that it is to take the place of. */
function buildNext(
  nextPath: string,
  args: RestorePlace & { id: string; name: string; before: string | null },
  now: Date,
): void {
  copyFileSync(join(args.backupsDir, args.name), nextPath);
  migrateDatabase({ databasePath: nextPath, migrationsDir: args.migrationsDir });
  const next = openDatabase(nextPath);
  try {
    const admins = next.$client.prepare("select id from users where role = 'admin'").pluck().all();
    if (args.before) carryOverAccess(next.$client, args.databasePath);
    else endAccess(next.$client);
    keepAnAdmin(next.$client, admins as string[]);
    forgetLostPictures(next, args.imagesDir);
    const { id, name: from, before } = args;
    const state = { id, at: now.getTime(), from, before, holdsFiles: true, held: null };
    saveRestored(next, state, now);
    next.$client.pragma("journal_mode = DELETE");
  } finally {
    next.$client.close();
  }
}

/** Leaves nothing in the write-ahead log, which would be taken for that of the next database. */
function closeForGood(current: Connection): void {
  try {
    current.$client.pragma("wal_checkpoint(TRUNCATE)");
    current.$client.pragma("journal_mode = DELETE");
  } catch (error) {
    throw new AppError("restore-database-busy", { status: 409, cause: error });
  } finally {
    current.$client.close();
  }
}

/**
 * Puts a database that can't be read, with all that lies beside it, out of the way. It is kept: there
 * is no backup of it.
 *
 * @returns what takes it back.
 */
function setAside(path: string, now: Date): () => void {
  const aside = `${path}.damaged-${now.getTime()}`;
  // The log goes first: without its database it does no harm.
  const endings = [...besideDatabase].reverse().filter((ending) => existsSync(path + ending));
  for (const ending of endings) renameSync(path + ending, aside + ending);
  return () => {
    for (const ending of endings) renameSync(aside + ending, path + ending);
  };
}

/** The restored database takes the place of the one that is there. */
function swap(
  nextPath: string,
  args: { databasePath: string; current: Connection | null; before: string | null; now: Date },
): void {
  const { databasePath, current, before, now } = args;
  if (current && before) {
    closeForGood(current);
    putInPlace(nextPath, databasePath);
    return;
  }
  current?.$client.close();
  const takeBack = setAside(databasePath, now);
  try {
    putInPlace(nextPath, databasePath);
  } catch (error) {
    takeBack();
    throw error;
  }
}

/**
 * Does the restore that was wished for, if there is one. Nobody may have the database open. May be
 * killed at any moment: until the restored database takes its place by rename everything is as it
 * was, and what was begun is begun again by the next call.
 *
 * @returns what was restored; null without a wish, or when it had been done already.
 * @throws AppError in words; then nothing was changed, and the wish is over.
 */
export async function takeWishedRestore(
  place: RestorePlace & { now: Date },
): Promise<{ from: string; before: string | null } | null> {
  const { databasePath, backupsDir, now } = place;
  const wished = readWish(backupsDir);
  if (!wished) return null;
  const nextPath = `${databasePath}.next`;
  const current = openCurrent(databasePath);
  try {
    if (current && restoredIdOf(current) === wished.id) return null;
    checkRestorable(wished.name, place);
    mkdirSync(backupsDir, { recursive: true });
    removeDatabase(nextPath);
    const before = current && (await keepCurrent(current, place, wished.name, now));
    buildNext(nextPath, { ...place, ...wished, before }, now);
    swap(nextPath, { databasePath, current, before, now });
    return { from: wished.name, before };
  } catch (error) {
    removeDatabase(nextPath);
    throw storageFault(error, backupsDir);
  } finally {
    if (current?.$client.open) current.$client.close();
    rmSync(wishPath(backupsDir), { force: true });
  }
}

/** Null where it can't be told, as in a database of another version. */
function restoredIdOf(db: Connection): string | null {
  try {
    return restoredOf(db)?.id ?? null;
  } catch {
    return null;
  }
}
