import { reason } from "@/lib/errors";
import { planInStages } from "@/lib/services/ffmpeg/plan-stages";
import { probe } from "@/lib/services/ffmpeg/probe";
import { versionById } from "@/lib/versions/mutations";
import { done, type Handler } from "../context";
import { makeFile } from "../make-file";
import { conversionSettings } from "../plan-options";
import { fileSize } from "../work-files";

/**
 * Makes the file that browsers play out of the untouched original, with as little work as it needs.
 * HEVC and AV1 may only be copied here: what follows them is begun when they are published.
 */
export const makePlayable: Handler<"make-playable"> = async (context, { versionId }) => {
  const { db, env, services, signal } = context;
  const version = versionById(db, versionId);
  if (!version || version.status === "ready") return done;
  const { sourcePath, movieId } = version;
  if (!sourcePath || (await fileSize(sourcePath)) === null) {
    return { kind: "failed", reason: reason("original-missing") };
  }
  const { ffprobePath } = await services.ffmpeg();
  const source = await probe(sourcePath, { ffprobePath, signal });
  const { options, modernCodecs, threads } = conversionSettings(db, env, movieId);
  const staged = planInStages(source, options, modernCodecs);
  if ("reason" in staged) return { kind: "failed", reason: staged.reason };
  return makeFile(context, { version, sourcePath, source, staged, threads });
};
