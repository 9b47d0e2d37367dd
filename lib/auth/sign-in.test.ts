import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { sessions, users } from "@/db/schema/people";
import { hashPassword, isHashOutdated, verifyPassword } from "@/lib/users/password";
import { type TestSite, testSite } from "@/tests/support/site";
import { renewPassword } from "./renew-password";
import { userOfClaims } from "./sessions";
import { signIn } from "./sign-in";

const now = new Date("2026-03-01T10:00:00Z");
let site: TestSite;
let ada: string;
beforeEach(async () => {
  site = testSite();
  ada = site.user("Ada", "admin");
  site.db
    .update(users)
    .set({ passwordHash: await hashPassword("a long password") })
    .run();
});
afterEach(() => site[Symbol.dispose]());

const attempt = (username: string, password: string) =>
  signIn(site.db, { username, password, address: "192.0.2.1", userAgent: "browser", now });

describe("signing in", () => {
  test("opens a session of this device, however the name is written", async () => {
    const claims = await attempt("aDA", "a long password");
    expect(userOfClaims(site.db, claims, now)?.id).toBe(ada);
    expect(site.db.select().from(sessions).get()).toMatchObject({
      userId: ada,
      address: "192.0.2.1",
      userAgent: "browser",
    });
  });

  test("tells nothing apart: wrong password, unknown name, shut account, no password", async () => {
    site.user("nopassword", "member");
    const shut = site.user("shut", "member");
    const passwordHash = await hashPassword("a long password");
    site.db.update(users).set({ disabledAt: now, passwordHash }).where(eq(users.id, shut)).run();
    for (const [name, password] of [
      ["ada", "wrong"],
      ["nobody", "a long password"],
      ["shut", "a long password"],
      ["nopassword", ""],
    ] as const) {
      await expect(attempt(name, password)).rejects.toMatchObject({
        status: 422,
        reason: { code: "sign-in-refused" },
      });
    }
    expect(site.db.select().from(sessions).all()).toEqual([]);
  });

  test("a right password is forgiven what came before; a throttled one is not looked at", async () => {
    for (let count = 0; count < 4; count += 1) {
      await expect(attempt("ada", "wrong")).rejects.toMatchObject({ status: 422 });
    }
    await attempt("ada", "a long password");
    for (let count = 0; count < 5; count += 1) {
      await expect(attempt("ada", "wrong")).rejects.toMatchObject({ status: 422 });
    }
    await expect(attempt("ada", "a long password")).rejects.toMatchObject({ status: 429 });
  });
});

describe("changing a password", () => {
  const change = async (currentPassword: string, newPassword: string) => {
    const user = userOfClaims(site.db, await attempt("ada", "a long password"), now);
    if (!user) throw new Error("no session");
    return renewPassword(site.db, { user, currentPassword, newPassword, address: null, now });
  };

  test("needs the current one", async () => {
    await expect(change("wrong", "another password")).rejects.toMatchObject({
      status: 422,
      fields: { currentPassword: { code: "password-wrong" } },
    });
    await expect(change("a long password", "a long password")).rejects.toMatchObject({
      fields: { newPassword: { code: "password-same" } },
    });
  });

  test("counts from then on", async () => {
    await change("a long password", "another password");
    await expect(attempt("ada", "a long password")).rejects.toMatchObject({ status: 422 });
    expect((await attempt("ada", "another password")).sessionVersion).toBe(2);
  });
});

test("hashes are argon2id of the cost that is written down", async () => {
  const hash = await hashPassword("a long password");
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,p=1,t=2\$|^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(isHashOutdated(hash)).toBe(false);
  expect(await verifyPassword(hash, "a long password")).toBe(true);
  expect(await verifyPassword(null, "nobody has this password")).toBe(false);
});
