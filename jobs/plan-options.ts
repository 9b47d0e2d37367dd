import { availableParallelism } from "node:os";
import type { Db } from "@/lib/db";
import type { Env } from "@/lib/env";
import { movieById } from "@/lib/movies/metadata";
import type { PlanOptions } from "@/lib/services/ffmpeg/plan";
import type { ModernCodecs } from "@/lib/services/ffmpeg/plan-stages";
import { settingsOf } from "@/lib/settings/data";

/** How many pictures are encoded at once: one for each four cores. */
export function encodesAtOnce(cores = availableParallelism()): number {
  return Math.max(1, Math.floor(cores / 4));
}

/**
 * Threads of one encode when nobody says how many. From three cores on one stays free for those who
 * watch; on fewer, ffmpeg's lower priority has to do. What is left is shared by what runs at once,
 * at most 16: x264 gains nothing from more.
 */
export function defaultThreads(cores = availableParallelism()): number {
  const free = cores > 2 ? cores - 1 : cores;
  return Math.min(16, Math.max(1, Math.floor(free / encodesAtOnce(cores))));
}

export interface ConversionSettings {
  /** What the plan for a movie's file depends on beside the file itself. */
  options: PlanOptions;
  modernCodecs: ModernCodecs;
  threads: number;
}

/** How a movie's files are converted, as the settings say now. */
export function conversionSettings(db: Db, env: Env, movieId: string): ConversionSettings {
  const settings = settingsOf(db, env);
  return {
    options: {
      originalLanguage: movieById(db, movieId)?.originalLanguage,
      crf: settings.pictureQuality,
      preset: settings.encoderPreset,
      maxHeight: settings.greatestHeight ?? undefined,
      keepSurround: settings.keepSurround,
      clearVoice: settings.clearVoice,
    },
    modernCodecs: settings.modernCodecs,
    threads: settings.encoderThreads ?? defaultThreads(),
  };
}
