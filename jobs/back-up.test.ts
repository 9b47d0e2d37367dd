import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { listBackups } from "@/lib/backups/data";
import { backupPlaceOf } from "@/lib/backups/place";
import { backupProblemOf } from "@/lib/backups/problem";
import { readEnv } from "@/lib/env";
import { createFirstAdmin } from "@/lib/users/mutations";
import { testDatabase } from "@/tests/support/database";
import { backUpNightly } from "./back-up";

const start = new Date("2026-03-01T10:00:00Z");
let dir: string;
let db: ReturnType<typeof testDatabase>;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "vigilio-nightly-"));
  db = testDatabase();
});
afterEach(() => {
  db[Symbol.dispose]();
  rmSync(dir, { recursive: true, force: true });
});

const env = () => readEnv({ VIGILIO_DATA_DIR: dir }, dir);
const runAfter = (hours: number) =>
  backUpNightly({ db, env: env(), now: () => new Date(start.getTime() + hours * 3_600_000) });
const count = async () => (await listBackups(backupPlaceOf(env()))).length;

it("is made once somebody owns the server, and again a day later", async () => {
  await runAfter(0);
  expect(await count()).toBe(0);
  createFirstAdmin(db, { username: "ada", passwordHash: "hash", now: start });
  await runAfter(0);
  await runAfter(1);
  expect(await count()).toBe(1);
  await runAfter(25);
  expect(await count()).toBe(2);
});

it("that can't be made is told, until the next one is", async () => {
  createFirstAdmin(db, { username: "ada", passwordHash: "hash", now: start });
  const inTheWay = join(dir, "backups");
  writeFileSync(inTheWay, "no folder");
  await runAfter(0);
  expect(backupProblemOf(db)).toMatchObject({
    at: start,
    reason: { code: "backup-folder-not-writable", values: { folder: inTheWay } },
  });
  rmSync(inTheWay);
  await runAfter(1);
  expect(backupProblemOf(db)).toBeNull();
  expect(await count()).toBe(1);
});
