import { and, count, eq, lte } from "drizzle-orm";
import { users } from "@/db/schema/people";
import type { Db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { randomId } from "@/lib/ids";
import { userNamed } from "@/lib/users/data";
import { arrivalPause, countArrival, forgetArrivals } from "./arrivals";
import { visitMs } from "./visit";

/** A player asks for hundreds of ranges: the account is made to last longer no more often. */
const renewEveryMs = 5 * 60_000;

/** More than look around at once, and few enough for a small machine. */
const mostVisitors = 500;

/** Who asks for an account: their address as arrivals.ts keeps it. */
interface Arrival {
  arrivedFrom: string;
  now: Date;
}

/** Why there is no account for who asks now, 429 or 503; null when there is one. */
export function whyNoVisit(db: Db, { arrivedFrom, now }: Arrival): AppError | null {
  const here = db.select({ count: count() }).from(users).where(eq(users.role, "visitor")).get();
  if ((here?.count ?? 0) >= mostVisitors) return new AppError("demo-full", { status: 503 });
  const seconds = arrivalPause(db, arrivedFrom, now);
  if (seconds === 0) return null;
  const values = { minutes: Math.ceil(seconds / 60) };
  return new AppError("demo-visits", { status: 429, values, retryAfterSeconds: seconds });
}

/** A name that nobody has. */
function freeName(db: Db): string {
  for (;;) {
    const name = `visitor-${randomId().slice(0, 6)}`;
    if (!userNamed(db, name)) return name;
  }
}

/**
 * Makes an account for somebody who looks around a demo: without a password, and for some hours.
 *
 * @throws AppError as `whyNoVisit` says.
 */
export function welcomeVisitor(db: Db, arrival: Arrival): { id: string; sessionVersion: number } {
  return db.transaction((tx) => {
    const refusal = whyNoVisit(tx, arrival);
    if (refusal) throw refusal;
    const { arrivedFrom, now } = arrival;
    countArrival(tx, arrivedFrom, now);
    const id = randomId();
    const expiresAt = new Date(now.getTime() + visitMs);
    tx.insert(users)
      .values({ id, username: freeName(tx), role: "visitor", createdAt: now, expiresAt })
      .run();
    return { id, sessionVersion: 1 };
  });
}

/** A visitor is there: their account lasts from now on. Writes once in some minutes. */
export function renewVisit(db: Db, visitor: { id: string; expiresAt: Date }, now: Date): void {
  const expiresAt = new Date(now.getTime() + visitMs);
  if (expiresAt.getTime() - visitor.expiresAt.getTime() < renewEveryMs) return;
  db.update(users)
    .set({ expiresAt })
    .where(and(eq(users.id, visitor.id), eq(users.role, "visitor")))
    .run();
}

/** Ends a visit, and with the account whatever hangs on it. Nobody else's account is touched. */
export function forgetVisitor(db: Db, userId: string): void {
  db.delete(users)
    .where(and(eq(users.id, userId), eq(users.role, "visitor")))
    .run();
}

/**
 * Deletes visitors whose time is over, or all of them where there is no demo any more, and what is
 * known of addresses.
 *
 * @returns how many were deleted.
 */
export function forgetVisitors(db: Db, args: { isDemo: boolean; now: Date }): number {
  return db.transaction((tx) => {
    forgetArrivals(tx, args.now);
    const isOver = args.isDemo ? lte(users.expiresAt, args.now) : undefined;
    return tx
      .delete(users)
      .where(and(eq(users.role, "visitor"), isOver))
      .run().changes;
  });
}
