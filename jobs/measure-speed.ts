import { availableParallelism, loadavg } from "node:os";
import { AppError } from "@/lib/errors";
import { logFor } from "@/lib/log";
import { isFilmInWork } from "@/lib/queue/open-jobs";
import { FfmpegError } from "@/lib/services/ffmpeg/failure";
import { testSpeed } from "@/lib/services/ffmpeg/speed-test";
import { settingsOf } from "@/lib/settings/data";
import { isSpeedTested, saveSpeedTest } from "@/lib/sources/work-speed";
import { madeWithOf } from "./film-speed";
import { defaultThreads } from "./plan-options";
import type { ScheduleContext } from "./schedule";

const log = logFor("speed");

/** What could not be measured is not tried again at once: it costs seconds of all processors. */
const pauseMs = 60 * 60_000;
let failed: { madeWith: string; at: number } | null = null;

/** Other programs are no reason to call a machine slow. */
const isMachineBusy = () => (loadavg()[0] ?? 0) > 1.5 * availableParallelism();

/**
 * Measures how fast this machine converts, once for each program and its settings, so that a search
 * can say how long a release takes. Never beside a film: it would be slower, and the result wrong.
 */
export async function measureSpeed(
  { db, env, services, now }: Pick<ScheduleContext, "db" | "env" | "services" | "now">,
  isBusy = isMachineBusy,
): Promise<void> {
  if (isFilmInWork(db) || isBusy()) return;
  try {
    const settings = settingsOf(db, env);
    const { ffmpegPath } = await services.ffmpeg();
    const encoder = await services.hardwareEncoder();
    const threads = settings.encoderThreads ?? defaultThreads();
    const preset = settings.encoderPreset;
    const madeWith = madeWithOf({ ffmpegPath, preset, threads, encoder });
    if (isSpeedTested(db, madeWith)) return;
    const at = now().getTime();
    if (failed?.madeWith === madeWith && at - failed.at < pauseMs) return;
    failed = { madeWith, at };
    const speed = await testSpeed({
      ...{ ffmpegPath, preset, threads, crf: settings.pictureQuality },
      encoder: encoder ?? undefined,
    });
    failed = null;
    // One that began meanwhile had its share of the processor.
    if (isFilmInWork(db)) return;
    saveSpeedTest(db, { madeWith, speed, now: now() });
    log.info(speed, "measured how fast films are converted here");
  } catch (error) {
    // A program that is missing or broken is said on the background's own page.
    const isSaid = error instanceof AppError || error instanceof FfmpegError;
    if (!isSaid && (error as Error).name !== "TimeoutError") throw error;
  }
}
