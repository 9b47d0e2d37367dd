import type { Check } from "./schema";

export interface SchedulerFacts {
  /** Since the last sign of life; null when there never was one. */
  silentMs: number | null;
  running: number;
  waiting: number;
  failed: number;
}

const area = "scheduler";
/** The scheduler writes every ten seconds; see lib/queue/health.ts. */
const staleAfterMs = 45_000;

/** Whether the background work lives, and whether any of it gave up. */
export function checkScheduler({ silentMs, ...jobs }: SchedulerFacts): Check[] {
  return [checkTick(silentMs), checkJobs(jobs)];
}

function checkTick(silentMs: number | null): Check {
  const name = "scheduler";
  if (silentMs === null) return { area, name, state: "broken", told: "scheduler-never" };
  const values = { seconds: Math.max(0, Math.round(silentMs / 1000)) };
  const isSilent = silentMs >= staleAfterMs;
  return isSilent
    ? { area, name, state: "broken", told: "scheduler-silent", values }
    : { area, name, state: "fine", told: "scheduler-fine", values };
}

function checkJobs(jobs: Omit<SchedulerFacts, "silentMs">): Check {
  const { running, waiting, failed } = jobs;
  const about = { area, name: "jobs", href: "/manage/jobs" } as const;
  return failed > 0
    ? { ...about, state: "look", told: "jobs-failed", values: { failed } }
    : { ...about, state: "fine", told: "jobs-fine", values: { running, waiting } };
}
