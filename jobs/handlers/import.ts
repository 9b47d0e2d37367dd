import { lstat, realpath } from "node:fs/promises";
import { join } from "node:path";
import { downloadOfVersion } from "@/lib/downloads/mutations";
import { insideFolder } from "@/lib/downloads/paths";
import { type Reason, reason } from "@/lib/errors";
import { storedPlanOf } from "@/lib/services/ffmpeg/plan";
import { planInStages } from "@/lib/services/ffmpeg/plan-stages";
import { probe } from "@/lib/services/ffmpeg/probe";
import { movieHash } from "@/lib/subtitles/movie-hash";
import { saveImported, versionById } from "@/lib/versions/mutations";
import { forgetParts, planWithParts, saveParts } from "@/lib/versions/parts";
import { done, type Handler, type JobContext } from "../context";
import { lookIntoParts, partPaths } from "../find-parts";
import { isJoined } from "../joined-files";
import { conversionSettings } from "../plan-options";
import { fileSize } from "../work-files";

type VersionRow = NonNullable<ReturnType<typeof versionById>>;

/** The untouched original on the disk; null when it cannot be said where it is. */
function sourceOf(context: JobContext, version: VersionRow): string | null {
  if (version.sourceKind !== "torrent") return version.sourceParts?.[0]?.path ?? version.sourcePath;
  const download = downloadOfVersion(context.db, version.id);
  const feature = download?.files?.find((file) => file.role === "feature");
  if (!download || !feature) return null;
  return insideFolder(
    download.savePath ?? join(context.env.downloadsDir, download.id),
    feature.path,
  );
}

/** What the version's parts were joined to; null when they were not, or it is gone. */
async function joinedOf(context: JobContext, version: VersionRow) {
  const { sourcePath: path, sourceParts } = version;
  if (!path || !sourceParts || !isJoined(context.env.mediaDir, version)) return null;
  return (await fileSize(path)) === null ? null : { path, count: sourceParts.length };
}

/** That no folder on the way to a file is, or has become, a link to somewhere else. */
async function isReallyBelow(path: string, version: VersionRow, context: JobContext) {
  const isOurs = isJoined(context.env.mediaDir, version) && path === version.sourcePath;
  if (isOurs) return true;
  if (version.sourceKind !== "torrent") return (await realpath(path)) === path;
  const download = downloadOfVersion(context.db, version.id);
  const folder = await realpath(download?.savePath ?? context.env.downloadsDir);
  return (await realpath(path)).startsWith(`${folder}/`);
}

/** That a file is there, is a plain one, and holds anything: before a program opens it. */
async function lookAt(
  context: JobContext,
  version: VersionRow,
  path: string,
): Promise<{ sizeBytes: number } | { reason: Reason }> {
  const stats = await lstat(path).catch(() => null);
  if (!stats) return { reason: reason("original-missing") };
  // A torrent may hold links: nothing but a plain file of its own is looked into.
  if (!stats.isFile() || !(await isReallyBelow(path, version, context)))
    return { reason: reason("original-not-a-file") };
  return stats.size === 0 ? { reason: reason("original-empty") } : { sizeBytes: stats.size };
}

/**
 * Finds the original, looks into it and plans what has to be done. The OSDb hash is taken here,
 * while the file is as its maker made it: subtitles are found by it.
 */
export const importVersion: Handler<"import"> = async (context, { versionId }) => {
  const { db, services, signal } = context;
  const version = versionById(db, versionId);
  if (!version || version.status === "ready") return done;
  const joined = await joinedOf(context, version);
  const path = joined?.path ?? sourceOf(context, version);
  if (!path) return { kind: "failed", reason: reason("original-unknown") };
  const paths = joined ? [path] : await partPaths(context, version, path);
  const sizes: number[] = [];
  for (const one of paths) {
    const looked = await lookAt(context, version, one);
    if ("reason" in looked) return { kind: "failed", reason: looked.reason };
    sizes.push(looked.sizeBytes);
  }
  if (!joined) {
    const parts = paths.length > 1 ? await lookIntoParts(context, version, paths) : null;
    // They are put together first, and what comes of it is then taken in here.
    if (parts) {
      saveParts(db, version, parts, context.now());
      return done;
    }
    forgetParts(db, versionId, context.now());
  }
  const found = await probe(path, { ffprobePath: (await services.ffmpeg()).ffprobePath, signal });
  const { options, modernCodecs } = conversionSettings(db, context.env, version.movieId);
  const staged = planInStages(found, options, modernCodecs);
  if ("reason" in staged) return { kind: "failed", reason: staged.reason };
  saveImported(
    db,
    version,
    {
      sourcePath: path,
      sourceSizeBytes: sizes[0] ?? 0,
      // Nobody else has a file like this one.
      movieHash: joined ? null : await movieHash(path),
      plan: {
        ...planWithParts(storedPlanOf(staged.plan), joined?.count ?? 0),
        followUp: staged.followUp,
      },
    },
    context.now(),
  );
  return done;
};
