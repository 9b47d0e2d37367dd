import { openDatabase } from "@/db/client";
import { isMigrationDue, migrateDatabase } from "@/db/migrate";
import { dropHalfBackups, makeBackup } from "@/lib/backups/make";
import type { RestorePlace } from "@/lib/backups/place";
import { takeWishedRestore } from "@/lib/backups/restore";
import { EnvironmentError } from "@/lib/env";
import { AppError, type Reason, reason } from "@/lib/errors";
import { logFor } from "@/lib/log";
import { reasonText } from "@/lib/web/catalogue";

const log = logFor("start");

/**
 * At the start, before anybody has the database open: does a restore that was begun, then brings the
 * database up to date, with a backup before.
 *
 * @returns why a restore could not be done, to be told on the page; null when all is well.
 * @throws EnvironmentError in words when there is no room for the backup: nothing was changed then.
 */
export async function prepareDatabase(
  place: RestorePlace,
  now: () => Date,
): Promise<Reason | null> {
  dropHalfBackups(place.backupsDir);
  let problem: Reason | null = null;
  try {
    const restored = await takeWishedRestore({ ...place, now: now() });
    if (restored) log.info(restored, "a backup was restored");
  } catch (error) {
    log.error({ err: error }, "the restore could not be done; nothing was changed");
    problem = error instanceof AppError ? error.reason : reason("backup-failed");
  }
  if (isMigrationDue(place)) await backUpBeforeUpdate(place, now());
  const migrated = migrateDatabase(place);
  if (migrated.applied > 0) log.info(migrated, "database brought up to date");
  return problem;
}

async function backUpBeforeUpdate(place: RestorePlace, now: Date): Promise<void> {
  const db = openDatabase(place.databasePath);
  try {
    const { name } = await makeBackup(db, { ...place, reason: "before-update", now });
    log.info({ name }, "backed up before an update");
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new EnvironmentError(
      `This Vigilio is newer than its database, and keeps a backup before it changes anything. ${reasonText(error.reason, "en")} Then start Vigilio again.`,
    );
  } finally {
    db.$client.close();
  }
}
