import "server-only";
import { requireAdmin } from "@/lib/auth/current-user";
import { database } from "@/lib/db";
import { env } from "@/lib/env";
import { reasonText } from "@/lib/web/catalogue";
import { pageLocale } from "@/lib/web/words";
import { listBackups } from "./data";
import { readBackupName } from "./names";
import { backupPlaceOf } from "./place";
import { backupProblemOf } from "./problem";
import { restoredOf } from "./restored";
import type { BackupView } from "./schema";

/** When the backup of a name was made. */
const madeAt = (name: string | null) =>
  (name && readBackupName(name)?.createdAt.toISOString()) || null;

export interface BackupsView {
  backups: BackupView[];
  /** Where they lie on the server. */
  folder: string;
  /** In words: why there is no newer one. */
  problem: string | null;
  /** Files that a restore left without an owner. */
  held: { entries: number; sizeBytes: number; before: string | null } | null;
}

/** In words: why there is no newer backup; null while all is well. */
export async function loadBackupProblem(): Promise<string | null> {
  await requireAdmin();
  const problem = backupProblemOf(database());
  return problem && reasonText(problem.reason, await pageLocale());
}

/** Every backup that can be told of, and what became of the last ones. */
export async function loadBackups(): Promise<BackupsView> {
  await requireAdmin();
  const db = database();
  const place = backupPlaceOf(env());
  const [backups, problem] = await Promise.all([listBackups(place), loadBackupProblem()]);
  const restored = restoredOf(db);
  const held = restored?.holdsFiles ? restored.held : null;
  return {
    backups,
    folder: place.backupsDir,
    problem,
    held: held && { ...held, before: madeAt(restored?.before ?? null) },
  };
}
