import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { AppError } from "@/lib/errors";
import { type BackupContents, inspectBackup } from "./inspect";
import { type NamedBackup, readBackupName } from "./names";
import type { BackupPlace } from "./place";
import type { BackupView } from "./schema";

/** What was found in a file, for as long as it stays the same; null for one that is not whole. */
interface Seen {
  mark: string;
  contents: BackupContents | null;
}

/** On globalThis: a module is evaluated several times in one Next.js process. */
const shared = globalThis as typeof globalThis & { vigilioBackups?: Map<string, Seen> };

function contentsOf(path: string, migrationsDir: string): BackupContents | null {
  shared.vigilioBackups ??= new Map();
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return null;
  const mark = `${stat.ino} ${stat.size} ${stat.mtimeMs} ${stat.ctimeMs}`;
  const seen = shared.vigilioBackups.get(path);
  if (seen?.mark === mark) return seen.contents;
  let contents: BackupContents | null = null;
  try {
    contents = inspectBackup(path, migrationsDir);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
  shared.vigilioBackups.set(path, { mark, contents });
  return contents;
}

function namesIn(dir: string): NamedBackup[] {
  try {
    return readdirSync(dir).flatMap((name) => readBackupName(name) ?? []);
  } catch {
    // No folder, no backups.
    return [];
  }
}

/** When the newest backup of the nights was made; null without one. */
export function lastNightlyAt(backupsDir: string): Date | null {
  const times = namesIn(backupsDir)
    .filter(({ reason }) => reason === "nightly")
    .map(({ createdAt }) => createdAt.getTime());
  return times.length > 0 ? new Date(Math.max(...times)) : null;
}

/** As it goes out. */
export function toBackupView(backup: NamedBackup & BackupContents): BackupView {
  const { name, reason, createdAt, sizeBytes, movies, people, isNewer } = backup;
  return { name, reason, createdAt: createdAt.toISOString(), sizeBytes, movies, people, isNewer };
}

/** Every backup that is whole, the newest first. Each is looked through once, and when it changed. */
export async function listBackups(place: BackupPlace): Promise<BackupView[]> {
  const named = namesIn(place.backupsDir).sort(
    (a, b) => b.createdAt.getTime() - a.createdAt.getTime(),
  );
  const views: BackupView[] = [];
  for (const backup of named) {
    const contents = contentsOf(join(place.backupsDir, backup.name), place.migrationsDir);
    if (contents) views.push(toBackupView({ ...backup, ...contents }));
    // Looking a large one through takes a moment: others get their turn in between.
    await nextTurn();
  }
  return views;
}
