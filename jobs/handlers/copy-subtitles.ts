import { copySubtitlesOf } from "@/lib/subtitles/copy";
import { versionById } from "@/lib/versions/mutations";
import { done, type Handler } from "../context";

/** Gives a version that was made of another one its subtitles; those that it has stay. */
export const copySubtitles: Handler<"copy-subtitles"> = async ({ db, env, now }, { versionId }) => {
  const version = versionById(db, versionId);
  if (!version?.madeFromId) return done;
  await copySubtitlesOf(db, {
    fromVersionId: version.madeFromId,
    toVersionId: versionId,
    mediaDir: env.mediaDir,
    now: now(),
  });
  return done;
};
