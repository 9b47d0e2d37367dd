import { constants } from "node:fs";
import { copyFile, mkdir, rm } from "node:fs/promises";
import { argsFor } from "@/lib/services/ffmpeg/args";
import type { HardwareEncoder } from "@/lib/services/ffmpeg/encoders";
import { FfmpegError } from "@/lib/services/ffmpeg/failure";
import { type Plan, storedPlanOf } from "@/lib/services/ffmpeg/plan";
import type { StagedPlan } from "@/lib/services/ffmpeg/plan-stages";
import type { Probe } from "@/lib/services/ffmpeg/probe-types";
import { runFfmpeg } from "@/lib/services/ffmpeg/run";
import { verifyResult } from "@/lib/services/ffmpeg/verify";
import { savePlan, setVersionStatus, type VersionRow } from "@/lib/versions/mutations";
import { planWithParts } from "@/lib/versions/parts";
import { done, type JobContext, later, type Outcome } from "./context";
import { whyShort } from "./disk";
import { keepFilmSpeed } from "./film-speed";
import { linkOrCopy, workFile, workFolder } from "./work-files";

/** Kept free for everything else on the disk. */
const reserveBytes = 512 * 1024 ** 2;
/** Bytes a second of a converted picture of 1080p, at the most that the settings make: a careful guess. */
const convertedBytesPerSecond = 1_500_000;
const guessedPixels = 1920 * 1080;
/** The job's own deadline ends a run: this is only never. */
const neverMs = 2 ** 31 - 1;

export interface Work {
  version: VersionRow;
  sourcePath: string;
  source: Probe;
  staged: StagedPlan;
  threads: number;
}

/** How large the result may become. A hard link needs nothing, a smaller picture less than its source. */
export function neededBytes({ kind, video, why }: Plan, source: Probe, isCopied = false): number {
  if (kind === "as-is") return isCopied ? source.sizeBytes + reserveBytes : 0;
  if (video.action === "copy") return source.sizeBytes + reserveBytes;
  // The rule of thumb of streaming services: twice the pixels take 1.7 times the bytes.
  const share = ((video.width * video.height) / guessedPixels) ** 0.75;
  const converted = (source.durationSeconds ?? 0) * convertedBytesPerSecond * share;
  const isShrunk = why.some(({ code }) => code === "plan-picture-size");
  return Math.max(isShrunk ? 0 : source.sizeBytes, converted) + reserveBytes;
}

/** What says nothing about the way of encoding: software would meet it, too. */
const notOfTheChip =
  /^(media-(disk|no-permission|file-missing)|ffmpeg-(stopped|missing|not-started))/;

/** Carries the plan out and looks at the result. A file that is fine as it is gets another name. */
async function makeWith(context: JobContext, work: Work, encoder: HardwareEncoder | undefined) {
  const { version, sourcePath, source, staged, threads } = work;
  const { plan } = staged;
  const target = workFile(context.env.mediaDir, version);
  const { ffmpegPath, ffprobePath } = await context.services.ffmpeg();
  if (plan.kind !== "as-is") {
    const startedMs = performance.now();
    const { video } = plan;
    context.log.info(
      { plan: plan.kind, video: video.action, threads, chip: encoder?.kind },
      "ffmpeg begins",
    );
    await runFfmpeg({
      ffmpegPath,
      args: argsFor(plan, { inputPath: sourcePath, outputPath: target, threads, encoder }),
      signal: context.signal,
      timeoutMs: neverMs,
      durationSeconds: plan.durationSeconds ?? undefined,
      onProgress: ({ fraction, remainingSeconds }) => {
        if (fraction !== null) context.progress(fraction, remainingSeconds);
      },
    });
    await keepFilmSpeed(context, { plan, threads, encoder, workMs: performance.now() - startedMs });
  } else if (version.importMode === "copy") {
    await copyFile(sourcePath, target, constants.COPYFILE_FICLONE);
  } else await linkOrCopy(sourcePath, target);
  return verifyResult(target, plan, source, { ffprobePath, signal: context.signal });
}

/**
 * By the graphics chip where there is one that works. Should it fail in the middle, or give what
 * does not play, this one film is encoded by x264, from the start.
 */
async function makeAndVerify(context: JobContext, work: Work) {
  const isEncoded = work.staged.plan.video.action === "encode";
  const encoder = isEncoded ? await context.services.hardwareEncoder() : null;
  if (!encoder) return makeWith(context, work, undefined);
  try {
    const verified = await makeWith(context, work, encoder);
    if (verified.ok) return verified;
    context.log.warn({ ...encoder, detail: verified.detail }, "the chip made what does not play");
  } catch (error) {
    const isOfChip = error instanceof FfmpegError && !notOfTheChip.test(error.reason.code);
    if (!isOfChip) throw error;
    context.log.warn({ ...encoder, detail: error.detail }, "the chip failed");
  }
  return makeWith(context, work, undefined);
}

/**
 * Makes the file of a version in its workshop, and proves that it plays, before anybody sees it.
 * Deterministic: an attempt that died is begun anew.
 */
export async function makeFile(context: JobContext, work: Work): Promise<Outcome> {
  const { db, env, now } = context;
  const { version, source, staged } = work;
  const isCopied = version.importMode === "copy";
  const why = await whyShort(env.mediaDir, neededBytes(staged.plan, source, isCopied));
  if (why) {
    setVersionStatus(db, version.id, "queued", why, now());
    return later(context, 60_000, why);
  }

  db.transaction((tx) => {
    const said = planWithParts(storedPlanOf(staged.plan), version.sourceParts?.length ?? 0);
    savePlan(tx, version.id, { ...said, followUp: staged.followUp }, now());
    setVersionStatus(tx, version.id, "processing", null, now());
  });
  const folder = workFolder(env.mediaDir, version.id);
  try {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const verified = await makeAndVerify(context, work);
    if (verified.ok) return done;
    context.log.warn({ detail: verified.detail }, "the made file is not what it should be");
    await rm(folder, { recursive: true, force: true });
    return { kind: "failed", reason: verified.reason };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}
