import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Connection, openDatabase } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { apiTokens, images, invitations, movies, sessions, users } from "@/db/schema";
import { AppError } from "@/lib/errors";
import { createApiToken } from "@/lib/users/api-tokens";
import { createInvitation } from "@/lib/users/invitations";
import { changePassword, createUser, deleteUser, updateUser } from "@/lib/users/mutations";
import { createResetLink, resetLinkState } from "@/lib/users/reset-links";
import { addMovieRow, addPicture } from "@/tests/support/library";
import { olderDatabase } from "@/tests/support/older-database";
import { restoreChangesOf } from "./changes";
import { listBackups } from "./data";
import { makeBackup } from "./make";
import type { RestorePlace } from "./place";
import { takeWishedRestore, wishRestore } from "./restore";
import { holdsFiles, restoredOf, saveHeld } from "./restored";

const then = new Date("2026-03-01T10:00:00Z");
const now = new Date("2026-03-05T10:00:00Z");
let dir: string;
let db: Connection;
let place: RestorePlace;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "vigilio-restore-"));
  place = {
    backupsDir: join(dir, "backups"),
    migrationsDir: "db/migrations",
    imagesDir: join(dir, "images"),
    databasePath: join(dir, "vigilio.db"),
  };
  migrateDatabase(place);
  db = openDatabase(place.databasePath);
});
afterEach(() => {
  db.$client.close();
  rmSync(dir, { recursive: true, force: true });
});

const back = async () => (await makeBackup(db, { ...place, reason: "nightly", now: then })).name;

/** Restores with nobody using the database, and opens what is there then. */
async function restore(name: string) {
  wishRestore(name, place);
  db.$client.close();
  try {
    return await takeWishedRestore({ ...place, now });
  } finally {
    db = openDatabase(place.databasePath);
  }
}

const titles = () =>
  db
    .select()
    .from(movies)
    .orderBy(movies.title)
    .all()
    .map(({ title }) => title);
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (error: unknown) => (error instanceof AppError ? error.reason.code : String(error)),
  );
const person = (username: string, role: "admin" | "member" = "member") =>
  createUser(db, { username, passwordHash: `hash of ${username}`, role, now: then }).id;
const signIn = (id: string, userId: string, sessionVersion = 1) =>
  db
    .insert(sessions)
    .values({ id, userId, sessionVersion, createdAt: then, lastSeenAt: then, expiresAt: now })
    .run();

describe("a restore", () => {
  it("brings back what was deleted, and can itself be taken back", async () => {
    const deleted = addMovieRow(db, { title: "Deleted" });
    const name = await back();
    db.delete(movies).where(eq(movies.id, deleted)).run();
    addMovieRow(db, { title: "Added" });
    expect(restoreChangesOf(db, name, place)).toEqual({
      moviesGone: { count: 1, names: ["Added"] },
      moviesBack: { count: 1, names: ["Deleted"] },
      peopleGone: { count: 0, names: [] },
      peopleBack: { count: 0, names: [] },
    });
    const done = await restore(name);
    expect(done).toEqual({ from: name, before: "2026-03-05T10-00-00Z-before-restore.db" });
    expect(titles()).toEqual(["Deleted"]);
    expect(db.$client.pragma("integrity_check", { simple: true })).toBe("ok");
    expect(readdirSync(dir).filter((file) => /next|damaged/.test(file))).toEqual([]);
    expect(existsSync(join(place.backupsDir, "restore.json"))).toBe(false);

    await restore(done?.before ?? "");
    expect(titles()).toEqual(["Added"]);
  });

  it("asks again for pictures whose files are gone", async () => {
    const [there, gone] = [addPicture(db), addPicture(db)];
    mkdirSync(join(dir, "images", there), { recursive: true });
    addMovieRow(db, { title: "With a poster", posterId: there });
    addMovieRow(db, { title: "Without", posterId: gone });
    await restore(await back());
    expect(db.select().from(movies).orderBy(movies.title).all()).toMatchObject([
      { posterId: there, metadataState: "complete" },
      { posterId: null, metadataState: "pending" },
    ]);
    expect(db.select().from(images).all()).toMatchObject([{ id: there }]);
  });

  it("is done once, and without a wish not at all", async () => {
    const name = await back();
    await restore(name);
    addMovieRow(db, { title: "Later" });
    db.$client.close();
    expect(await takeWishedRestore({ ...place, now })).toBeNull();
    db = openDatabase(place.databasePath);
    expect(titles()).toEqual(["Later"]);
  });

  it("killed after it was done, is not done over what came since", async () => {
    const name = await back();
    wishRestore(name, place);
    const wish = join(place.backupsDir, "restore.json");
    copyFileSync(wish, join(dir, "wish"));
    db.$client.close();
    await takeWishedRestore({ ...place, now });
    db = openDatabase(place.databasePath);
    addMovieRow(db, { title: "Later" });
    copyFileSync(join(dir, "wish"), wish);
    db.$client.close();
    expect(await takeWishedRestore({ ...place, now })).toBeNull();
    db = openDatabase(place.databasePath);
    expect(titles()).toEqual(["Later"]);
    expect(existsSync(wish)).toBe(false);
  });

  it("of an older backup brings it up to date", async () => {
    const path = join(dir, "older.db");
    olderDatabase(path, { scratchDir: dir, known: 4 });
    const old = openDatabase(path);
    old.$client
      .prepare("insert into users (id, username, role, created_at) values ('a', 'ada', 'admin', 0)")
      .run();
    const { name } = await makeBackup(old, { ...place, reason: "before-update", now: then });
    old.$client.close();
    expect(await restore(name)).toMatchObject({ from: name });
    expect(migrateDatabase(place)).toEqual({ applied: 0 });
    expect(db.select().from(users).all()).toMatchObject([{ username: "ada" }]);
  });

  it("of a newer, a broken or an unknown one is refused, and changes nothing", async () => {
    const name = await back();
    expect(() => wishRestore("2026-01-01T00-00-00Z-nightly.db", place)).toThrow("backup-not-found");
    expect(() => wishRestore("../vigilio.db", place)).toThrow("backup-not-found");
    const later = "insert into __drizzle_migrations (hash, created_at) values ('later', 9e15)";
    db.$client.exec(later);
    const newer = (await makeBackup(db, { ...place, reason: "by-hand", now: then })).name;
    db.$client.exec("delete from __drizzle_migrations where hash = 'later'");
    expect(() => wishRestore(newer, place)).toThrow("backup-newer");
    addMovieRow(db, { title: "Here" });
    wishRestore(name, place);
    truncateSync(join(place.backupsDir, name), 8192);
    db.$client.close();
    expect(await codeOf(takeWishedRestore({ ...place, now }))).toBe("backup-damaged");
    db = openDatabase(place.databasePath);
    expect(titles()).toEqual(["Here"]);
    expect(existsSync(join(place.backupsDir, "restore.json"))).toBe(false);
  });

  it("waits for nobody: a program that has the database open is named", async () => {
    const name = await back();
    wishRestore(name, place);
    addMovieRow(db, { title: "Here" });
    const reader = openDatabase(place.databasePath);
    reader.$client.exec("begin");
    reader.$client.prepare("select count(*) from movies").get();
    db.$client.close();
    expect(await codeOf(takeWishedRestore({ ...place, now }))).toBe("restore-database-busy");
    reader.$client.close();
    db = openDatabase(place.databasePath);
    expect(titles()).toEqual(["Here"]);
  });

  it("takes the place of a database that can't be read, which is put aside", async () => {
    addMovieRow(db, { title: "Then" });
    const name = await back();
    wishRestore(name, place);
    db.$client.close();
    writeFileSync(place.databasePath, "not a database at all, but long enough to look like one");
    expect(await takeWishedRestore({ ...place, now })).toEqual({ from: name, before: null });
    db = openDatabase(place.databasePath);
    expect(titles()).toEqual(["Then"]);
    expect(readdirSync(dir).filter((file) => file.includes(".db.damaged-"))).toHaveLength(1);
  });
});

describe("who may come in", () => {
  it("stays as it is now", async () => {
    const ada = person("ada", "admin");
    const bob = person("bob");
    const eve = person("eve");
    signIn("tv", bob);
    signIn("stolen", bob);
    const { id: token } = createApiToken(db, { userId: ada, name: "old", days: null, now: then });
    createInvitation(db, { role: "member", days: 7, createdBy: ada, now: then });
    const link = createResetLink(db, { userId: bob, createdBy: ada, now: then });
    const name = await back();

    db.delete(apiTokens).where(eq(apiTokens.id, token)).run();
    db.delete(invitations).run();
    changePassword(db, { userId: bob, passwordHash: "a new one", keepSessionId: "tv", now });
    updateUser(db, { id: eve, disabled: true, now });
    const zoe = person("zoe");
    const made = createApiToken(db, { userId: ada, name: "new", days: null, now }).id;
    createApiToken(db, { userId: zoe, name: "zoe's", days: null, now });
    createInvitation(db, { role: "member", days: 7, createdBy: zoe, now });
    expect(restoreChangesOf(db, name, place).peopleGone).toEqual({ count: 1, names: ["zoe"] });
    await restore(name);

    const named = Object.fromEntries(
      db
        .select()
        .from(users)
        .all()
        .map((user) => [user.username, user]),
    );
    expect(Object.keys(named).sort()).toEqual(["ada", "bob", "eve"]);
    expect(named.bob).toMatchObject({ passwordHash: "a new one", sessionVersion: 2 });
    expect(named.eve?.disabledAt).toEqual(now);
    expect(db.select().from(sessions).all()).toMatchObject([{ id: "tv", sessionVersion: 2 }]);
    expect(db.select().from(apiTokens).all()).toMatchObject([{ id: made }]);
    expect(db.select().from(invitations).all()).toMatchObject([{ createdBy: null }]);
    expect(resetLinkState(db, link.code, then).state).toBe("replaced");
    expect(db.$client.pragma("foreign_key_check")).toEqual([]);
  });

  it("leaves somebody in charge", async () => {
    const ada = person("ada", "admin");
    const name = await back();
    const zoe = person("zoe", "admin");
    updateUser(db, { id: ada, role: "member", now });
    updateUser(db, { id: ada, disabled: true, now });
    await restore(name);
    const [only] = db.select().from(users).all();
    expect(only).toMatchObject({ id: ada, role: "admin", disabledAt: null });
    expect(only?.id).not.toBe(zoe);
  });

  it("is nobody's old session where nothing is known of now", async () => {
    const ada = person("ada", "admin");
    signIn("old", ada);
    createInvitation(db, { role: "admin", days: 7, createdBy: ada, now: then });
    const link = createResetLink(db, { userId: ada, createdBy: ada, now: then });
    const name = await back();
    wishRestore(name, place);
    db.$client.close();
    rmSync(place.databasePath);
    await takeWishedRestore({ ...place, now });
    db = openDatabase(place.databasePath);
    expect(db.select().from(sessions).all()).toEqual([]);
    expect(db.select().from(invitations).all()).toEqual([]);
    expect(resetLinkState(db, link.code, then).state).toBe("unknown");
    expect(db.select().from(users).all()).toMatchObject([{ sessionVersion: 2 }]);
  });

  it("forgets nothing of an account that was deleted since", async () => {
    person("ada", "admin");
    const bob = person("bob");
    const name = await back();
    deleteUser(db, { id: bob });
    expect(restoreChangesOf(db, name, place).peopleBack).toEqual({ count: 1, names: ["bob"] });
    await restore(name);
    expect(db.select().from(users).where(eq(users.id, bob)).get()?.passwordHash).toBe(
      "hash of bob",
    );
  });
});

it("files are held after a restore until none are left", async () => {
  const name = await back();
  await restore(name);
  expect(restoredOf(db)).toMatchObject({ from: name, holdsFiles: true, held: null });
  saveHeld(db, { entries: 2, sizeBytes: 100 }, now);
  expect(restoredOf(db)).toMatchObject({ holdsFiles: true, held: { entries: 2, sizeBytes: 100 } });
  // The backup of before belongs to them, however old it grows.
  const later = new Date(now.getTime() + 40 * 86_400_000);
  await makeBackup(db, { ...place, reason: "nightly", now: later });
  expect((await listBackups(place)).map(({ reason }) => reason)).toEqual([
    "nightly",
    "before-restore",
  ]);
  saveHeld(db, { entries: 0, sizeBytes: 0 }, now);
  expect(holdsFiles(db)).toBe(false);
});
