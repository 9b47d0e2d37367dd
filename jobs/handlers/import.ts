import { lstat, realpath } from "node:fs/promises";
import { join } from "node:path";
import { downloadOfVersion } from "@/lib/downloads/mutations";
import { insideFolder } from "@/lib/downloads/paths";
import { reason } from "@/lib/errors";
import { storedPlanOf } from "@/lib/services/ffmpeg/plan";
import { planInStages } from "@/lib/services/ffmpeg/plan-stages";
import { probe } from "@/lib/services/ffmpeg/probe";
import { movieHash } from "@/lib/subtitles/movie-hash";
import { saveImported, versionById } from "@/lib/versions/mutations";
import { done, type Handler, type JobContext } from "../context";
import { conversionSettings } from "../plan-options";

type VersionRow = NonNullable<ReturnType<typeof versionById>>;

/** The untouched original on the disk; null when it cannot be said where it is. */
function sourceOf(context: JobContext, version: VersionRow): string | null {
  if (version.sourceKind !== "torrent") return version.sourcePath;
  const download = downloadOfVersion(context.db, version.id);
  const feature = download?.files?.find((file) => file.role === "feature");
  if (!download || !feature) return null;
  return insideFolder(
    download.savePath ?? join(context.env.downloadsDir, download.id),
    feature.path,
  );
}

/** For a torrent's file: that no folder on the way to it is a link to somewhere else. */
async function isReallyBelow(path: string, version: VersionRow, context: JobContext) {
  if (version.sourceKind !== "torrent") return true;
  const download = downloadOfVersion(context.db, version.id);
  const folder = await realpath(download?.savePath ?? context.env.downloadsDir);
  return (await realpath(path)).startsWith(`${folder}/`);
}

/**
 * Finds the original, looks into it and plans what has to be done. The OSDb hash is taken here,
 * while the file is as its maker made it: subtitles are found by it.
 */
export const importVersion: Handler<"import"> = async (context, { versionId }) => {
  const { db, services, signal } = context;
  const version = versionById(db, versionId);
  if (!version || version.status === "ready") return done;
  const path = sourceOf(context, version);
  if (!path) return { kind: "failed", reason: reason("original-unknown") };
  const stats = await lstat(path).catch(() => null);
  if (!stats) return { kind: "failed", reason: reason("original-missing") };
  // A torrent may hold links: nothing but a plain file of its own is looked into.
  if (!stats.isFile() || !(await isReallyBelow(path, version, context)))
    return { kind: "failed", reason: reason("original-not-a-file") };
  if (stats.size === 0) return { kind: "failed", reason: reason("original-empty") };

  const found = await probe(path, { ffprobePath: (await services.ffmpeg()).ffprobePath, signal });
  const { options, modernCodecs } = conversionSettings(db, context.env, version.movieId);
  const staged = planInStages(found, options, modernCodecs);
  if ("reason" in staged) return { kind: "failed", reason: staged.reason };
  saveImported(
    db,
    version,
    {
      sourcePath: path,
      sourceSizeBytes: stats.size,
      movieHash: await movieHash(path),
      plan: { ...storedPlanOf(staged.plan), followUp: staged.followUp },
    },
    context.now(),
  );
  return done;
};
