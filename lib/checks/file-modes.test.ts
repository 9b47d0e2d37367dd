import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openDatabase } from "@/db/client";
import { type Env, makeFolders, readEnv } from "@/lib/env";
import { fileFacts, tightenFiles } from "./file-modes";

let dir: string;
let env: Env;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "vigilio-modes-"));
  env = readEnv({ VIGILIO_DATA_DIR: dir }, dir);
  makeFolders(env);
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const modesOf = () => Object.fromEntries(fileFacts(env).map(({ path, mode }) => [path, mode]));

it("a database is opened for nobody else, with what lies beside it", () => {
  const db = openDatabase(env.databasePath);
  db.$client.exec("create table a (b)");
  const modes = Object.values(modesOf());
  db.$client.close();
  expect(modes.length).toBeGreaterThan(1);
  expect(modes.every((mode) => mode === 0o600)).toBe(true);
});

it("files that others may read are found and closed", () => {
  const secrets = join(dir, "secrets.json");
  const backup = join(env.backupsDir, "2026-03-10T02-30-00Z-nightly.db");
  for (const path of [secrets, env.databasePath, backup]) writeFileSync(path, "", { mode: 0o600 });
  chmodSync(backup, 0o644);
  chmodSync(secrets, 0o640);
  mkdirSync(join(dir, "media", "film"));
  expect(modesOf()).toEqual({
    [secrets]: 0o640,
    [env.databasePath]: 0o600,
    [backup]: 0o644,
  });
  tightenFiles(env);
  expect(Object.values(modesOf())).toEqual([0o600, 0o600, 0o600]);
  // What is not private is left alone.
  expect(statSync(join(dir, "media", "film")).mode & 0o077).not.toBe(0);
});
