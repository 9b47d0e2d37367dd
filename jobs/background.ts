import { database } from "@/lib/db";
import { env } from "@/lib/env";
import { reason } from "@/lib/errors";
import { randomId } from "@/lib/ids";
import { requestMissingMetadata } from "@/lib/movies/metadata";
import { askAgainForSubtitles } from "@/lib/queue/ask-again";
import { saveHealth } from "@/lib/queue/health";
import { type Runtime, setRuntime } from "@/lib/queue/runtime";
import { endOrphanRuns, ownRuns } from "@/lib/services/ffmpeg/orphans";
import { endAll } from "@/lib/services/ffmpeg/run";
import { connect } from "@/lib/settings/connect";
import { settingsOf } from "@/lib/settings/data";
import { runChecks } from "./checks/run-checks";
import { handlers } from "./handlers";
import { runManagedQbittorrent } from "./managed-qbittorrent";
import { encodesAtOnce } from "./plan-options";
import { recover } from "./recover";
import { Runner } from "./runner";
import { startSchedule } from "./schedule";

/** Everything that works without anybody waiting for it. */
export interface Background {
  /** Gives the work back, to be taken up by the next start, and ends every program. */
  stop(): Promise<void>;
}

/** Starts the parts that wait for others; none of them holds a start of Vigilio up. */
export async function startBackground(restore: Runtime["restore"]): Promise<Background> {
  const settings = env();
  ownRuns(settings.dataDir);
  const db = database();
  const now = () => new Date();
  const startedAt = now();
  const bootId = randomId();
  const services = connect(db, settings);

  // Whatever a killed one left: its programs first, which may still write where the work is redone.
  await endOrphanRuns();
  recover(db, bootId, now());

  const isExternal = settingsOf(db, settings).qbittorrentUrl !== null;
  const managed = isExternal ? null : runManagedQbittorrent(settings);
  const runner = new Runner({
    db,
    env: settings,
    services,
    handlers,
    bootId,
    lanes: { io: 4, cpu: encodesAtOnce() },
    now,
  });
  setRuntime({
    bootId,
    wake: () => runner.wake(),
    managedQbittorrent: () => managed?.access() ?? null,
    sweep: () => void schedule.run("sweep"),
    runChecks: (areas) => runChecks({ db, env: settings, services, now }, areas),
    ticks: () => schedule.ticks(),
    runTick: (name) => schedule.run(name),
    restore,
  });
  if (services.tmdb()) requestMissingMetadata(db, now());
  if (services.openSubtitles()) askAgainForSubtitles(db, now(), { isKeyNew: true });
  // The first sign of life; what depends on others is looked at right after, and takes a moment.
  saveHealth(db, { scheduler: { ok: true, detail: reason("health-ok") } }, now());
  runner.start();
  const schedule = startSchedule({ db, env: settings, services, now, startedAt });

  return {
    async stop() {
      await schedule.stop();
      await Promise.all([runner.stop(), managed?.stop()]);
      await endAll();
      setRuntime(undefined);
    },
  };
}
