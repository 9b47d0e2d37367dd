import { rm } from "node:fs/promises";
import { join } from "node:path";
import { isRandomId } from "@/lib/ids";
import { forgetRetired, versionById } from "@/lib/versions/mutations";
import { done, type Handler } from "../context";

/** Removes a file that a conversion took the place of; never the one that plays now. */
export const retireFile: Handler<"retire-file"> = async ({ db, env }, { versionId, fileName }) => {
  const version = versionById(db, versionId);
  if (!version || !isRandomId(fileName) || version.fileName === fileName) return done;
  await rm(join(env.mediaDir, version.folder, `${fileName}.mp4`), { force: true });
  // The row last: should this die before it, the file is removed once more.
  forgetRetired(db, versionId, fileName);
  return done;
};
