import { hasOpenJobOf } from "@/lib/queue/open-jobs";
import { saveSource, versionsInParts } from "@/lib/versions/parts";
import { isJoined, removeJoined } from "./joined-files";
import type { ScheduleContext } from "./schedule";

/**
 * Lets go what the parts of a film were joined to, once the film is published and nothing reads it
 * any more: subtitles may still be taken from it after that.
 */
export async function retireJoined({
  db,
  env,
  now,
}: Pick<ScheduleContext, "db" | "env" | "now">): Promise<void> {
  for (const version of versionsInParts(db)) {
    if (version.status !== "ready" || !isJoined(env.mediaDir, version)) continue;
    if (hasOpenJobOf(db, version.movieId, { except: ["make-previews"] })) continue;
    // The row first: what it no longer names is a stray, which the sweep removes.
    saveSource(db, version.id, null, now());
    await removeJoined(env.mediaDir, version);
  }
}
