import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { serviceState } from "@/db/schema/household";
import { users } from "@/db/schema/people";
import { createFirstAdmin } from "@/lib/users/mutations";
import { isSetupCode } from "@/lib/users/setup-code";
import { type TestSite, testSite } from "@/tests/support/site";
import { prepareAccounts } from "./prepare-accounts";
import { signIn } from "./sign-in";

const now = new Date("2026-03-01T10:00:00Z");
let site: TestSite;
afterEach(() => site[Symbol.dispose]());

describe("without names in the environment", () => {
  beforeEach(() => {
    site = testSite();
  });

  test("a code is made for the first visitor; the last start's counts", async () => {
    const first = (await prepareAccounts(site.db, site.env, now)).setupCode ?? "";
    const second = (await prepareAccounts(site.db, site.env, now)).setupCode ?? "";
    expect(first).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}$/);
    expect(isSetupCode(site.db, first)).toBe(false);
    expect(isSetupCode(site.db, second)).toBe(true);
    expect(isSetupCode(site.db, second.toLowerCase().replaceAll("-", " "))).toBe(true);
    expect(isSetupCode(site.db, "")).toBe(false);
    expect(JSON.stringify(site.db.select().from(serviceState).all())).not.toContain(second);
  });

  test("the first admin uses it up, and there is only one first", async () => {
    const code = (await prepareAccounts(site.db, site.env, now)).setupCode ?? "";
    createFirstAdmin(site.db, { username: "ada", passwordHash: "hash", now });
    expect(isSetupCode(site.db, code)).toBe(false);
    expect(() => createFirstAdmin(site.db, { username: "eve", passwordHash: "hash", now })).toThrow(
      expect.objectContaining({ status: 409 }),
    );
    expect(await prepareAccounts(site.db, site.env, now)).toEqual({ setupCode: null });
    expect(site.db.select().from(users).all()).toHaveLength(1);
  });
});

test("the environment's admin is made once, and can sign in", async () => {
  site = testSite({ VIGILIO_ADMIN_USERNAME: "ada", VIGILIO_ADMIN_PASSWORD: "a long password" });
  for (let start = 0; start < 2; start += 1) {
    expect(await prepareAccounts(site.db, site.env, now)).toEqual({ setupCode: null });
  }
  expect(site.db.select().from(users).all()).toHaveLength(1);
  await expect(
    signIn(site.db, {
      username: "ada",
      password: "a long password",
      address: null,
      userAgent: null,
      now,
    }),
  ).resolves.toMatchObject({ sessionVersion: 1 });
});
