import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { migrateDatabase } from "@/db/migrate";

const migrationsDir = "db/migrations";

/** Makes a database as a Vigilio had it that knew only the first migrations. */
export function olderDatabase(databasePath: string, args: { scratchDir: string; known: number }) {
  const older = join(args.scratchDir, "older-migrations");
  mkdirSync(join(older, "meta"), { recursive: true });
  for (const file of readdirSync(migrationsDir).filter((name) => name.endsWith(".sql"))) {
    copyFileSync(join(migrationsDir, file), join(older, file));
  }
  const journal: { entries: unknown[] } = JSON.parse(
    readFileSync(join(migrationsDir, "meta/_journal.json"), "utf8"),
  );
  const entries = journal.entries.slice(0, args.known);
  writeFileSync(join(older, "meta/_journal.json"), JSON.stringify({ ...journal, entries }));
  migrateDatabase({ databasePath, migrationsDir: older });
}
