import { join } from "node:path";
import type { Env } from "@/lib/env";

/** Where backups lie, and what they are held against. */
export interface BackupPlace {
  backupsDir: string;
  migrationsDir: string;
}

/** A place with the database that a backup can be put in the place of. */
export interface RestorePlace extends BackupPlace {
  databasePath: string;
}

/** Where the backups of this Vigilio lie. */
export function backupPlaceOf({ backupsDir, databasePath }: Env): RestorePlace {
  return { backupsDir, databasePath, migrationsDir: join(process.cwd(), "db/migrations") };
}
