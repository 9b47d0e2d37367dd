import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { sessions, users } from "@/db/schema/people";
import { changePassword, signOutEverywhere, updateUser } from "@/lib/users/mutations";
import { type TestSite, testSite } from "@/tests/support/site";
import { cookieValue, sealSession, sessionSeconds } from "./session-token";
import { endSession, startSession, userFromCookieHeader } from "./sessions";

const now = new Date("2026-03-01T10:00:00Z");
const later = (ms: number) => new Date(now.getTime() + ms);

let site: TestSite;
let ada: string;
beforeEach(() => {
  site = testSite();
  site.user("root", "admin");
  ada = site.user("ada", "member");
});
afterEach(() => site[Symbol.dispose]());

async function device(userId = ada) {
  const claims = startSession(site.db, {
    userId,
    sessionVersion: 1,
    userAgent: "a browser",
    address: "192.0.2.1",
    now,
  });
  return { claims, cookie: `theme=dark; vigilio.session=${await sealSession(claims)}; x=y` };
}

const who = (cookie: string | null, at = now) => userFromCookieHeader(site.db, cookie, at);

test("a cookie is its device's person, as the database knows them now", async () => {
  const { cookie, claims } = await device();
  expect(await who(cookie)).toMatchObject({
    id: ada,
    username: "ada",
    role: "member",
    sessionId: claims.sessionId,
  });
  site.db.update(users).set({ role: "admin" }).where(eq(users.id, ada)).run();
  expect((await who(cookie))?.role).toBe("admin");
});

describe("a cookie is nobody's", () => {
  test("when there is none, or it is not ours", async () => {
    expect(await who(null)).toBeNull();
    expect(await who("vigilio.session=nonsense")).toBeNull();
    const { cookie } = await device();
    expect(await who(cookie.replace(/(vigilio\.session=.{20})./, "$1!"))).toBeNull();
  });

  test("after 90 days", async () => {
    const { cookie } = await device();
    expect(await who(cookie, later(sessionSeconds * 1000 - 1))).not.toBeNull();
    expect(await who(cookie, later(sessionSeconds * 1000))).toBeNull();
  });

  test("when the device was signed out, by its own person only", async () => {
    const { cookie, claims } = await device();
    const root = site.db.select().from(users).where(eq(users.username, "root")).get();
    endSession(site.db, { sessionId: claims.sessionId, userId: root?.id ?? "" });
    expect(await who(cookie)).not.toBeNull();
    endSession(site.db, { sessionId: claims.sessionId, userId: ada });
    expect(await who(cookie)).toBeNull();
  });

  test("when the account is shut, and stays so when it is opened again", async () => {
    const { cookie } = await device();
    updateUser(site.db, { id: ada, disabled: true, now });
    expect(await who(cookie)).toBeNull();
    updateUser(site.db, { id: ada, disabled: false, now });
    expect(await who(cookie)).toBeNull();
  });

  test("when the account's version went on, even if its row stayed", async () => {
    const { cookie } = await device();
    site.db.update(users).set({ sessionVersion: 2 }).where(eq(users.id, ada)).run();
    expect(await who(cookie)).toBeNull();
  });

  test("when a demo visitor's time is over, which use puts off", async () => {
    const hourMs = 3_600_000;
    site.db
      .update(users)
      .set({ role: "visitor", expiresAt: later(3 * hourMs) })
      .run();
    const { cookie } = await device();
    const lastsUntil = () => site.db.select().from(users).where(eq(users.id, ada)).get()?.expiresAt;
    expect(await who(cookie, later(60_000))).not.toBeNull();
    // Not with every request: a film is hundreds of them.
    expect(lastsUntil()).toEqual(later(3 * hourMs));
    expect(await who(cookie, later(2 * hourMs))).not.toBeNull();
    expect(lastsUntil()).toEqual(later(5 * hourMs));
    expect(await who(cookie, later(5 * hourMs - 1))).not.toBeNull();
    expect(await who(cookie, later(8 * hourMs - 1))).toBeNull();
  });
});

test("a changed password ends the other devices and keeps this one, by a new cookie", async () => {
  const here = await device();
  const there = await device();
  const { sessionVersion } = changePassword(site.db, {
    userId: ada,
    passwordHash: "new",
    keepSessionId: here.claims.sessionId,
    now: new Date(),
  });
  expect(await who(there.cookie)).toBeNull();
  expect(await who(here.cookie)).toBeNull();
  const renewed = `vigilio.session=${await sealSession({ ...here.claims, sessionVersion })}`;
  expect((await who(renewed))?.id).toBe(ada);
});

test("signing out everywhere without a device to keep leaves none", async () => {
  const { cookie } = await device();
  signOutEverywhere(site.db, { userId: ada, keepSessionId: null });
  expect(await who(cookie)).toBeNull();
  expect(site.db.select().from(sessions).all()).toEqual([]);
});

test("the last visit is written at most once a minute", async () => {
  const { cookie } = await device();
  const seenAt = () => site.db.select().from(sessions).get()?.lastSeenAt.getTime();
  await who(cookie, later(59_000));
  expect(seenAt()).toBe(now.getTime());
  await who(cookie, later(61_000));
  expect(seenAt()).toBe(later(61_000).getTime());
});

test.each([
  ["a=1; vigilio.session=x.y; b=2", "x.y"],
  ["vigilio.session=x", "x"],
  ["xvigilio.session=x", undefined],
  ["vigilio.session", undefined],
  ["", undefined],
])("of the header %o the cookie is %o", (header, value) => {
  expect(cookieValue(header, "vigilio.session")).toBe(value);
});
