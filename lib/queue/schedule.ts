import { setTimeout as pause } from "node:timers/promises";
import type { Db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { runtime, type Tick } from "./runtime";
import type { TickView } from "./schema";
import { scheduleRunsOf } from "./ticks";

/** Everything that happens by the clock; what an earlier start did while there is no scheduler. */
export function listTicks(db: Db): TickView[] {
  const running = runtime()?.ticks();
  if (running) return running.map(viewOf);
  return [...scheduleRunsOf(db)].map(([name, last]) =>
    viewOf({ name, last, isRunning: false, nextAt: null }),
  );
}

function viewOf({ name, isRunning, last, nextAt }: Tick): TickView {
  return {
    name,
    isRunning,
    last: last && {
      startedAt: last.startedAt.toISOString(),
      durationSeconds: (last.finishedAt.getTime() - last.startedAt.getTime()) / 1000,
      outcome: last.outcome,
      detail: last.detail,
    },
    nextAt: nextAt?.toISOString() ?? null,
  };
}

/**
 * Begins at once what happens by the clock, unless it is at it.
 *
 * @throws AppError 404 for an unknown name, 409 while it runs, 503 without a scheduler.
 */
export function startTick(name: string): Promise<void> {
  const scheduler = runtime();
  if (!scheduler) throw new AppError("schedule-down", { status: 503 });
  const run = scheduler.runTick(name);
  if (run === null) throw new AppError("schedule-unknown", { status: 404 });
  if (run === "running") throw new AppError("schedule-running", { status: 409 });
  return run;
}

/** The same, for a person who should find it done. @returns whether it ended in that time. */
export async function runTickSoon(name: string, { waitMs }: { waitMs: number }): Promise<boolean> {
  const run = startTick(name).then(() => true);
  return Promise.race([run, pause(waitMs, false)]);
}
