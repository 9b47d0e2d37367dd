import { afterEach, beforeEach, expect, test } from "vitest";
import { signOutEverywhere } from "@/lib/users/mutations";
import { type TestSite, testSite } from "@/tests/support/site";
import { signTicket, verifyTicket } from "./tickets";

const now = new Date("2026-03-01T10:00:00Z");
const subject = "0123456789abcdef";
let site: TestSite;
let ada: string;
let ticket: string;
beforeEach(() => {
  site = testSite();
  ada = site.user("ada", "member");
  ticket = signTicket({ subject, userId: ada, sessionVersion: 1, now });
});
afterEach(() => site[Symbol.dispose]());

const verify = (given: string, of = subject, afterMs = 0) =>
  verifyTicket(site.db, { ticket: given, subject: of, now: new Date(now.getTime() + afterMs) });

test("opens its file for its person, for 12 hours", () => {
  expect(verify(ticket)?.id).toBe(ada);
  expect(verify(ticket, subject, 12 * 3_600_000 - 1000)?.id).toBe(ada);
  expect(verify(ticket, subject, 12 * 3_600_000)).toBeNull();
});

test("opens no other file", () => {
  expect(verify(ticket, "fedcba9876543210")).toBeNull();
});

test("ends with the sessions of its person", () => {
  signOutEverywhere(site.db, { userId: ada, keepSessionId: null });
  expect(verify(ticket)).toBeNull();
});

test("cannot be made longer, given to another, or made up", () => {
  const [expires = "", userId = "", version = "", signature = ""] = ticket.split(".");
  const bob = site.user("bob", "member");
  const longer = (Number.parseInt(expires, 36) + 3600).toString(36);
  expect(verify([longer, userId, version, signature].join("."))).toBeNull();
  expect(verify([expires, bob, version, signature].join("."))).toBeNull();
  expect(verify([expires, userId, "2", signature].join("."))).toBeNull();
  const other = `${signature.startsWith("A") ? "B" : "A"}${signature.slice(1)}`;
  expect(verify([expires, userId, version, other].join("."))).toBeNull();
  for (const text of ["", "...", "a.b.c.d", "é".repeat(100)]) expect(verify(text)).toBeNull();
});
