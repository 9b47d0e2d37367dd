import { createHmac } from "node:crypto";
import { and, eq, like, lte } from "drizzle-orm";
import { z } from "zod";
import { serviceState } from "@/db/schema/household";
import type { Db } from "@/lib/db";

/** Enough for a school class behind one address, and nothing for a script that makes accounts. */
export const mostPerHour = 30;
const windowMs = 3_600_000;

const prefix = "demo-arrivals:";
const stored = z.object({ count: z.number(), sinceMs: z.number() });

/** An address as it is kept: who looked at a demo is nobody's business, not even a backup's. */
export function arrivalOf(key: Buffer, address: string): string {
  return createHmac("sha256", key).update(`demo\n${address}`).digest("base64url");
}

/** Accounts that were made for an address within the hour since its first. */
function countedFor(db: Db, arrivedFrom: string, now: Date): z.output<typeof stored> {
  const key = prefix + arrivedFrom;
  const row = db.select().from(serviceState).where(eq(serviceState.key, key)).get();
  const known = stored.safeParse(row?.value).data;
  const isRunning = known !== undefined && now.getTime() - known.sinceMs < windowMs;
  return isRunning ? known : { count: 0, sinceMs: now.getTime() };
}

/** Seconds that an address has to wait for another account; 0 for none. */
export function arrivalPause(db: Db, arrivedFrom: string, now: Date): number {
  const { count, sinceMs } = countedFor(db, arrivedFrom, now);
  if (count < mostPerHour) return 0;
  return Math.max(1, Math.ceil((sinceMs + windowMs - now.getTime()) / 1000));
}

/** Counts an account that is made. */
export function countArrival(db: Db, arrivedFrom: string, now: Date): void {
  const { count, sinceMs } = countedFor(db, arrivedFrom, now);
  const values = { value: { count: count + 1, sinceMs }, updatedAt: now };
  db.insert(serviceState)
    .values({ key: prefix + arrivedFrom, ...values })
    .onConflictDoUpdate({ target: serviceState.key, set: values })
    .run();
}

/** Drops what no longer counts. */
export function forgetArrivals(db: Db, now: Date): void {
  const old = new Date(now.getTime() - windowMs);
  db.delete(serviceState)
    .where(and(like(serviceState.key, `${prefix}%`), lte(serviceState.updatedAt, old)))
    .run();
}
