import { join } from "node:path";
import type { Env } from "@/lib/env";

/** Where backups lie, and what they are held against. */
export interface BackupPlace {
  backupsDir: string;
  migrationsDir: string;
}

/** A place with the database that a backup can be put in the place of, and its pictures. */
export interface RestorePlace extends BackupPlace {
  databasePath: string;
  imagesDir: string;
}

/** Where the backups of this Vigilio lie. */
export function backupPlaceOf({ backupsDir, databasePath, imagesDir }: Env): RestorePlace {
  const migrationsDir = join(process.cwd(), "db/migrations");
  return { backupsDir, databasePath, imagesDir, migrationsDir };
}
