import type { Encoder } from "@/lib/services/ffmpeg/encoders";
import type { Plan } from "@/lib/services/ffmpeg/plan";
import { settingOf } from "@/lib/settings/data";
import { saveFilmSpeed } from "@/lib/sources/work-speed";
import type { JobContext } from "./context";

/** Shorter ones are over before a program has begun in earnest. */
const shortestTellingSeconds = 600;

/** What a speed depends on: with another of these it is measured anew. */
export function madeWithOf(work: {
  ffmpegPath: string;
  preset: string;
  threads: number;
  encoder: Encoder | null;
}): string {
  const { ffmpegPath, preset, threads, encoder } = work;
  return [ffmpegPath, encoder?.kind ?? "x264", encoder ? "" : `${preset} ${threads}`].join(" ");
}

/** A real film tells best how fast this machine is: what a search says of others follows from it. */
export async function keepFilmSpeed(
  { db, env, services, now }: Pick<JobContext, "db" | "env" | "services" | "now">,
  work: { plan: Plan; threads: number; encoder: Encoder; workMs: number },
): Promise<void> {
  const { plan, threads, encoder = null, workMs } = work;
  const { kind, video } = plan;
  const seconds = plan.durationSeconds ?? 0;
  if ((kind !== "picture" && kind !== "sound") || seconds < shortestTellingSeconds) return;
  const { ffmpegPath } = await services.ffmpeg();
  const preset = settingOf(db, env, "encoderPreset");
  // Counted as if it filled a frame of 1080 lines.
  const share =
    video.action === "encode" ? Math.max(video.width / 1920, video.height / 1080) ** 2 : 1;
  const madeWith = madeWithOf({ ffmpegPath, preset, threads, encoder });
  const speed = (seconds / (workMs / 1000)) * share;
  saveFilmSpeed(db, { madeWith, work: kind, speed, now: now() });
}
