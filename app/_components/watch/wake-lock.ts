import type Player from "video.js/dist/types/player";

/**
 * Keeps the screen on while the film plays and the page is looked at: browsers take it back when
 * the page is hidden, and it is asked for again when it is seen.
 *
 * @returns what stops it.
 */
export function keepScreenOn(player: Player): () => void {
  if (!("wakeLock" in navigator)) return () => {};
  let lock: WakeLockSentinel | null = null;
  let isAsking = false;
  let isStopped = false;

  const isPlaying = () => !isStopped && !player.isDisposed() && !player.paused();
  const isWanted = () => isPlaying() && document.visibilityState === "visible";
  const follow = async () => {
    if (!isWanted()) {
      const held = lock;
      lock = null;
      await held?.release().catch(() => {});
      return;
    }
    if (isAsking || (lock && !lock.released)) return;
    isAsking = true;
    // A device that saves power refuses: the screen goes dark as it always did.
    lock = await navigator.wakeLock.request("screen").catch(() => null);
    isAsking = false;
    if (!isWanted()) await follow();
  };
  const change = () => void follow();
  const events = ["play", "playing", "pause", "ended"];
  player.on(events, change);
  document.addEventListener("visibilitychange", change);
  change();
  return () => {
    isStopped = true;
    if (!player.isDisposed()) player.off(events, change);
    document.removeEventListener("visibilitychange", change);
    change();
  };
}
