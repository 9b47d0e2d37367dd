import { rm } from "node:fs/promises";
import { isBegunOrDue } from "@/lib/queue/open-jobs";
import { versionById } from "@/lib/versions/mutations";
import { movedVersionIds, saveSource } from "@/lib/versions/parts";
import type { JobContext } from "./context";
import { isJoined } from "./joined-files";
import { fileSize, publishedFile } from "./work-files";

type Place = Pick<JobContext, "db" | "env" | "now">;

/**
 * Deletes the original of a version that a person asked to move: only while its successor lies in
 * its place, and not before the subtitles inside it were read.
 */
export async function letMovedGo({ db, env, now }: Place, versionId: string): Promise<void> {
  const version = versionById(db, versionId);
  if (version?.status !== "ready" || version.importMode !== "move") return;
  const { sourcePath } = version;
  // What was joined goes with its parts: jobs/retire-joined.ts.
  if (!sourcePath || isJoined(env.mediaDir, version)) return;
  if (isBegunOrDue(db, "find-subtitles", versionId)) return;
  if ((await fileSize(publishedFile(env.mediaDir, version))) === null) return;
  await rm(sourcePath, { force: true });
  saveSource(db, version.id, null, now());
}

/** Lets go what could not go when its film was published. */
export async function retireMoved(place: Place): Promise<void> {
  for (const id of movedVersionIds(place.db)) await letMovedGo(place, id);
}
