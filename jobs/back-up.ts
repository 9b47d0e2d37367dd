import { lastNightlyAt } from "@/lib/backups/data";
import { isNightlyDue } from "@/lib/backups/keep";
import { makeBackup } from "@/lib/backups/make";
import { backupPlaceOf } from "@/lib/backups/place";
import { saveBackupProblem } from "@/lib/backups/problem";
import type { Connection } from "@/lib/db";
import type { Env } from "@/lib/env";
import { AppError, reason } from "@/lib/errors";
import { logFor } from "@/lib/log";
import { hasAdmin } from "@/lib/users/data";

const log = logFor("backups");

/**
 * Makes the nightly backup when it is due. One that can't be made is told on the settings page, and
 * tried again an hour later.
 */
export async function backUpNightly(context: {
  db: Connection;
  env: Env;
  now(): Date;
}): Promise<void> {
  const { db, env } = context;
  const now = context.now();
  // Before anybody set it up there is nothing to lose.
  if (!hasAdmin(db)) return;
  const lastAt = lastNightlyAt(env.backupsDir);
  if (!isNightlyDue({ lastAt, now, hour: now.getHours() })) return;
  try {
    const made = await makeBackup(db, { ...backupPlaceOf(env), reason: "nightly", now });
    saveBackupProblem(db, null, now);
    log.info({ name: made.name, sizeBytes: made.sizeBytes }, "backed up");
  } catch (error) {
    const why = error instanceof AppError ? error.reason : reason("backup-failed");
    saveBackupProblem(db, why, now);
    log.error({ err: error }, "the nightly backup could not be made");
  }
}
