import { eq } from "drizzle-orm";
import { downloads, type StoredInterfaceHold } from "@/db/schema";
import type { Db } from "@/lib/db";

/** Notes that a torrent was stopped, or may go on, since a network interface is gone or back. */
export function saveInterfaceHold(
  db: Db,
  id: string,
  interfaceHold: StoredInterfaceHold | null,
  now: Date,
): void {
  db.update(downloads).set({ interfaceHold, updatedAt: now }).where(eq(downloads.id, id)).run();
}

/** What a person asked of a torrent is shown until the next look at it, and not the state before. */
export function saveCommanded(
  db: Db,
  id: string,
  state: "paused" | "queued",
  interfaceHold: StoredInterfaceHold | null,
  now: Date,
): void {
  const still = { speedBytesPerSecond: 0, etaSeconds: null };
  db.update(downloads)
    .set({ state, ...still, interfaceHold, updatedAt: now })
    .where(eq(downloads.id, id))
    .run();
}
