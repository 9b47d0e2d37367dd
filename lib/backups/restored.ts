import { eq } from "drizzle-orm";
import { z } from "zod";
import { serviceState } from "@/db/schema/household";
import type { Db } from "@/lib/db";

const key = "restored";

const stored = z.object({
  /** Of the wish to restore: that it was done is told by finding it here. */
  id: z.string(),
  at: z.number(),
  /** The backup that was restored. */
  from: z.string(),
  /** The backup of what was there before; null when that could not be read. */
  before: z.string().nullable(),
  /** While true, no file is removed for being unknown: it may belong to what was there before. */
  holdsFiles: z.boolean(),
  /** What is held, as the last sweep counted it; null until then. */
  held: z.object({ entries: z.number(), sizeBytes: z.number() }).nullable(),
});

/** The last restore of this library, and the files from before it that are kept. */
export type Restored = z.output<typeof stored>;

/** The last restore; null when there was none. */
export function restoredOf(db: Db): Restored | null {
  const row = db.select().from(serviceState).where(eq(serviceState.key, key)).get();
  const parsed = stored.safeParse(row?.value);
  return parsed.success ? parsed.data : null;
}

/** True while files that no row knows have to stay. */
export function holdsFiles(db: Db): boolean {
  return restoredOf(db)?.holdsFiles ?? false;
}

/** The backup without which the held files would mean nothing to anybody; null when none are held. */
export function heldBackup(db: Db): string | null {
  const restored = restoredOf(db);
  return restored?.holdsFiles ? restored.before : null;
}

/** Writes down that this database was restored. */
export function saveRestored(db: Db, value: Restored, now: Date): void {
  db.insert(serviceState)
    .values({ key, value, updatedAt: now })
    .onConflictDoUpdate({ target: serviceState.key, set: { value, updatedAt: now } })
    .run();
}

/** What a sweep counted of the held files: once there are none, there is nothing to hold. */
export function saveHeld(db: Db, held: { entries: number; sizeBytes: number }, now: Date): void {
  const restored = restoredOf(db);
  if (!restored?.holdsFiles) return;
  saveRestored(db, { ...restored, held, holdsFiles: held.entries > 0 }, now);
}

/** Lets go of the files from before the last restore: the next sweep removes them. */
export function releaseHeld(db: Db, now: Date): void {
  const restored = restoredOf(db);
  if (restored) saveRestored(db, { ...restored, held: null, holdsFiles: false }, now);
}
