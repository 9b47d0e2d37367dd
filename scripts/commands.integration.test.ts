import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "@/db/client";
import { lockFolder } from "@/db/lock";
import { migrateDatabase } from "@/db/migrate";
import { movies } from "@/db/schema";
import { signIn } from "@/lib/auth/sign-in";
import { makeBackup } from "@/lib/backups/make";
import type { Connection } from "@/lib/db";
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
function run(script: string, args: string[] = [], dir = dataDir) {
  return new Promise<{ status: number; said: string }>((resolve) => {
    const env = { ...process.env, VIGILIO_DATA_DIR: dir };
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
