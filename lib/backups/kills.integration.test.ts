import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as moment } from "node:timers/promises";
import Sqlite from "better-sqlite3";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openDatabase } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { movies } from "@/db/schema";
import { addMovieRow } from "@/tests/support/library";
import { until } from "@/tests/support/until";
import { listBackups } from "./data";
import { inspectBackup } from "./inspect";
import { dropHalfBackups, makeBackup } from "./make";
import type { RestorePlace } from "./place";
import { takeWishedRestore, wishRestore } from "./restore";

let dir: string;
let place: RestorePlace;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "vigilio-kills-"));
  place = {
    databasePath: join(dir, "vigilio.db"),
    backupsDir: join(dir, "backups"),
    migrationsDir: "db/migrations",
    imagesDir: join(dir, "images"),
  };
  migrateDatabase(place);
  const db = openDatabase(place.databasePath);
  addMovieRow(db, { title: "Then" });
  // Some tens of megabytes: a copy of it takes long enough to be killed in the middle.
  const fill = db.$client.prepare(
    "insert into subtitle_downloads (file_id, content, fetched_at) values (?, randomblob(1000000), 0)",
  );
  for (let id = 1; id <= 30; id += 1) fill.run(id);
  db.$client.close();
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function start(work: "backup" | "restore"): ChildProcess {
  return spawn(
    process.execPath,
    [
      ...["--import", "tsx", "tests/support/back-up-again.ts"],
      ...[work, place.databasePath, place.backupsDir],
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
}

/** Ends it as a power cut would. */
async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, "exit");
  if (child.exitCode === null && child.signalCode === null) {
    child.kill("SIGKILL");
    await ended;
  }
}

const files = () => {
  try {
    return readdirSync(place.backupsDir);
  } catch {
    return [];
  }
};
const half = () => files().filter((name) => name.endsWith(".part"));

it("a copy that is killed leaves nothing that counts", async () => {
  for (let round = 0; round < 4; round += 1) {
    const child = start("backup");
    await until("it is in the middle of a copy", () =>
      half().some(
        (name) =>
          (statSync(join(place.backupsDir, name), { throwIfNoEntry: false })?.size ?? 0) > 1e6,
      ),
    );
    await kill(child);
    for (const { name } of await listBackups(place)) {
      expect(inspectBackup(join(place.backupsDir, name), place.migrationsDir).movies).toBe(1);
    }
    dropHalfBackups(place.backupsDir);
    expect(half()).toEqual([]);
  }
});

it("a restore that is killed anywhere is done by the next start, and loses nothing", async () => {
  const first = openDatabase(place.databasePath);
  const { name } = await makeBackup(first, { ...place, reason: "nightly", now: new Date(0) });
  first.delete(movies).where(eq(movies.title, "Then")).run();
  addMovieRow(first, { title: "Now" });
  first.$client.close();
  const kept = join(dir, "kept.db");
  copyFileSync(place.databasePath, kept);

  /** How long it takes when nobody kills it. */
  let wholeMs = 0;
  for (const share of [1, 0.1, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95]) {
    copyFileSync(kept, place.databasePath);
    for (const old of files().filter((one) => one !== name)) rmSync(join(place.backupsDir, old));
    wishRestore(name, place);
    const child = start("restore");
    const ended = once(child, "exit");
    if (child.stdout) await once(child.stdout, "data");
    const startedAt = performance.now();
    if (share === 1) {
      await ended;
      wholeMs = performance.now() - startedAt;
    } else {
      // Not a wait for something to happen: the moment itself is what is tested.
      await moment(wholeMs * share);
      await kill(child);
    }
    // The next start.
    dropHalfBackups(place.backupsDir);
    await takeWishedRestore({ ...place, now: new Date() });
    const db = new Sqlite(place.databasePath);
    expect(db.prepare("select title from movies").pluck().all(), `at ${share}`).toEqual(["Then"]);
    expect(db.pragma("integrity_check", { simple: true })).toBe("ok");
    db.close();
    const before = files().filter((one) => one.endsWith("before-restore.db"));
    expect(before.length, `at ${share}`).toBeGreaterThan(0);
    const titles = before.map((one) => {
      const copy = new Sqlite(join(place.backupsDir, one), { readonly: true });
      const found = copy.prepare("select title from movies").pluck().all();
      copy.close();
      return found;
    });
    expect(titles, `at ${share}`).toContainEqual(["Now"]);
    expect(files().filter((one) => /part|json/.test(one))).toEqual([]);
  }
});
