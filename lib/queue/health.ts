import { eq } from "drizzle-orm";
import { z } from "zod";
import { serviceState } from "@/db/schema";
import type { Db } from "@/lib/db";
import { type Reason, reason } from "@/lib/errors";

export const serviceNames = [
  "database",
  "scheduler",
  "qbittorrent",
  "ffmpeg",
  "ffprobe",
  "disk",
] as const;
export type ServiceName = (typeof serviceNames)[number];

export interface ServiceHealth {
  ok: boolean;
  /** What it is, or what is wrong and what to do. */
  detail: Reason;
}
export type Health = Record<ServiceName, ServiceHealth>;

const storedReason = z.object({
  code: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
const stored = z.object({
  at: z.number(),
  checks: z.partialRecord(
    z.enum(serviceNames),
    z.object({ ok: z.boolean(), detail: storedReason }),
  ),
});

const key = "health";
/** The scheduler writes every 10 s; when it has not for this long, it is down. */
const staleAfterMs = 45_000;

/** Written by the scheduler: what it found when it looked at what everything depends on. */
export function saveHealth(db: Db, checks: Partial<Health>, now: Date): void {
  const value = { at: now.getTime(), checks };
  db.insert(serviceState)
    .values({ key, value, updatedAt: now })
    .onConflictDoUpdate({ target: serviceState.key, set: { value, updatedAt: now } })
    .run();
}

/** When the scheduler last gave a sign of life; null when it never did. */
export function lastTickAt(db: Db): Date | null {
  const row = db.select().from(serviceState).where(eq(serviceState.key, key)).get();
  const found = stored.safeParse(row?.value);
  return found.success ? new Date(found.data.at) : null;
}

/** What works and what does not, from one read: that it could be read is the database's own check. */
export function readHealth(db: Db, now: Date): Health {
  const unknown: ServiceHealth = { ok: false, detail: reason("health-not-checked") };
  const health: Health = {
    database: unknown,
    scheduler: unknown,
    qbittorrent: unknown,
    ffmpeg: unknown,
    ffprobe: unknown,
    disk: unknown,
  };
  try {
    const row = db.select().from(serviceState).where(eq(serviceState.key, key)).get();
    health.database = { ok: true, detail: reason("health-ok") };
    const found = stored.safeParse(row?.value);
    if (!found.success) return health;
    Object.assign(health, found.data.checks);
    const ageMs = now.getTime() - found.data.at;
    health.scheduler =
      ageMs < staleAfterMs
        ? { ok: true, detail: reason("health-ok") }
        : {
            ok: false,
            detail: reason("health-scheduler-silent", { seconds: Math.round(ageMs / 1000) }),
          };
  } catch {
    health.database = { ok: false, detail: reason("health-database-unreadable") };
  }
  return health;
}

/** Names and reasons of what is down among the given services. */
export function downServices(
  health: Health,
  needed: readonly ServiceName[],
): { name: ServiceName; detail: Reason }[] {
  return needed
    .filter((name) => !health[name].ok)
    .map((name) => ({ name, detail: health[name].detail }));
}
