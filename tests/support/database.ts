import { copyFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Connection, openDatabase } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";

let template: string | undefined;

/** A migrated database in a file of its own; the caller (or `afterEach`) closes it. */
export function testDatabase(): Connection & { [Symbol.dispose](): void } {
  const dir = mkdtempSync(join(tmpdir(), "vigilio-db-"));
  const path = join(dir, "vigilio.db");
  if (!template || !existsSync(template)) {
    template = join(mkdtempSync(join(tmpdir(), "vigilio-db-")), "template.db");
    migrateDatabase({
      databasePath: template,
      migrationsDir: "db/migrations",
    });
  }
  copyFileSync(template, path);
  const db = openDatabase(path);
  return Object.assign(db, {
    [Symbol.dispose]() {
      db.$client.close();
      rmSync(dir, { recursive: true, force: true });
    },
  });
}
