import { constants } from "node:fs";
import { copyFile, mkdir, rm } from "node:fs/promises";
import { reason } from "@/lib/errors";
import { jobKinds } from "@/lib/queue/names";
import { argsFor } from "@/lib/services/ffmpeg/args";
import { isRefusal, type Plan, planFor } from "@/lib/services/ffmpeg/plan";
import { probe } from "@/lib/services/ffmpeg/probe";
import type { Probe } from "@/lib/services/ffmpeg/probe-types";
import { runFfmpeg } from "@/lib/services/ffmpeg/run";
import { verifyResult } from "@/lib/services/ffmpeg/verify";
import { setVersionStatus, versionById } from "@/lib/versions/mutations";
import { done, type Handler, type JobContext, later } from "../context";
import { freeBytes, gigabytes } from "../disk";
import { planOptionsOf } from "../plan-options";
import { fileSize, linkOrCopy, workFile, workFolder } from "../work-files";

/** Kept free for everything else on the disk. */
const reserveBytes = 512 * 1024 ** 2;
/** Bytes a second of a converted picture, at the most that the settings make: a careful guess. */
const convertedBytesPerSecond = 1_500_000;

/** How large the result may become. A hard link needs nothing. */
function neededBytes(plan: Plan, source: Probe): number {
  if (plan.kind === "as-is") return 0;
  const converted =
    plan.kind === "picture" ? (source.durationSeconds ?? 0) * convertedBytesPerSecond : 0;
  return Math.max(source.sizeBytes, converted) + reserveBytes;
}

type VersionRow = NonNullable<ReturnType<typeof versionById>>;

async function make(
  context: JobContext,
  version: VersionRow,
  sourcePath: string,
  plan: Plan,
): Promise<void> {
  const target = workFile(context.env.mediaDir, version);
  if (plan.kind === "as-is") {
    if (version.importMode === "copy")
      await copyFile(sourcePath, target, constants.COPYFILE_FICLONE);
    else await linkOrCopy(sourcePath, target);
    return;
  }
  const { ffmpegPath } = await context.services.ffmpeg();
  await runFfmpeg({
    ffmpegPath,
    args: argsFor(plan, { inputPath: sourcePath, outputPath: target }),
    signal: context.signal,
    // The job's own deadline ends it: this is only never.
    timeoutMs: jobKinds["make-playable"].deadlineMs,
    durationSeconds: plan.durationSeconds ?? undefined,
    onProgress: ({ fraction }) => {
      if (fraction !== null) context.progress(fraction);
    },
  });
}

/**
 * Makes the file that browsers play, with as little work as it needs, and proves that it plays,
 * before anybody sees it. Deterministic: an attempt that died is begun anew.
 */
export const makePlayable: Handler<"make-playable"> = async (context, { versionId }) => {
  const { db, env, services, signal, now } = context;
  const version = versionById(db, versionId);
  if (!version || version.status === "ready") return done;
  if (!version.sourcePath || (await fileSize(version.sourcePath)) === null) {
    return { kind: "failed", reason: reason("original-missing") };
  }
  const { ffprobePath } = await services.ffmpeg();
  const source = await probe(version.sourcePath, { ffprobePath, signal });
  const plan = planFor(source, planOptionsOf(db, version.movieId));
  if (isRefusal(plan)) return { kind: "failed", reason: plan.reason };

  const needed = neededBytes(plan, source);
  const free = await freeBytes(env.mediaDir);
  if (free < needed) {
    const why = reason("disk-short", {
      neededGigabytes: gigabytes(needed),
      freeGigabytes: gigabytes(free),
    });
    setVersionStatus(db, versionId, "queued", why, now());
    return later(context, 60_000, why);
  }

  setVersionStatus(db, versionId, "processing", null, now());
  const folder = workFolder(env.mediaDir, versionId);
  try {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    await make(context, version, version.sourcePath, plan);
    const verified = await verifyResult(workFile(env.mediaDir, version), plan, source, {
      ffprobePath,
      signal,
    });
    if (!verified.ok) {
      context.log.warn({ detail: verified.detail }, "the made file is not what it should be");
      await rm(folder, { recursive: true, force: true });
      return { kind: "failed", reason: verified.reason };
    }
    return done;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
};
