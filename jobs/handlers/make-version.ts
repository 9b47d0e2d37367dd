import { reason } from "@/lib/errors";
import { isRefusal, planFor } from "@/lib/services/ffmpeg/plan";
import { probe } from "@/lib/services/ffmpeg/probe";
import { clearVoicePlaces } from "@/lib/versions/derived";
import { encodesPicture, type VersionRow, versionById } from "@/lib/versions/mutations";
import { done, type Handler, type JobContext } from "../context";
import { makeFile } from "../make-file";
import { conversionSettings } from "../plan-options";
import { fileSize, publishedFile } from "../work-files";

/**
 * What a version is made of. The published file is there, proved, and mostly holds the original's
 * own picture with sound that need not be converted twice. Only where its picture was encoded, the
 * original gives a better result, as long as it is there.
 */
async function sourceOf({ db, env }: JobContext, of: VersionRow) {
  const { sourcePath } = of;
  if (sourcePath && encodesPicture(db, of.id) && (await fileSize(sourcePath)) !== null) {
    return { path: sourcePath, isPublished: false };
  }
  const path = publishedFile(env.mediaDir, of);
  return (await fileSize(path)) === null ? null : { path, isPublished: true };
}

/**
 * Makes a version of one that can be watched already: H.264 of HEVC or AV1, or a smaller one. The
 * other is not touched before this one is published.
 */
export const makeVersion: Handler<"make-version"> = async (context, { versionId }) => {
  const { db, env, services, signal } = context;
  const version = versionById(db, versionId);
  if (!version || version.status === "ready") return done;
  const of = version.madeFromId ? versionById(db, version.madeFromId) : undefined;
  const from = of && (await sourceOf(context, of));
  if (!from) return { kind: "failed", reason: reason("version-source-missing") };

  const { ffprobePath } = await services.ffmpeg();
  const source = await probe(from.path, { ffprobePath, signal });
  const { options, threads } = conversionSettings(db, env, version.movieId);
  const height = version.targetHeight;
  const places = from.isPublished ? clearVoicePlaces(db, of.id) : [];
  const plan = planFor(source, {
    ...options,
    ...(height !== null && { maxHeight: height, stereoOnly: true }),
    clearVoiceStreams: places.flatMap((place) => source.audio[place]?.index ?? []),
  });
  if (isRefusal(plan)) return { kind: "failed", reason: plan.reason };
  const staged = { plan, followUp: null };
  return makeFile(context, { version, sourcePath: from.path, source, staged, threads });
};
