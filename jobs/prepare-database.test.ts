import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type Connection, openDatabase } from "@/db/client";
import { isMigrationDue } from "@/db/migrate";
import { listBackups } from "@/lib/backups/data";
import { makeBackup } from "@/lib/backups/make";
import type { RestorePlace } from "@/lib/backups/place";
import { wishRestore } from "@/lib/backups/restore";
import { addMovieRow } from "@/tests/support/library";
import { olderDatabase } from "@/tests/support/older-database";
import { prepareDatabase } from "./prepare-database";

const at = new Date("2026-03-01T10:00:00Z");
const now = () => at;
let dir: string;
let place: RestorePlace;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "vigilio-prepare-"));
  place = {
    databasePath: join(dir, "vigilio.db"),
    backupsDir: join(dir, "backups"),
    migrationsDir: "db/migrations",
    imagesDir: join(dir, "images"),
  };
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function opened<Result>(work: (db: Connection) => Result): Result {
  const db = openDatabase(place.databasePath);
  try {
    return work(db);
  } finally {
    db.$client.close();
  }
}
const files = () => readdirSync(place.backupsDir);

it("a new database needs no backup, and one that is up to date none either", async () => {
  mkdirSync(place.backupsDir);
  expect(await prepareDatabase(place, now)).toBeNull();
  expect(await prepareDatabase(place, now)).toBeNull();
  expect(files()).toEqual([]);
});

it("an older database is backed up before it is brought up to date", async () => {
  olderDatabase(place.databasePath, { scratchDir: dir, known: 5 });
  mkdirSync(place.backupsDir);
  writeFileSync(join(place.backupsDir, "0123456789abcdef.part"), "half");
  expect(isMigrationDue(place)).toBe(true);
  await prepareDatabase(place, now);
  expect(isMigrationDue(place)).toBe(false);
  expect(files()).toEqual(["2026-03-01T10-00-00Z-before-update.db"]);
  expect(await listBackups(place)).toMatchObject([{ reason: "before-update", isNewer: false }]);
});

it("without a backup nothing is brought up to date, and what to do is said", async () => {
  olderDatabase(place.databasePath, { scratchDir: dir, known: 5 });
  writeFileSync(place.backupsDir, "no folder");
  await expect(
    prepareDatabase({ ...place, backupsDir: join(place.backupsDir, "x") }, now),
  ).rejects.toThrow(
    /Vigilio may not write to .* Make that folder writable .* Then start Vigilio again\./,
  );
  expect(isMigrationDue(place)).toBe(true);
});

it("a restore that was begun is done, and one that can't be is told and leaves all as it is", async () => {
  await prepareDatabase(place, now);
  opened((db) => addMovieRow(db, { title: "Then" }));
  const db = openDatabase(place.databasePath);
  const { name } = await makeBackup(db, { ...place, reason: "by-hand", now: at });
  db.$client.exec("delete from movies");
  db.$client.close();
  const titles = () =>
    opened((one) => one.$client.prepare("select title from movies").pluck().all());

  wishRestore(name, place);
  expect(await prepareDatabase(place, now)).toBeNull();
  expect(titles()).toEqual(["Then"]);

  wishRestore(name, place);
  rmSync(join(place.backupsDir, name));
  expect(await prepareDatabase(place, now)).toEqual({ code: "backup-not-found" });
  expect(titles()).toEqual(["Then"]);
});
