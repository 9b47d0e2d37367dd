import { eq } from "drizzle-orm";
import { z } from "zod";
import { serviceState } from "@/db/schema/household";
import type { Db } from "@/lib/db";
import type { Reason } from "@/lib/errors";

const key = "backup-problem";

const stored = z.object({
  at: z.number(),
  reason: z.object({
    code: z.string(),
    values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  }),
});

/** Why there is no newer backup, and since when; null while all is well. */
export function backupProblemOf(db: Db): { at: Date; reason: Reason } | null {
  const row = db.select().from(serviceState).where(eq(serviceState.key, key)).get();
  const parsed = stored.safeParse(row?.value);
  return parsed.success ? { at: new Date(parsed.data.at), reason: parsed.data.reason } : null;
}

/** Writes down why a backup could not be made; null once one was made. */
export function saveBackupProblem(db: Db, reason: Reason | null, now: Date): void {
  if (!reason) {
    db.delete(serviceState).where(eq(serviceState.key, key)).run();
    return;
  }
  const value = { at: now.getTime(), reason };
  db.insert(serviceState)
    .values({ key, value, updatedAt: now })
    .onConflictDoUpdate({ target: serviceState.key, set: { value, updatedAt: now } })
    .run();
}
