import { setTimeout as delay } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { serviceState } from "@/db/schema";
import type { Db } from "@/lib/db";
import type { Env } from "@/lib/env";
import { logFor } from "@/lib/log";
import { countStorage } from "./count";
import { type CountedStorage, countedStorage } from "./schema";

const log = logFor("storage");

const key = "storage";
/** As old as what was counted may be. */
const freshMs = 5 * 60_000;

/** On globalThis: a module is evaluated several times in one process, and one count is enough. */
const shared = globalThis as typeof globalThis & { vigilioStorageCount?: Promise<void> };

function kept(db: Db): CountedStorage | null {
  const row = db.select().from(serviceState).where(eq(serviceState.key, key)).get();
  return countedStorage.safeParse(row?.value).data ?? null;
}

async function count(db: Db, env: Env, now: Date): Promise<void> {
  try {
    const value = await countStorage(db, env, now);
    db.insert(serviceState)
      .values({ key, value, updatedAt: now })
      .onConflictDoUpdate({ target: serviceState.key, set: { value, updatedAt: now } })
      .run();
  } catch (error) {
    // Asked again by whoever looks next; Vigilio may just be ending.
    log.warn({ err: error }, "storage could not be counted");
  } finally {
    delete shared.vigilioStorageCount;
  }
}

/** Asks for another count at the next look: something was deleted. */
export function forgetCount(db: Db): void {
  const value = kept(db);
  if (!value) return;
  db.update(serviceState)
    .set({ value: { ...value, countedAt: 0 } })
    .where(eq(serviceState.key, key))
    .run();
}

/**
 * What was counted last, and whether it is being counted now: what is older than some minutes is
 * counted anew beside everything else.
 *
 * @param waitMs as long as one waits for the very first count.
 */
export async function countedNow(
  db: Db,
  { env, now, waitMs }: { env: Env; now: Date; waitMs: number },
): Promise<{ counted: CountedStorage | null; isCounting: boolean }> {
  const before = kept(db);
  const isFresh = before !== null && now.getTime() - before.countedAt < freshMs;
  if (!isFresh) shared.vigilioStorageCount ??= count(db, env, now);
  const running = shared.vigilioStorageCount;
  if (before === null && running) {
    await Promise.race([running, delay(waitMs, undefined, { ref: false })]);
  }
  const isCounting = shared.vigilioStorageCount !== undefined;
  return { counted: isFresh ? before : kept(db), isCounting };
}
