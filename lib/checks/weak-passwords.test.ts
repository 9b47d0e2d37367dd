import { eq } from "drizzle-orm";
import { afterEach, beforeEach, expect, it } from "vitest";
import { serviceState, users } from "@/db/schema";
import { randomId } from "@/lib/ids";
import { hashPassword } from "@/lib/users/password";
import { testDatabase } from "@/tests/support/database";
import { adminFacts } from "./weak-passwords";

const now = new Date("2026-03-10T12:00:00Z");

let db: ReturnType<typeof testDatabase>;
beforeEach(() => {
  db = testDatabase();
});
afterEach(() => db[Symbol.dispose]());

async function admin(username: string, password: string | null, more: object = {}) {
  const passwordHash = password === null ? null : await hashPassword(password);
  const row = { id: randomId(), username, passwordHash, role: "admin" as const, createdAt: now };
  db.insert(users)
    .values({ ...row, ...more })
    .run();
}

it("finds the passwords that anybody would try, and no others", async () => {
  await admin("ada", "password1");
  await admin("grace123", "grace123");
  await admin("kay", "kay123");
  await admin("alan", "a long enough sentence");
  await admin("barbara", "another long sentence", { mustChangePassword: true });
  await admin("guest", null);
  await admin("gone", "password1", { disabledAt: now });
  await admin("mia", "password1", { role: "member" });
  expect(await adminFacts(db, now)).toEqual([
    { username: "ada", password: "known" },
    { username: "grace123", password: "known" },
    { username: "kay", password: "known" },
    { username: "alan", password: "fine" },
    { username: "barbara", password: "given" },
    { username: "guest", password: "none" },
  ]);
});

it("tries each password once, and again when it changes", async () => {
  await admin("ada", "a long enough sentence");
  await adminFacts(db, now);
  const row = db.select().from(serviceState).where(eq(serviceState.key, "weak-passwords")).get();
  const [digest] = Object.keys(row?.value as object);
  // What is kept is believed: nothing was tried.
  db.update(serviceState)
    .set({ value: { [digest ?? ""]: true } })
    .run();
  expect((await adminFacts(db, now))[0]?.password).toBe("known");
  db.update(users)
    .set({ passwordHash: await hashPassword("another long sentence") })
    .run();
  expect((await adminFacts(db, now))[0]?.password).toBe("fine");
});
