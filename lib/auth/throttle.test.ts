import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { signInFailures } from "@/db/schema/people";
import { AppError } from "@/lib/errors";
import { type TestSite, testSite } from "@/tests/support/site";
import { admitAttempt, forgive, pauseMs, throttleRules } from "./throttle";

let site: TestSite;
beforeEach(() => {
  site = testSite();
});
afterEach(() => site[Symbol.dispose]());

const start = new Date("2026-03-01T10:00:00Z").getTime();
const at = (ms: number) => new Date(start + ms);

/** Seconds to wait; 0 when the attempt was let through. */
function attempt(username: string, address: string | null, ms = 0): number {
  try {
    admitAttempt(site.db, { username, address }, at(ms));
    return 0;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    expect(error.status).toBe(429);
    return error.retryAfterSeconds ?? -1;
  }
}

function times(count: number, make: (index: number) => number): number[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

describe("an account", () => {
  test("lets five wrong passwords through, then asks to wait, each time longer", () => {
    expect(times(5, () => attempt("ada", null))).toEqual([0, 0, 0, 0, 0]);
    expect(attempt("ada", null)).toBe(5);
    expect(attempt("ADA", null, 4_999)).toBe(1);
    expect(attempt("ada", null, 5_000)).toBe(0);
    expect(attempt("ada", null, 5_001)).toBe(10);
  });

  test("is not slowed by what happens to another", () => {
    times(6, () => attempt("ada", null));
    expect(attempt("bob", null)).toBe(0);
  });

  test("starts afresh once somebody signed in, or a day later", () => {
    times(5, () => attempt("ada", null));
    forgive(site.db, { username: "ada", address: null });
    expect(attempt("ada", null)).toBe(0);
    times(5, () => attempt("bob", null));
    expect(attempt("bob", null, 86_400_001)).toBe(0);
    expect(attempt("bob", null, 86_400_002)).toBe(0);
  });
});

describe("an address", () => {
  test("waits after ten wrong passwords, however many names it tries", () => {
    expect(times(10, (index) => attempt(`user${index}`, "192.0.2.7")).every((s) => s === 0)).toBe(
      true,
    );
    expect(attempt("another", "192.0.2.7")).toBe(30);
    expect(attempt("another", "192.0.2.8")).toBe(0);
  });

  test("gets no fresh guesses by signing in to an account of its own", () => {
    for (let round = 0; round < 9; round += 1) {
      attempt(`victim${round}`, "192.0.2.7");
      attempt("own", "192.0.2.7");
      forgive(site.db, { username: "own", address: "192.0.2.7" });
    }
    attempt("victim9", "192.0.2.7");
    expect(attempt("victim10", "192.0.2.7")).toBe(30);
  });

  test("is a whole /64 of IPv6", () => {
    times(10, (index) => attempt(`user${index}`, `2001:db8:1:2::${index + 1}`));
    expect(attempt("another", "2001:db8:1:2:ffff::9")).toBe(30);
    expect(attempt("another", "2001:db8:1:3::1")).toBe(0);
  });
});

test("many at once are counted before any password was looked at", () => {
  const let_through = times(50, () => attempt("ada", "192.0.2.7")).filter((wait) => wait === 0);
  expect(let_through).toHaveLength(throttleRules.account.free);
});

test("pauses have an end", () => {
  const { account, address } = throttleRules;
  expect(pauseMs(account, 1000)).toBe(account.longestPauseMs);
  expect(pauseMs(address, 1000)).toBe(address.longestPauseMs);
});

test("what is older than a day is not kept", () => {
  times(3, (index) => attempt(`user${index}`, null));
  attempt("ada", null, 86_400_001);
  expect(site.db.select().from(signInFailures).all()).toHaveLength(1);
});
