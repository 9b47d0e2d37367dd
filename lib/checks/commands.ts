import type { Connection } from "@/lib/db";
import type { Env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { runtime } from "@/lib/queue/runtime";
import { askPaced } from "@/lib/sources/ask";
import { sourceById, sourcesToAsk } from "@/lib/sources/data";
import { tightenFiles } from "./file-modes";
import { type CheckArea, checkAreas, type LookedArea, lookedAreas } from "./schema";

interface CommandContext {
  db: Connection;
  env: Env;
}

/** Any film would do: what counts is that there is an answer. */
const probeQuery = "Metropolis";
/** A slow indexer goes on; what it says is on its record when it comes. */
const sourceWaitMs = 20_000;

const now = () => new Date();

/** Asks a source. How it went stands on its record, so a failure is no fault here. */
async function askOnce(db: Connection, sourceId: string): Promise<void> {
  const source = sourceById(db, sourceId);
  if (!source) throw new AppError("source-unknown", { status: 404 });
  const { signal } = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, sourceWaitMs);
  });
  const answered = askPaced({ db, now }, source, probeQuery, { signal }).then(
    () => undefined,
    () => undefined,
  );
  await Promise.race([answered, late]).finally(() => clearTimeout(timer));
}

function isLooked(area: CheckArea): area is LookedArea {
  return lookedAreas.some((one) => one === area);
}

/**
 * Looks at everything anew, or at these areas, or at one source.
 *
 * @throws AppError 404 for an unknown source; 503 while the background work is not there to look.
 */
export async function runChecks(
  { db }: CommandContext,
  { areas, sourceId }: { areas?: readonly CheckArea[] | undefined; sourceId?: string | undefined },
): Promise<void> {
  if (sourceId !== undefined) return askOnce(db, sourceId);
  const wanted = areas ?? checkAreas;
  const looked = wanted.filter(isLooked);
  const look = runtime()?.runChecks;
  if (looked.length > 0 && !look) throw new AppError("checks-not-possible", { status: 503 });
  const asked = wanted.includes("sources") ? sourcesToAsk(db, now()).askable : [];
  await Promise.all([look?.(looked), ...asked.map(({ id }) => askOnce(db, id))]);
}

/**
 * Takes the right to read Vigilio's private files from everybody else on this machine.
 *
 * @throws AppError 503 where they are another user's.
 */
export async function mendFileModes(context: CommandContext): Promise<void> {
  try {
    tightenFiles(context.env);
  } catch (error) {
    throw new AppError("file-modes-not-mended", { status: 503, cause: error });
  }
  await runtime()?.runChecks?.(["security"]);
}
