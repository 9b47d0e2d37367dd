import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "@/db/client";
import { lockFolder } from "@/db/lock";
import { migrateDatabase } from "@/db/migrate";
import { movies, users } from "@/db/schema";
import { signIn } from "@/lib/auth/sign-in";
import { makeBackup } from "@/lib/backups/make";
import type { Connection } from "@/lib/db";
import { welcomeVisitor } from "@/lib/demo/visitors";
import { readEnv } from "@/lib/env";
import { isDemo } from "@/lib/settings/data";
import { userNamed } from "@/lib/users/data";
import { createUser } from "@/lib/users/mutations";
import { hashPassword } from "@/lib/users/password";
import { resetLinkState } from "@/lib/users/reset-links";
import { addMovieRow } from "@/tests/support/library";

let dataDir: string;
let db: Connection;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "vigilio-commands-"));
  mkdirSync(join(dataDir, "backups"));
  const databasePath = join(dataDir, "vigilio.db");
  migrateDatabase({ databasePath, migrationsDir: "db/migrations" });
  db = openDatabase(databasePath);
});
afterEach(() => {
  db.$client.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Runs a command as package.json does. */
function run(
  script: string,
  args: string[] = [],
  dir = dataDir,
  more: Record<string, string> = {},
) {
  return new Promise<{ status: number; said: string }>((resolve) => {
    const env = { ...process.env, VIGILIO_DATA_DIR: dir, ...more };
    execFile("npx", ["tsx", `scripts/${script}.ts`, ...args], { env }, (error, out, complaint) =>
      resolve({ status: error ? Number(error.code) : 0, said: out + complaint }),
    );
  });
}

describe("npm run restore", () => {
  it("lists, refuses while Vigilio works there, and restores once it does not", async () => {
    addMovieRow(db, { title: "Then" });
    const place = { backupsDir: join(dataDir, "backups"), migrationsDir: "db/migrations" };
    const { name } = await makeBackup(db, { ...place, reason: "nightly", now: new Date(0) });
    db.delete(movies).run();
    db.$client.close();
    expect(await run("restore")).toMatchObject({
      status: 0,
      said: expect.stringMatching(`${name} +1 movies, 0 people`),
    });
    const running = lockFolder(dataDir, 0);
    const refused = await run("restore", [name]);
    expect(refused).toMatchObject({ status: 1, said: expect.stringContaining("stop it first") });
    running?.release();
    const unknown = await run("restore", ["1999-01-01T00-00-00Z-nightly.db"]);
    expect(unknown).toMatchObject({ status: 1, said: expect.stringContaining("no such backup") });
    const done = await run("restore", [name]);
    expect(done).toMatchObject({ status: 0, said: expect.stringContaining(`Restored ${name}`) });
    db = openDatabase(join(dataDir, "vigilio.db"));
    expect(db.select().from(movies).all()).toMatchObject([{ title: "Then" }]);
  });

  it("says where there is no Vigilio, and makes none", async () => {
    const empty = join(dataDir, "elsewhere");
    expect(await run("restore", [], empty)).toMatchObject({
      status: 1,
      said: expect.stringContaining("there is no Vigilio"),
    });
  });
});

describe("npm run reset-password", () => {
  it("gives a password for once, while a server has the database open", async () => {
    const passwordHash = await hashPassword("a forgotten one");
    createUser(db, { username: "Ada", passwordHash, role: "admin", now: new Date() });
    const running = lockFolder(dataDir, 0);
    const { status, said } = await run("reset-password", ["ada"]);
    running?.release();
    expect(status).toBe(0);
    const [password = ""] = /([2-9a-z]{4}-){3}[2-9a-z]{4}/.exec(said) ?? [];
    const device = { username: "Ada", address: null, userAgent: null, now: new Date() };
    await expect(signIn(db, { ...device, password: "a forgotten one" })).rejects.toThrow();
    await expect(signIn(db, { ...device, password })).resolves.toMatchObject({ sessionVersion: 2 });
    expect(userNamed(db, "ada")?.mustChangePassword).toBe(true);
  });

  it("makes a link in place of a password when it is asked for one", async () => {
    const passwordHash = await hashPassword("a forgotten one");
    createUser(db, { username: "Ada", passwordHash, role: "admin", now: new Date() });
    const { status, said } = await run("reset-password", ["ada", "--link"]);
    expect(status).toBe(0);
    const code = /\/reset\/([\w-]{24})/.exec(said)?.[1] ?? "";
    expect(resetLinkState(db, code, new Date())).toEqual({ state: "open", username: "Ada" });
    expect(userNamed(db, "ada")).toMatchObject({ passwordHash, mustChangePassword: false });
  });

  it("names whom there is when it does not know the name", async () => {
    for (const username of ["ada", "bob"]) {
      createUser(db, { username, passwordHash: "hash", role: "member", now: new Date() });
    }
    for (const args of [["zoe"], []]) {
      expect(await run("reset-password", args)).toMatchObject({
        status: 1,
        said: expect.stringContaining("There are: ada, bob"),
      });
    }
  });
});

describe("npm run demo", () => {
  const isOn = () => isDemo(db, readEnv({}, "/nowhere"));

  it("switches demo mode while a server has the database open, and tells how it is", async () => {
    const running = lockFolder(dataDir, 0);
    const on = await run("demo", ["on"]);
    expect(on).toMatchObject({ status: 0, said: expect.stringContaining("Demo mode is on") });
    expect(isOn()).toBe(true);
    welcomeVisitor(db, { arrivedFrom: "somewhere", now: new Date() });
    const off = await run("demo", ["off"]);
    running?.release();
    expect(off).toMatchObject({ status: 0, said: expect.stringContaining("Demo mode is off") });
    expect(isOn()).toBe(false);
    expect(db.select().from(users).all()).toEqual([]);
    const asked = await run("demo");
    expect(asked).toMatchObject({ status: 0, said: expect.stringContaining("Demo mode is off") });
  });

  it("leaves the decision to the environment, and says so", async () => {
    expect(await run("demo", ["off"], dataDir, { DEMO: "true" })).toMatchObject({
      status: 1,
      said: expect.stringContaining("DEMO=true in the environment decides: demo mode is on"),
    });
    expect(isOn()).toBe(false);
  });

  it("says what it takes", async () => {
    for (const args of [["maybe"], ["on", "off"]]) {
      expect(await run("demo", args)).toMatchObject({
        status: 1,
        said: expect.stringContaining("npm run demo -- on"),
      });
    }
  });
});

describe("npm run demo:seed", () => {
  it("leaves a library alone, and a folder in which Vigilio works", async () => {
    const running = lockFolder(dataDir, 0);
    expect(await run("demo-seed")).toMatchObject({
      status: 1,
      said: expect.stringContaining("Stop it first"),
    });
    running?.release();
    addMovieRow(db, { title: "Somebody's own" });
    expect(await run("demo-seed")).toMatchObject({
      status: 1,
      said: expect.stringContaining("a library in"),
    });
    expect(db.select().from(movies).all()).toHaveLength(1);
  });

  it("fills a folder that was set up, and keeps who owns it", async () => {
    const passwordHash = await hashPassword("a long enough one");
    const { id } = createUser(db, {
      username: "ada",
      passwordHash,
      role: "admin",
      now: new Date(),
    });
    db.$client.close();
    const { status, said } = await run("demo-seed");
    expect({ status, said }).toMatchObject({
      status: 0,
      said: expect.stringContaining("60 films"),
    });
    expect(said).not.toContain("admin,");
    db = openDatabase(join(dataDir, "vigilio.db"));
    const all = db.select().from(movies).all();
    expect(all).toHaveLength(60);
    expect(all.filter(({ status: of }) => of === "ready").length).toBeGreaterThan(40);
    expect(db.select().from(users).all()).toMatchObject([{ id, username: "ada" }]);
  }, 600_000);
});
