import { setTimeout as wait } from "node:timers/promises";
import { followedDownloads } from "@/lib/downloads/mutations";
import { type WatchContext, watchDownloads } from "./watch-downloads";

/** Looks within one tick of two seconds, and the pause between them. */
const looks = 5;
const pauseMs = 350;
/** A download that needs no longer than this, as qBittorrent reckons, is about to end. */
const soonSeconds = 6;

/** True while data flow and the end is near, or while nobody can say yet how far it is. */
function isSomethingEnding({ db }: WatchContext): boolean {
  return followedDownloads(db).some(
    ({ state, completedAt, files, etaSeconds, isHeld }) =>
      !isHeld &&
      state === "downloading" &&
      completedAt === null &&
      files !== null &&
      (etaSeconds === null || etaSeconds <= soonSeconds),
  );
}

/**
 * One tick of watching: one look, and more of them while a download is about to end. A film is then
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
