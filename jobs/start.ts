import { join } from "node:path";
import { migrateDatabase } from "@/db/migrate";
import { prepareAccounts } from "@/lib/auth/prepare-accounts";
import { closeDatabase, database } from "@/lib/db";
import { EnvironmentError, env, makeFolders } from "@/lib/env";
import { reason } from "@/lib/errors";
import { randomId } from "@/lib/ids";
import { logFor } from "@/lib/log";
import { requestMissingMetadata } from "@/lib/movies/metadata";
import { askAgainForSubtitles } from "@/lib/queue/ask-again";
import { saveHealth } from "@/lib/queue/health";
import { setRuntime } from "@/lib/queue/runtime";
import { endOrphanRuns, ownRuns } from "@/lib/services/ffmpeg/orphans";
import { endAll } from "@/lib/services/ffmpeg/run";
import { connect } from "@/lib/settings/connect";
import { settingsOf } from "@/lib/settings/data";
import { installPeerHeader } from "@/lib/web/peer";
import { handlers } from "./handlers";
import { runManagedQbittorrent } from "./managed-qbittorrent";
import { encodesAtOnce } from "./plan-options";
import { recover } from "./recover";
import { Runner } from "./runner";
import { startSchedule } from "./schedule";

const log = logFor("start");

/** After this long a stop is no longer graceful: what still runs is cut off, and recovered later. */
const stopDeadlineMs = 15_000;

const holder = globalThis as typeof globalThis & { vigilioStarted?: boolean };

/**
 * Brings the process to life: environment, folders, database, accounts, and then, without anybody
 * waiting for the network, the background work. Called once by instrumentation.ts.
 *
 * @throws EnvironmentError when the environment can't be used; Error when the database can't.
 */
export async function startVigilio(): Promise<void> {
  if (holder.vigilioStarted) return;
  holder.vigilioStarted = true;
  const settings = env();
  for (const warning of settings.warnings) log.warn(warning);
  makeFolders(settings);
  const migrated = migrateDatabase({
    databasePath: settings.databasePath,
    migrationsDir: join(process.cwd(), "db/migrations"),
    backupsDir: settings.backupsDir,
    now: new Date(),
  });
  if (migrated.applied > 0) log.info(migrated, "database brought up to date");
  installPeerHeader({ trustProxy: settings.values.VIGILIO_TRUST_PROXY ?? false });

  const db = database();
  const { setupCode } = await prepareAccounts(db, settings, new Date());
  if (setupCode) {
    log.info(
      `Nobody is signed up yet. Open /setup; from another machine it asks for this code: ${setupCode}`,
    );
  }
  await startBackground();
}

/** The parts that wait for others; none of them holds the start up. */
async function startBackground(): Promise<void> {
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
  });
  if (services.tmdb()) requestMissingMetadata(db, now());
  if (services.openSubtitles()) askAgainForSubtitles(db, now(), { isKeyNew: true });
  // The first sign of life; what depends on others is looked at right after, and takes a moment.
  saveHealth(db, { scheduler: { ok: true, detail: reason("health-ok") } }, now());
  runner.start();
  const schedule = startSchedule({ db, env: settings, services, now, startedAt });

  const stop = async () => {
    await schedule.stop();
    await Promise.all([runner.stop(), managed?.stop()]);
    await endAll();
    setRuntime(undefined);
    closeDatabase();
  };
  endWithSignals(stop);
}

/** Owns the end of the process: Next's own handlers would cut the clean-up off. */
function endWithSignals(stop: () => Promise<void>): void {
  let isStopping = false;
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      if (isStopping) return;
      isStopping = true;
      log.info({ signal }, "stopping");
      setTimeout(() => {
        log.warn("some work did not end in time; it is taken up again at the next start");
        process.exit(1);
      }, stopDeadlineMs).unref();
      stop().then(
        () => {
          log.info("stopped");
          process.exit(0);
        },
        (error) => {
          log.error({ err: error }, "the stop did not go well");
          process.exit(1);
        },
      );
    });
  }
}

/** Says why there is no start, in words, and ends: a server that stays up answers 500 to everything. */
export function refuseToStart(error: unknown): never {
  if (error instanceof EnvironmentError) log.fatal(error.message);
  else log.fatal({ err: error }, "Vigilio could not start");
  process.exit(1);
}
