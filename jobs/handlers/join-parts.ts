import { mkdir, rm } from "node:fs/promises";
import { reason } from "@/lib/errors";
import { jobKinds } from "@/lib/queue/names";
import { joinParts, parameterHashesOf } from "@/lib/services/ffmpeg/join";
import { type JoinPart, planJoin } from "@/lib/services/ffmpeg/join-plan";
import { isRefusal, planFor } from "@/lib/services/ffmpeg/plan";
import { probe } from "@/lib/services/ffmpeg/probe";
import { setVersionStatus, versionById } from "@/lib/versions/mutations";
import { saveSource } from "@/lib/versions/parts";
import { done, type Handler, later } from "../context";
import { whyShort } from "../disk";
import { joinFolder } from "../joined-files";
import { conversionSettings } from "../plan-options";
import { fileSize } from "../work-files";

/** Kept free for everything else on the disk. */
const reserveBytes = 512 * 1024 ** 2;

/**
 * Puts the files of a film that comes in several into one, which is then taken in like any other.
 * Deterministic: an attempt that died is begun anew.
 */
export const joinVersionParts: Handler<"join-parts"> = async (context, { versionId }) => {
  const { db, env, services, signal, now } = context;
  const version = versionById(db, versionId);
  if (!version?.sourceParts || version.status === "ready") return done;
  const { ffmpegPath, ffprobePath } = await services.ffmpeg();
  // Clear voice is added to the whole film, when that is taken in.
  const { options } = conversionSettings(db, env, version.movieId);
  const partOptions = { ...options, clearVoice: false };
  const parts: JoinPart[] = [];
  for (const { path } of version.sourceParts) {
    if ((await fileSize(path)) === null)
      return { kind: "failed", reason: reason("original-missing") };
    const found = await probe(path, { ffprobePath, signal });
    const plan = planFor(found, partOptions);
    if (isRefusal(plan)) return { kind: "failed", reason: plan.reason };
    const parameterHashes = await parameterHashesOf(path, { ffprobePath, signal });
    parts.push({ path, probe: found, plan, parameterHashes });
  }
  const plan = planJoin(parts);
  if ("unjoinable" in plan) {
    return { kind: "failed", reason: reason("parts-not-joinable", { count: parts.length }) };
  }

  // Each part once more, and all of them together.
  const needed = 2 * parts.reduce((sum, part) => sum + part.probe.sizeBytes, 0) + reserveBytes;
  const why = await whyShort(env.mediaDir, needed);
  if (why) {
    setVersionStatus(db, versionId, "queued", why, now());
    return later(context, 60_000, why);
  }

  setVersionStatus(db, versionId, "processing", null, now());
  const workDir = joinFolder(env.mediaDir, versionId);
  try {
    await rm(workDir, { recursive: true, force: true });
    await mkdir(workDir, { recursive: true });
    const joined = await joinParts({
      ...{ ffmpegPath, ffprobePath, parts, plan, workDir, signal },
      timeoutMs: jobKinds["join-parts"].deadlineMs,
      onProgress: context.progress,
    });
    saveSource(db, versionId, joined, now());
    return done;
  } catch (error) {
    await rm(workDir, { recursive: true, force: true });
    throw error;
  }
};
