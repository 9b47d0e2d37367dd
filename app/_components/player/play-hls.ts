import videojs from "video.js/core";
import type Player from "video.js/dist/types/player";

/** So often in a row a piece may fail before the film is played without HLS; the first, never. */
const mostFailures = 3;

interface TechEvents {
  on(type: "retryplaylist", listener: () => void): void;
  off(type: "retryplaylist", listener: () => void): void;
}

/** Loads what HLS needs in this browser: early, it comes while the film is chosen and the player made. */
export async function loadHls(): Promise<void> {
  const { IS_ANY_SAFARI, IS_IOS } = videojs.browser;
  if (!IS_ANY_SAFARI && !IS_IOS) await import("@videojs/http-streaming");
}

/**
 * Plays HLS: by the browser itself on Apple's devices, whose players list the sound tracks, and by
 * video.js everywhere else. What that needs is only loaded now.
 *
 * @param giveUp called when it can't be played that way; once or more often.
 * @returns what stops listening for failures, before something else is played.
 */
export function playHls(player: Player, url: string, giveUp: () => void): () => void {
  let isStopped = false;
  let failures = 0;
  const events = () => player.tech(true) as unknown as TechEvents;
  const onTime = () => {
    failures = 0;
  };
  // With one picture there is no other to try: it would be asked for again for ever.
  const onRetry = () => {
    failures += 1;
    if (failures >= mostFailures || player.readyState() === 0) giveUp();
  };
  const start = async () => {
    try {
      await loadHls();
    } catch {
      if (!isStopped) giveUp();
      return;
    }
    if (isStopped || player.isDisposed()) return;
    player.on("timeupdate", onTime);
    events().on("retryplaylist", onRetry);
    player.on("error", giveUp);
    player.src({ src: url, type: "application/vnd.apple.mpegurl" });
  };
  void start();
  return () => {
    isStopped = true;
    if (player.isDisposed()) return;
    player.off("timeupdate", onTime);
    player.off("error", giveUp);
    events().off("retryplaylist", onRetry);
  };
}
