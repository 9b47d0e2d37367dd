import { eq } from "drizzle-orm";
import { z } from "zod";
import { serviceState } from "@/db/schema/household";
import type { Db } from "@/lib/db";
import { type Check, type LookedArea, lookedAreas, lookedAt } from "./schema";

const key = "checks";

const stored = z.partialRecord(z.enum(lookedAreas), lookedAt);

/** What was found when each area was looked at last. */
export type LookedAt = z.output<typeof stored>;

/** What was found last; of another version's words nothing is believed. */
export function lookedAtOf(db: Db): LookedAt {
  const row = db.select().from(serviceState).where(eq(serviceState.key, key)).get();
  return stored.safeParse(row?.value).data ?? {};
}

/** Writes down what was found of an area. */
export function saveChecks(
  db: Db,
  args: { area: LookedArea; checks: Check[]; elapsedMs: number; now: Date },
): void {
  const { area, checks, elapsedMs, now } = args;
  db.transaction((tx) => {
    const value = { ...lookedAtOf(tx), [area]: { at: now.getTime(), elapsedMs, checks } };
    tx.insert(serviceState)
      .values({ key, value, updatedAt: now })
      .onConflictDoUpdate({ target: serviceState.key, set: { value, updatedAt: now } })
      .run();
  });
}
