// For tests that kill it: `backup` makes backups one after the other, `restore` does a wished restore.
import { openDatabase } from "@/db/client";
import { makeBackup } from "@/lib/backups/make";
import { takeWishedRestore } from "@/lib/backups/restore";

const [work, databasePath = "", backupsDir = ""] = process.argv.slice(2);
const imagesDir = `${backupsDir}/../images`;
const place = { databasePath, backupsDir, imagesDir, migrationsDir: "db/migrations" };

process.stdout.write("ready\n");
if (work === "restore") {
  await takeWishedRestore({ ...place, now: new Date() });
} else {
  const db = openDatabase(databasePath);
  for (;;) await makeBackup(db, { ...place, reason: "by-hand", now: new Date() });
}
