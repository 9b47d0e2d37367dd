import type Player from "video.js/dist/types/player";
import { keepLeftAt } from "./left-at";

const everyMs = 5_000;

/**
 * Tells the server where the person is: every five seconds while it plays, and at once when it is
 * paused, sought, or left. Leaving uses `keepalive`, so that the last word arrives although the
 * page is gone.
 *
 * @returns what stops it.
 */
export function saveProgress(player: Player, movieId: string): () => void {
  let saved = -1;
  let savedAt = 0;

  const save = (keepalive = false) => {
    const positionSeconds = player.currentTime() ?? 0;
    const durationSeconds = player.duration() ?? 0;
    // Nothing was played yet, or nothing new.
    if (!(durationSeconds > 0) || player.readyState() === 0) return;
    if (Math.abs(positionSeconds - saved) < 0.5) return;
    saved = positionSeconds;
    savedAt = Date.now();
    fetch(`/api/v1/me/progress/${movieId}`, {
      method: "PUT",
      keepalive,
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ positionSeconds, durationSeconds }),
    }).catch(() => {
      // Offline for a moment: the next one is five seconds away.
      saved = -1;
    });
  };
  const now = () => save();
  const tick = () => {
    if (!player.paused() && Date.now() - savedAt >= everyMs) save();
  };
  const leave = () => {
    if (player.readyState() > 0 && !player.ended()) {
      keepLeftAt(movieId, player.currentTime() ?? 0);
    }
    save(true);
  };
  const hide = () => {
    if (document.visibilityState === "hidden") save(true);
  };

  player.on("timeupdate", tick);
  player.on(["pause", "seeked", "ended"], now);
  window.addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", hide);
  return () => {
    save(true);
    player.off("timeupdate", tick);
    player.off(["pause", "seeked", "ended"], now);
    window.removeEventListener("pagehide", leave);
    document.removeEventListener("visibilitychange", hide);
  };
}
