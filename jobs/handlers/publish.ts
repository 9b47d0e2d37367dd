import { rm } from "node:fs/promises";
import { reason } from "@/lib/errors";
import { codecsOf } from "@/lib/services/ffmpeg/codecs";
import { probe } from "@/lib/services/ffmpeg/probe";
import type { Probe } from "@/lib/services/ffmpeg/probe-types";
import {
  type PublishedFile,
  savePublished,
  takePlace,
  type VersionRow,
  versionById,
} from "@/lib/versions/mutations";
import { storedPlan } from "@/lib/versions/schema";
import { done, type Handler, type JobContext } from "../context";
import { letMovedGo } from "../moved-files";
import { fileSize, moveIntoPlace, publishedFile, workFile, workFolder } from "../work-files";

/** What the version's page shows, from what is really in the file. */
function publishedFrom(found: Probe, version: VersionRow): PublishedFile {
  const video = found.video.find((stream) => !stream.isAttachedPicture);
  const lifted = version.plan === null ? [] : storedPlan.parse(version.plan).clearVoiceTracks;
  return {
    width: video?.width ?? 0,
    height: video?.height ?? 0,
    durationSeconds: found.durationSeconds ?? 0,
    sizeBytes: found.sizeBytes,
    container: "mp4",
    videoCodec: video?.codec ?? "unknown",
    codecs: codecsOf(found),
    chapters: found.chapters,
    audioTracks: found.audio.map((track, index) => ({
      index,
      language: track.language,
      title: track.title,
      channels: track.channels,
      codec: track.codec,
      isDefault: index === 0,
      isClearVoice: lifted.includes(index),
    })),
  };
}

/**
 * Puts the finished file into its place by rename and says so in the database. Should it die
 * between the two, the next attempt finds the file in place and goes on from there. A conversion
 * that takes the place of another version is put into that one's folder.
 */
export const publish: Handler<"publish"> = async (context, { versionId }) => {
  const { db, env, services, signal, now } = context;
  const version = versionById(db, versionId);
  if (!version) return done;
  if (version.status === "ready") {
    // It died between its row and what comes after.
    await tidy(context, version);
    return done;
  }
  const replaced =
    version.replaces && version.madeFromId ? versionById(db, version.madeFromId) : undefined;
  if (version.replaces && !replaced) {
    return { kind: "failed", reason: reason("version-source-missing") };
  }
  const made = workFile(env.mediaDir, version);
  const folder = replaced?.folder ?? version.folder;
  const place = publishedFile(env.mediaDir, { folder, fileName: version.fileName });
  if ((await fileSize(made)) !== null) await moveIntoPlace(made, place);
  if ((await fileSize(place)) === null) {
    return { kind: "failed", reason: reason("made-file-missing") };
  }

  const { ffprobePath } = await services.ffmpeg();
  const found = await probe(place, { ffprobePath, signal });
  const file = publishedFrom(found, version);
  if (replaced) takePlace(db, version, file, now());
  else savePublished(db, version, file, now());
  await tidy(context, version);
  return done;
};

/** After the row: empties the workshop, and lets a file that a person asked to move go, last of all. */
async function tidy({ db, env, now }: JobContext, version: VersionRow): Promise<void> {
  await rm(workFolder(env.mediaDir, version.id), { recursive: true, force: true });
  await letMovedGo({ db, env, now }, version.id);
}
