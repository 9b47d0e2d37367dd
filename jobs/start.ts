import { lockFolder } from "@/db/lock";
import { prepareAccounts } from "@/lib/auth/prepare-accounts";
import { backupPlaceOf } from "@/lib/backups/place";
import { saveBackupProblem } from "@/lib/backups/problem";
import { takeWishedRestore, wishRestore } from "@/lib/backups/restore";
import { closeDatabase, database, holdDatabase, releaseDatabase } from "@/lib/db";
import { EnvironmentError, env, makeFolders } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { logFor } from "@/lib/log";
import { installPeerHeader } from "@/lib/web/peer";
import { type Background, startBackground } from "./background";
import { prepareDatabase } from "./prepare-database";

const log = logFor("start");

/** After this long a stop is no longer graceful: what still runs is cut off, and recovered later. */
const stopDeadlineMs = 15_000;

/** As long as one that was told to stop may take to let go of the folder. */
const folderWaitMs = stopDeadlineMs + 5_000;

const holder = globalThis as typeof globalThis & {
  vigilioStarted?: boolean;
  /** Kept, since a lock that nobody refers to any more is collected, and released by that. */
  vigilioFolder?: unknown;
};

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
  holder.vigilioFolder = lockFolder(settings.dataDir, folderWaitMs);
  if (!holder.vigilioFolder) {
    throw new EnvironmentError(
      `Another Vigilio works in ${settings.dataDir}. Stop it, or set VIGILIO_DATA_DIR to another folder.`,
    );
  }
  const problem = await prepareDatabase(backupPlaceOf(settings), () => new Date());
  installPeerHeader({ trustProxy: settings.values.VIGILIO_TRUST_PROXY ?? false });

  const db = database();
  if (problem) saveBackupProblem(db, problem, new Date());
  const { setupCode } = await prepareAccounts(db, settings, new Date());
  if (setupCode) {
    log.info(
      `Nobody is signed up yet. Open /setup; from another machine it asks for this code: ${setupCode}`,
    );
  }
  background = await startBackground(restore);
  endWithSignals();
}

let background: Background | undefined;
/** The restore that is under way. */
let restoring: Promise<unknown> | undefined;

/** As `Runtime.restore` says. Nothing else has the database open meanwhile. */
async function restore(name: string): Promise<{ from: string; before: string | null }> {
  if (restoring) throw new AppError("restore-running", { status: 409 });
  const settings = env();
  const place = backupPlaceOf(settings);
  wishRestore(name, place);
  const work = async () => {
    // Whatever could not be ended finds the database closed.
    await background?.stop().catch((error) => log.error({ err: error }, "not all work ended"));
    background = undefined;
    holdDatabase();
    try {
      const done = await takeWishedRestore({ ...place, now: new Date() });
      if (!done) throw new AppError("backup-failed", { status: 500 });
      log.info(done, "a backup was restored");
      return done;
    } finally {
      releaseDatabase();
      background = await startBackground(restore).catch(refuseToStart);
    }
  };
  const working = work();
  restoring = working;
  return working.finally(() => {
    restoring = undefined;
  });
}

async function stop(): Promise<void> {
  // What it was about to do stands in a file: cut off, it is done by the next start.
  await restoring?.catch(() => undefined);
  await background?.stop();
  closeDatabase();
}

/** Owns the end of the process: Next's own handlers would cut the clean-up off. */
function endWithSignals(): void {
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
