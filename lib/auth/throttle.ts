import { eq, inArray, lt } from "drizzle-orm";
import { signInFailures } from "@/db/schema/people";
import type { Db } from "@/lib/db";
import { AppError } from "@/lib/errors";

interface ThrottleRule {
  /** Failures in a row that cost nothing. */
  free: number;
  /** The first pause; each further failure doubles it. */
  firstPauseMs: number;
  longestPauseMs: number;
}

/**
 * An account's pauses stay short enough that a stranger cannot lock its owner out for long; an
 * address, which is the stranger's own, waits longer.
 */
export const throttleRules: Record<"account" | "address", ThrottleRule> = {
  account: { free: 5, firstPauseMs: 5_000, longestPauseMs: 5 * 60_000 },
  address: { free: 10, firstPauseMs: 30_000, longestPauseMs: 60 * 60_000 },
};

/** Failures are forgotten a day after the last one. */
const forgottenAfterMs = 86_400_000;

/** How long to wait after so many failures in a row: 0 while they are free. */
export function pauseMs(rule: ThrottleRule, failures: number): number {
  if (failures < rule.free) return 0;
  return Math.min(rule.longestPauseMs, rule.firstPauseMs * 2 ** Math.min(failures - rule.free, 30));
}

/** An IPv6 host owns its whole /64, so that is what counts as one address. */
export function addressKey(address: string): string {
  if (!address.includes(":")) return `address:${address}`;
  const [head = "", tail] = address.split("::");
  const groups = head.split(":").filter(Boolean);
  if (tail !== undefined) {
    const rest = tail.split(":").filter(Boolean);
    while (groups.length + rest.length < 8) groups.push("0");
    groups.push(...rest);
  }
  return `address:${groups.slice(0, 4).join(":").toLowerCase()}::/64`;
}

/** Whom an attempt is counted against. */
export interface AttemptBy {
  username: string;
  /** Null when it is not known: then only the account counts. */
  address: string | null;
}

function keysOf(by: AttemptBy): { key: string; rule: ThrottleRule }[] {
  const keys = [{ key: `account:${by.username.toLowerCase()}`, rule: throttleRules.account }];
  if (by.address) keys.push({ key: addressKey(by.address), rule: throttleRules.address });
  return keys;
}

/**
 * Lets an attempt through, or refuses it. It counts as failed from the start, so that many at once
 * are not all let through while the first one's password is looked at; `forgive` takes it back.
 *
 * @throws AppError 429 with the time to wait.
 */
export function admitAttempt(db: Db, by: AttemptBy, now: Date): void {
  db.transaction((tx) => {
    const old = new Date(now.getTime() - forgottenAfterMs);
    tx.delete(signInFailures).where(lt(signInFailures.lastFailedAt, old)).run();
    const keys = keysOf(by);
    const rows = tx
      .select()
      .from(signInFailures)
      .where(
        inArray(
          signInFailures.key,
          keys.map(({ key }) => key),
        ),
      )
      .all();
    const waitMs = Math.max(
      0,
      ...rows.map(({ blockedUntil }) => (blockedUntil?.getTime() ?? 0) - now.getTime()),
    );
    if (waitMs > 0) {
      const seconds = Math.ceil(waitMs / 1000);
      throw new AppError("sign-in-throttled", {
        status: 429,
        values: { seconds, minutes: Math.ceil(seconds / 60) },
        retryAfterSeconds: seconds,
      });
    }
    for (const { key, rule } of keys) {
      const failures = (rows.find((row) => row.key === key)?.failures ?? 0) + 1;
      const pause = pauseMs(rule, failures);
      const values = {
        failures,
        lastFailedAt: now,
        blockedUntil: pause > 0 ? new Date(now.getTime() + pause) : null,
      };
      tx.insert(signInFailures)
        .values({ key, ...values })
        .onConflictDoUpdate({ target: signInFailures.key, set: values })
        .run();
    }
  });
}

/**
 * The attempt was right: the account starts afresh, and the address gets this one back but no more,
 * so that an account of one's own does not buy guesses at another's.
 */
export function forgive(db: Db, by: AttemptBy): void {
  db.transaction((tx) => {
    for (const { key } of keysOf(by)) {
      const row = tx.select().from(signInFailures).where(eq(signInFailures.key, key)).get();
      if (!row) continue;
      if (key.startsWith("account:") || row.failures <= 1) {
        tx.delete(signInFailures).where(eq(signInFailures.key, key)).run();
      } else {
        tx.update(signInFailures)
          .set({ failures: row.failures - 1, blockedUntil: null })
          .where(eq(signInFailures.key, key))
          .run();
      }
    }
  });
}
