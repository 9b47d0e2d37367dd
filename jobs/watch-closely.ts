import { setTimeout as wait } from "node:timers/promises";
import type { DownloadState } from "@/db/schema";
import { followedDownloads } from "@/lib/downloads/mutations";
import { type WatchContext, watchDownloads } from "./watch-downloads";

/** Looks within one tick of two seconds, and the pause between them. */
const looks = 5;
const pauseMs = 350;
/** A download that needs no longer than this, as qBittorrent reckons, is about to end. */
const soonSeconds = 6;
/** A small film from a near place is there before the next tick: what is new is watched at once. */
const newMs = 10_000;
const idle = new Set<DownloadState>(["paused", "stalled", "failed"]);

/** True while data flow and the end is near, or while nobody can say yet how far it is. */
function isSomethingEnding({ db, now }: WatchContext): boolean {
  const newSince = now().getTime() - newMs;
  return followedDownloads(db).some(
    ({ state, completedAt, files, etaSeconds, addedAt, isHeld }) => {
      if (isHeld || completedAt !== null || idle.has(state)) return false;
      if (addedAt.getTime() > newSince) return true;
      return (
        state === "downloading" &&
        files !== null &&
        (etaSeconds === null || etaSeconds <= soonSeconds)
      );
    },
  );
}

/**
 * One tick of watching: one look, and more of them while a download is about to end
 * or has just begun. A film is then
 * taken up a third of a second after its last byte and not up to two seconds, and nothing is asked
 * more often while nothing can have happened.
 */
export async function watchClosely(
  context: WatchContext,
  lookAtAll: (context: WatchContext) => Promise<void> = watchDownloads,
): Promise<void> {
  await lookAtAll(context);
  for (let look = 1; look < looks && isSomethingEnding(context); look += 1) {
    await wait(pauseMs);
    await lookAtAll(context);
  }
}
