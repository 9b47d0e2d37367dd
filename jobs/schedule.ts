import cron from "node-cron";
import type { Env } from "@/lib/env";
import { logFor } from "@/lib/log";
import { requestMissingMetadata } from "@/lib/movies/metadata";
import { dropFinished } from "@/lib/queue/reap";
import { checkHealth } from "./check-health";
import { sweep } from "./sweep";
import { watchClosely } from "./watch-closely";
import type { WatchContext } from "./watch-downloads";

const log = logFor("schedule");

export interface ScheduleContext extends WatchContext {
  env: Env;
}

interface Tick {
  name: string;
  /** With seconds in front. */
  cron: string;
  run(context: ScheduleContext): Promise<void> | void;
}

/** Everything that happens by the clock. */
const ticks: Tick[] = [
  { name: "watch-downloads", cron: "*/2 * * * * *", run: watchClosely },
  { name: "check-health", cron: "*/10 * * * * *", run: checkHealth },
  { name: "sweep", cron: "0 17 * * * *", run: sweep },
  {
    name: "ask-again-for-metadata",
    cron: "0 41 * * * *",
    run: ({ db, services, now }) => {
      if (services.tmdb()) requestMissingMetadata(db, now());
    },
  },
  {
    name: "drop-finished-jobs",
    cron: "0 5 4 * * *",
    run: ({ db, now }) => void dropFinished(db, now()),
  },
];

/** One tick at a time of each kind; a tick that fails is logged and the next one comes. */
function guarded(tick: Tick, context: ScheduleContext): () => Promise<void> {
  let isRunning = false;
  return async () => {
    if (isRunning) return;
    isRunning = true;
    try {
      await tick.run(context);
    } catch (error) {
      log.error({ err: error, tick: tick.name }, "a tick failed");
    } finally {
      isRunning = false;
    }
  };
}

/** Starts the clock; returns what stops it. Health and downloads are looked at right away. */
export function startSchedule(context: ScheduleContext): { stop(): Promise<void> } {
  const tasks = ticks.map((tick) => {
    const run = guarded(tick, context);
    if (tick.name === "check-health" || tick.name === "sweep") void run();
    // A tick that a busy machine missed is no event: the next one does its work.
    return cron.schedule(tick.cron, run, { name: tick.name, suppressMissedWarning: true });
  });
  return {
    async stop() {
      await Promise.all(tasks.map((task) => task.destroy()));
    },
  };
}
