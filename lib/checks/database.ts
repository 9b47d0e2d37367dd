import type { Reason } from "@/lib/errors";
import type { Check } from "./schema";

export interface DatabaseFacts {
  sizeBytes: number;
  /** How long it took to look it through. */
  elapsedMs: number;
  /** What SQLite found wrong with it; null when it found nothing. */
  fault: string | null;
  /** Kind of the network disk that it lies on; null on a disk of this machine. */
  networkDisk: string | null;
}

export interface BackupFacts {
  lastAt: Date | null;
  /** Why there is no newer one. */
  problem: Reason | null;
  /** When the database was made: there is no backup before the first night. */
  isNew: boolean;
  now: Date;
}

const area = "database";
const hourMs = 3_600_000;
/** A night may be missed while the machine is off. */
const oldAfterMs = 48 * hourMs;

/** Whether the database is whole, and lies where SQLite can keep it so. */
export function checkDatabase(facts: DatabaseFacts): Check {
  const name = "database";
  if (facts.fault !== null) {
    const values = { fault: facts.fault.slice(0, 200) };
    const href = "/manage/settings/backups";
    return { area, name, state: "broken", told: "database-damaged", values, href };
  }
  if (facts.networkDisk !== null) {
    const values = { kind: facts.networkDisk };
    return { area, name, state: "look", told: "database-on-network", values };
  }
  const values = {
    megabytes: Math.round(facts.sizeBytes / 1e5) / 10,
    milliseconds: Math.round(facts.elapsedMs),
  };
  return { area, name, state: "fine", told: "database-fine", values };
}

/** Whether there is a copy to go back to. */
export function checkBackup({ lastAt, problem, isNew, now }: BackupFacts): Check {
  const about = { area, name: "backup", href: "/manage/settings/backups" } as const;
  if (problem) return { ...about, state: "broken", told: "backup-failed", detail: problem };
  if (!lastAt) {
    if (isNew) return { ...about, state: "fine", told: "backup-first-night" };
    return { ...about, state: "look", told: "backup-none" };
  }
  const ageMs = now.getTime() - lastAt.getTime();
  const hours = Math.max(0, Math.round(ageMs / hourMs));
  if (ageMs <= oldAfterMs) {
    return { ...about, state: "fine", told: "backup-fine", values: { hours } };
  }
  const values = { days: Math.round(hours / 24) };
  return { ...about, state: "look", told: "backup-old", values };
}
