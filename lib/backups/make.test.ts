import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import { testDatabase } from "@/tests/support/database";
import { addMovieRow } from "@/tests/support/library";
import { smallDisk } from "@/tests/support/small-disk";
import { lastNightlyAt, listBackups } from "./data";
import { dropHalfBackups, makeBackup } from "./make";
import type { BackupReason } from "./names";
import { backupProblemOf, saveBackupProblem } from "./problem";
import { saveRestored } from "./restored";

const now = new Date("2026-03-10T02:30:00Z");
const dayMs = 86_400_000;
let dir: string;
let place: { backupsDir: string; migrationsDir: string };
let db: ReturnType<typeof testDatabase>;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "vigilio-backups-"));
  place = { backupsDir: join(dir, "backups"), migrationsDir: "db/migrations" };
  db = testDatabase();
});
afterEach(() => {
  db[Symbol.dispose]();
  rmSync(dir, { recursive: true, force: true });
});

const make = (reason: BackupReason = "by-hand", at = now) =>
  makeBackup(db, { ...place, reason, now: at });
const files = () => readdirSync(place.backupsDir).sort();
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (error: unknown) => (error instanceof AppError ? error.reason.code : String(error)),
  );

describe("a backup", () => {
  it("holds everything up to now, in one file that only its owner can read", async () => {
    addMovieRow(db, { title: "The Lantern" });
    const made = await make("nightly");
    expect(made).toMatchObject({ movies: 1, people: 0, isNewer: false, reason: "nightly" });
    expect(files()).toEqual(["2026-03-10T02-30-00Z-nightly.db"]);
    const path = join(place.backupsDir, made.name);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const copy = new Sqlite(path, { readonly: true });
    expect(copy.prepare("select title from movies").pluck().all()).toEqual(["The Lantern"]);
    expect(copy.pragma("journal_mode", { simple: true })).toBe("delete");
    copy.close();
    expect(files()).toHaveLength(1);
  });

  it("is made while others write, and of two in a second none is lost", async () => {
    const both = [make(), make()];
    for (let at = 0; at < 50; at += 1) addMovieRow(db, { title: `Film ${at}` });
    const made = await Promise.all(both);
    expect(new Set(made.map(({ name }) => name)).size).toBe(2);
    const listed = await listBackups(place);
    expect(listed).toHaveLength(2);
    for (const { movies } of listed) expect(movies).toBeLessThanOrEqual(50);
  });

  it("is refused, and leaves nothing, when what was copied is not whole", async () => {
    db.$client.pragma("foreign_keys = OFF");
    db.$client.prepare("insert into sessions values ('a', 'nobody', 1, null, null, 0, 0, 0)").run();
    expect(await codeOf(make())).toBe("backup-damaged");
    expect(files()).toEqual([]);
  });

  it("says when there is no room, or no folder, and leaves no half file", async () => {
    writeFileSync(join(dir, "a file"), "");
    place.backupsDir = join(dir, "a file", "backups");
    expect(await codeOf(make())).toBe("backup-folder-not-writable");
    const disk = smallDisk("64k");
    if (!disk) return;
    try {
      place.backupsDir = join(disk.dir, "backups");
      expect(await codeOf(make())).toBe("backup-disk-full");
      expect(files()).toEqual([]);
    } finally {
      disk.remove();
    }
  });

  it("has its problem told until one was made", () => {
    const reason = { code: "backup-disk-full", values: { folder: "/data/backups" } };
    saveBackupProblem(db, reason, now);
    expect(backupProblemOf(db)).toEqual({ at: now, reason });
    saveBackupProblem(db, null, now);
    expect(backupProblemOf(db)).toBeNull();
  });
});

describe("what is offered", () => {
  it("is whole: not what was cut short, spoilt, or is no database", async () => {
    for (const day of [0, 1, 2, 3]) await make("nightly", new Date(now.getTime() + day * dayMs));
    const [short = "", spoilt = "", empty = "", good = ""] = files();
    const at = (name: string) => join(place.backupsDir, name);
    expect(await listBackups(place)).toHaveLength(4);
    truncateSync(at(short), statSync(at(short)).size - 4096);
    const bytes = readFileSync(at(spoilt));
    bytes.fill(0x5a, 4096 * 3, 4096 * 6);
    writeFileSync(at(spoilt), bytes);
    writeFileSync(at(empty), "");
    writeFileSync(at("0123456789abcdef.part"), bytes);
    writeFileSync(at("mine.db"), bytes);
    mkdirSync(at("2026-03-09T02-30-00Z-nightly.db"));
    expect((await listBackups(place)).map(({ name }) => name)).toEqual([good]);
    expect(lastNightlyAt(place.backupsDir)).toEqual(new Date(now.getTime() + 3 * dayMs));
  });

  it("is marked when a newer Vigilio made it", async () => {
    db.$client
      .prepare("insert into __drizzle_migrations (hash, created_at) values ('later', ?)")
      .run(Date.now() * 2);
    await make();
    expect(await listBackups(place)).toMatchObject([{ isNewer: true }]);
  });

  it("does without a folder", async () => {
    expect(await listBackups(place)).toEqual([]);
    expect(lastNightlyAt(place.backupsDir)).toBeNull();
    dropHalfBackups(place.backupsDir);
  });
});

describe("what is kept", () => {
  it("is a week, and what held files belong to", async () => {
    const held = await make("before-restore", new Date(now.getTime() - 30 * dayMs));
    const state = { id: "a", at: 0, from: "b", before: held.name, holdsFiles: true, held: null };
    saveRestored(db, state, now);
    for (const day of [8, 7, 1]) await make("nightly", new Date(now.getTime() - day * dayMs));
    chmodSync(place.backupsDir, 0o700);
    await make("nightly");
    expect(files()).toEqual([
      held.name,
      "2026-03-03T02-30-00Z-nightly.db",
      "2026-03-09T02-30-00Z-nightly.db",
      "2026-03-10T02-30-00Z-nightly.db",
    ]);
    saveRestored(db, { ...state, holdsFiles: false }, now);
    await make("by-hand");
    expect(files()).not.toContain(held.name);
  });

  it("is nothing of what a killed one was copying", () => {
    mkdirSync(place.backupsDir);
    for (const name of ["0123456789abcdef.part", "0123456789abcdef.part-journal", "mine.part"]) {
      writeFileSync(join(place.backupsDir, name), "x");
    }
    dropHalfBackups(place.backupsDir);
    expect(files()).toEqual(["mine.part"]);
  });
});
