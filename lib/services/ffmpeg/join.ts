import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { reason } from "@/lib/errors";
import { argsFor } from "./args";
import { FfmpegError } from "./failure";
import { localInput } from "./input";
import type { JoinPart, JoinPlan } from "./join-plan";
import { filmStream } from "./plan-picture";
import type { ProbeOptions } from "./probe";
import { runFfmpeg, runFfprobe } from "./run";

const hashed = z.object({
  streams: z.array(z.object({ index: z.number(), extradata_hash: z.string().optional() })),
});

/** Hashes of what decoders have to know of each stream before its first packet. */
export async function parameterHashesOf(
  path: string,
  options: ProbeOptions,
): Promise<ReadonlyMap<number, string>> {
  const output = await runFfprobe({
    ffprobePath: options.ffprobePath,
    args: [
      ...["-show_data_hash", "sha256", "-show_entries", "stream=index,extradata_hash"],
      ...["-of", "json", ...localInput(path)],
    ],
    timeoutMs: options.timeoutMs ?? 60_000,
    signal: options.signal,
  });
  const { streams } = hashed.parse(JSON.parse(output));
  return new Map(streams.map(({ index, extradata_hash }) => [index, extradata_hash ?? ""]));
}

export interface JoinRun {
  ffmpegPath: string;
  ffprobePath: string;
  parts: readonly JoinPart[];
  plan: JoinPlan;
  /** Exists, is empty, and is on the disk of the result. */
  workDir: string;
  timeoutMs: number;
  signal?: AbortSignal | undefined;
  /** 0 to 1. */
  onProgress?: ((fraction: number) => void) | undefined;
}

/** How much of the work is done when all parts are ready to be put together. */
const partsShare = 0.7;

/**
 * Puts the parts of a film into one file in `workDir`, without an encode where they are alike.
 *
 * Each part is first written anew under a name of ours, opened like any other foreign file: by a
 * demuxer that can't open a second one. Only these files, and a list of them that is written here,
 * reach ffmpeg's concat demuxer.
 *
 * @returns the file's path.
 * @throws FfmpegError; `parts-not-joinable` when converted parts still differ; the signal's reason.
 */
export async function joinParts(run: JoinRun): Promise<string> {
  const { parts, plan, workDir } = run;
  const extension = plan.kind === "convert" ? "mp4" : plan.container === "avi" ? "avi" : "mkv";
  const names = parts.map((_, at) => `part-${at + 1}.${extension}`);
  const lengths = parts.map(({ probe }) => probe.durationSeconds ?? 0);
  const wholeSeconds = lengths.reduce((sum, length) => sum + length, 0);
  let doneSeconds = 0;
  let told = 0;
  // Streams end a little later than a film says: that is no step back.
  const tell = (fraction: number) => {
    told = Math.max(told, fraction);
    run.onProgress?.(told);
  };
  for (const [at, part] of parts.entries()) {
    const outputPath = join(workDir, names[at] ?? "");
    const own = plan.kind === "convert" ? plan.plans[at] : undefined;
    await runFfmpeg({
      ffmpegPath: run.ffmpegPath,
      args: own
        ? argsFor(own, { inputPath: part.path, outputPath })
        : copyArgs(part, plan, outputPath),
      timeoutMs: run.timeoutMs,
      signal: run.signal,
      onProgress: ({ outTimeSeconds }) =>
        tell(Math.min(1, (doneSeconds + outTimeSeconds) / wholeSeconds) * partsShare),
    });
    doneSeconds += lengths[at] ?? 0;
  }
  if (plan.kind === "convert") await refuseDifferent(run, names);

  const listPath = join(workDir, "parts.ffconcat");
  await writeFile(listPath, `ffconcat version 1.0\n${names.map((n) => `file ${n}\n`).join("")}`);
  const joinedPath = join(workDir, `joined.${extension}`);
  await runFfmpeg({
    ffmpegPath: run.ffmpegPath,
    args: [...ownList(listPath, extension), ...joinedArgs(plan, extension), `file:${joinedPath}`],
    timeoutMs: run.timeoutMs,
    signal: run.signal,
    durationSeconds: wholeSeconds,
    onProgress: ({ fraction }) => tell(partsShare + (fraction ?? 0) * (1 - partsShare)),
  });
  for (const name of [...names, "parts.ffconcat"]) await rm(join(workDir, name), { force: true });
  return joinedPath;
}

/** ffmpeg's names of what our parts are written as, and nothing else. */
const ownFormats = {
  mp4: { demuxer: "mov,mp4,m4a,3gp,3g2,mj2", muxer: "mp4" },
  mkv: { demuxer: "matroska,webm", muxer: "matroska" },
  avi: { demuxer: "avi", muxer: "avi" },
};

/** The input part for a list that we wrote; `safe` refuses any name that is not plain. */
function ownList(listPath: string, extension: keyof typeof ownFormats): string[] {
  return [
    ...["-protocol_whitelist", "file"],
    ...["-format_whitelist", `concat,${ownFormats[extension].demuxer}`],
    ...["-f", "concat", "-safe", "1", "-i", `file:${listPath}`],
  ];
}

/** A part as it is, in a container of ours: its film, its sound, and text subtitles. */
function copyArgs(part: JoinPart, plan: JoinPlan, outputPath: string): string[] {
  const { subtitles, audio } = part.probe;
  const text = subtitles.filter(({ kind }) => kind === "text");
  const isMatroska = plan.kind === "copy" && plan.container === "matroska";
  const kept = isMatroska && plan.keepsSubtitles ? text : [];
  return [
    ...localInput(part.path),
    ...["-map", `0:${filmStream(part.probe)?.index ?? 0}`],
    ...audio.flatMap(({ index }) => ["-map", `0:${index}`]),
    ...kept.flatMap(({ index }) => ["-map", `0:${index}`]),
    ...["-c", "copy", "-map_chapters", "-1", "-max_muxing_queue_size", "4096"],
    // Matroska takes no MP4 subtitles; the others keep their look.
    ...kept.flatMap(({ codec }, at) => (codec === "mov_text" ? [`-c:s:${at}`, "srt"] : [])),
    ...["-f", isMatroska ? "matroska" : "avi", `file:${outputPath}`],
  ];
}

function joinedArgs(plan: JoinPlan, extension: keyof typeof ownFormats): string[] {
  return [
    ...["-map", "0", "-c", "copy", "-max_muxing_queue_size", "4096"],
    ...(plan.kind === "convert" ? ["-movflags", "+faststart", "-write_tmcd", "0"] : []),
    ...["-f", ownFormats[extension].muxer],
  ];
}

/** An MP4 has one set of parameters for all its frames: a part with others would not decode. */
async function refuseDifferent(run: JoinRun, names: readonly string[]): Promise<void> {
  const { ffprobePath, signal, workDir } = run;
  const sets = await Promise.all(
    names.map((name) => parameterHashesOf(join(workDir, name), { ffprobePath, signal })),
  );
  const texts = sets.map((set) => JSON.stringify([...set]));
  if (new Set(texts).size === 1) return;
  const why = reason("parts-not-joinable", { count: names.length });
  throw new FfmpegError(why, `parameters differ: ${texts.join(" ")}`);
}
