import cron from "node-cron";
import { emptyBin } from "@/lib/bin/mutations";
import type { Connection } from "@/lib/db";
import { forgetVisitors } from "@/lib/demo/visitors";
import type { Env } from "@/lib/env";
import { logFor } from "@/lib/log";
import { requestMissingMetadata } from "@/lib/movies/metadata";
import { askAgainForMetadata, askAgainForSubtitles } from "@/lib/queue/ask-again";
import { dropFinished } from "@/lib/queue/reap";
import type { Tick } from "@/lib/queue/runtime";
import { isDemo } from "@/lib/settings/data";
import { forgetRemovedSources } from "@/lib/sources/removal";
import { requestMissingPreviews } from "@/lib/versions/previews";
import { applyPreferences } from "./apply-preferences";
import { backUpNightly } from "./back-up";
import { checkHealth } from "./check-health";
import { measureSpeed } from "./measure-speed";
import { retireMoved } from "./moved-files";
import { readMissingChapters } from "./read-chapters";
import { findLostWork } from "./recover";
import { refreshGalleries } from "./refresh-galleries";
import { retireJoined } from "./retire-joined";
import { sweep } from "./sweep";
import { sweepTorrents } from "./sweep-torrents";
import { tickRuns } from "./tick-runs";
import { watchClosely } from "./watch-closely";
import type { WatchContext } from "./watch-downloads";

const log = logFor("schedule");

export interface ScheduleContext extends WatchContext {
  db: Connection;
  env: Env;
  /** When this Vigilio began: what is older and in the making belongs to a dead one. */
  startedAt: Date;
}

interface TimedWork {
  name: string;
  /** With seconds in front. */
  cron: string;
  run(context: ScheduleContext): Promise<void> | void;
}

/** Everything that happens by the clock; each has its words under `schedule.tick`. */
export const ticks: TimedWork[] = [
  { name: "watch-downloads", cron: "*/2 * * * * *", run: watchClosely },
  { name: "apply-preferences", cron: "1-59/2 * * * * *", run: applyPreferences },
  { name: "check-health", cron: "*/2 * * * * *", run: checkHealth },
  { name: "sweep", cron: "0 17 * * * *", run: sweep },
  // At half past three by the server's clock, and in any hour when the last one is too old.
  { name: "back-up", cron: "0 30 * * * *", run: backUpNightly },
  {
    name: "empty-bin",
    cron: "10 1-59/5 * * * *",
    run: ({ db, now }) => {
      const jobIds = emptyBin(db, now(), { onlyDue: true });
      if (jobIds.length > 0) log.info({ count: jobIds.length }, "what lay in the bin is deleted");
    },
  },
  { name: "sweep-torrents", cron: "30 */10 * * * *", run: sweepTorrents },
  {
    name: "find-lost-work",
    cron: "0 3-59/10 * * * *",
    run: ({ db, now }) => {
      const found = db.transaction((tx) => findLostWork(tx, now()));
      if (found.downloads + found.versions > 0) log.warn(found, "work was lost and is put back");
    },
  },
  // What failed by an outage, once the pauses between its attempts are used up.
  {
    name: "ask-again-after-outages",
    cron: "15 */10 * * * *",
    run: ({ db, services, now }) => {
      if (services.tmdb()) askAgainForMetadata(db, now());
      if (services.openSubtitles()) askAgainForSubtitles(db, now());
    },
  },
  {
    name: "ask-again-for-metadata",
    cron: "0 41 * * * *",
    run: ({ db, services, now }) => {
      if (services.tmdb()) requestMissingMetadata(db, now());
    },
  },
  { name: "retire-joined", cron: "20 * * * * *", run: retireJoined },
  { name: "retire-moved", cron: "22 * * * * *", run: retireMoved },
  // Films that are there since before there were previews.
  {
    name: "request-missing-previews",
    cron: "45 * * * * *",
    run: ({ db, now }) => void requestMissingPreviews(db, now()),
  },
  { name: "read-missing-chapters", cron: "5 * * * * *", run: readMissingChapters },
  { name: "measure-speed", cron: "50 * * * * *", run: (context) => measureSpeed(context) },
  {
    name: "forget-removed-sources",
    cron: "25 */5 * * * *",
    run: ({ db, now }) => forgetRemovedSources(db, now()),
  },
  {
    name: "forget-visitors",
    cron: "35 * * * * *",
    run({ db, env, now }) {
      const count = forgetVisitors(db, { isDemo: isDemo(db, env), now: now() });
      if (count > 0) log.info({ count }, "visitors of the demo are forgotten");
    },
  },
  { name: "refresh-galleries", cron: "25 */20 * * * *", run: refreshGalleries },
  {
    name: "drop-finished-jobs",
    cron: "0 5 4 * * *",
    run: ({ db, now }) => void dropFinished(db, now()),
  },
];

/** What is also done right at the start. */
const atStart = ["check-health", "sweep", "back-up", "forget-visitors"];

export interface Schedule {
  /** Every tick as it stands, in the order above. */
  ticks(): Tick[];
  /** Does now what a tick does; see `Runtime.runTick`. */
  run(name: string): Promise<void> | "running" | null;
  stop(): Promise<void>;
}

/** Starts the clock; returns what stops it. Health and downloads are looked at right away. */
export function startSchedule(context: ScheduleContext): Schedule {
  const runs = tickRuns(ticks, context);
  const tasks = runs.map((run, place) => {
    if (atStart.includes(run.name)) void run.run();
    // A tick that a busy machine missed is no event: the next one does its work.
    const options = { name: run.name, suppressMissedWarning: true };
    return cron.schedule(ticks[place]?.cron ?? "", () => run.run(), options);
  });
  return {
    ticks: () =>
      runs.map(({ name, isRunning, last }, place) => ({
        name,
        isRunning,
        last,
        nextAt: tasks[place]?.getNextRun() ?? null,
      })),
    run: (name) => runs.find((run) => run.name === name)?.runNow() ?? null,
    async stop() {
      await Promise.all(tasks.map((task) => task.destroy()));
    },
  };
}
