import type { Check, LookedArea } from "@/lib/checks/schema";
import { saveChecks } from "@/lib/checks/stored";
import type { Connection } from "@/lib/db";
import { logFor } from "@/lib/log";
import type { CheckContext, Look } from "./context";
import { lookAtDatabase } from "./database";
import { lookAtDisk } from "./disk";
import { lookAtFfmpeg } from "./ffmpeg";
import { lookAtOpenSubtitles, lookAtTmdb } from "./online";
import { lookAtQbittorrent } from "./qbittorrent";
import { lookAtSecurity } from "./security";

const log = logFor("checks");

/** The row that says it when an area could not be looked at, and how long that may take. */
interface Area {
  look: Look;
  name: string;
  timeoutMs: number;
}

const areas: Record<LookedArea, Area> = {
  database: { look: lookAtDatabase, name: "database", timeoutMs: 15_000 },
  // The proof of the folder waits up to eight seconds for each direction.
  qbittorrent: { look: lookAtQbittorrent, name: "qbittorrent-reached", timeoutMs: 30_000 },
  // A graphics chip is tried once, which may take its time.
  ffmpeg: { look: lookAtFfmpeg, name: "ffmpeg", timeoutMs: 30_000 },
  disk: { look: lookAtDisk, name: "disks", timeoutMs: 15_000 },
  tmdb: { look: lookAtTmdb, name: "tmdb", timeoutMs: 15_000 },
  opensubtitles: { look: lookAtOpenSubtitles, name: "opensubtitles", timeoutMs: 20_000 },
  security: { look: lookAtSecurity, name: "passwords", timeoutMs: 30_000 },
};

/** Looks that are under way: whoever asks meanwhile gets the same answer. */
const running = new WeakMap<Connection, Map<LookedArea, Promise<void>>>();

/** Looks at these areas anew, all at once, and writes down what was found of each. */
export async function runChecks(
  context: CheckContext,
  wanted: readonly LookedArea[],
): Promise<void> {
  const ofDatabase = running.get(context.db) ?? new Map<LookedArea, Promise<void>>();
  running.set(context.db, ofDatabase);
  await Promise.all(
    wanted.map((area) => {
      const under = ofDatabase.get(area) ?? lookAt(context, area);
      ofDatabase.set(area, under);
      return under.finally(() => ofDatabase.delete(area));
    }),
  );
}

async function lookAt(context: CheckContext, area: LookedArea): Promise<void> {
  const startedAt = performance.now();
  const checks = await found(context, area);
  const elapsedMs = Math.round(performance.now() - startedAt);
  saveChecks(context.db, { area, checks, elapsedMs, now: context.now() });
}

/** What an area says; one that hangs or breaks is a finding of its own, and keeps no other waiting. */
async function found(context: CheckContext, area: LookedArea): Promise<Check[]> {
  const { look, name, timeoutMs } = areas[area];
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Check[]>((resolve) => {
    const values = { seconds: timeoutMs / 1000 };
    const check: Check = { area, name, state: "broken", told: "no-answer", values };
    timer = setTimeout(() => resolve([check]), timeoutMs);
  });
  try {
    return await Promise.race([look(context), late]);
  } catch (error) {
    log.error({ err: error, area }, "a check failed");
    return [{ area, name, state: "broken", told: "check-failed" }];
  } finally {
    clearTimeout(timer);
  }
}
