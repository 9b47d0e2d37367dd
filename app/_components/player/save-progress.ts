import type Player from "video.js/dist/types/player";
import { keepLeftAt } from "./left-at";

const everyMs = 5_000;

interface Report {
  positionSeconds: number;
  durationSeconds: number;
  /** When the film was there, by the clock of this browser and by how long its page is open. */
  at: { wallMs: number; openMs: number };
}

/** What the server takes for the age of a report at the most: a month. */
const oldestMs = 2_678_400_000;

/**
 * How old a report is. One clock may be set back while the film is paused, the other may stand still
 * while the device sleeps: it is at least as old as either says.
 */
function ageSeconds({ at }: Report): number {
  const ageMs = Math.max(Date.now() - at.wallMs, performance.now() - at.openMs, 0);
  return Math.round(Math.min(ageMs, oldestMs)) / 1000;
}

/** Firefox before 133 ends a request with its page; a beacon it lets go, by POST alone. */
const outlivesPage = () => "keepalive" in Request.prototype;

/** Sends a report, also from a page that is going away. @returns false when it did not arrive. */
async function send(movieId: string, report: Report, isLeaving: boolean): Promise<boolean> {
  const { positionSeconds, durationSeconds } = report;
  const url = `/api/v1/me/progress/${movieId}`;
  const body = JSON.stringify({ positionSeconds, durationSeconds, ageSeconds: ageSeconds(report) });
  if (isLeaving && !outlivesPage()) {
    return navigator.sendBeacon(url, new Blob([body], { type: "application/json" }));
  }
  try {
    const headers = { "content-type": "application/json" };
    const response = await fetch(url, { method: "PUT", keepalive: isLeaving, headers, body });
    // What was refused is refused again; a server that is busy takes the next one.
    return response.status < 500;
  } catch {
    return false;
  }
}

/**
 * Tells the server where the person is: every five seconds while it plays, and at once when it is
 * paused, sought, or left. Leaving uses `keepalive`, so that the last word arrives although the
 * page is gone. What could not be sent is sent when the network is back, with its age: by then
 * another device may be further.
 *
 * @returns what stops it.
 */
export function saveProgress(player: Player, movieId: string): () => void {
  let sent = -1;
  let sentAt = 0;
  let seen: Report | null = null;
  let isUnsent = false;
  let isSending = false;
  /** Something happened while a report was on its way. */
  let isDue = false;

  /** Looks where the film is; it is only news when it moved. */
  const look = () => {
    const positionSeconds = player.currentTime() ?? 0;
    const durationSeconds = player.duration() ?? 0;
    // Nothing was played yet, or nothing new.
    if (!(durationSeconds > 0) || player.readyState() === 0) return;
    if (seen && Math.abs(seen.positionSeconds - positionSeconds) < 0.05) return;
    const at = { wallMs: Date.now(), openMs: performance.now() };
    seen = { positionSeconds, durationSeconds, at };
  };
  const save = (isLeaving = false) => {
    look();
    const report = seen;
    if (!report || Math.abs(report.positionSeconds - sent) < 0.5) return;
    // One after the other, or the older may arrive last and count as the newer.
    if (isSending && !isLeaving) {
      isDue = true;
      return;
    }
    sent = report.positionSeconds;
    sentAt = Date.now();
    isUnsent = false;
    isSending = true;
    void send(movieId, report, isLeaving).then((hasArrived) => {
      isSending = false;
      if (!hasArrived && sent === report.positionSeconds) {
        sent = -1;
        isUnsent = true;
      }
      if (isDue && !isUnsent && !player.isDisposed()) save();
      isDue = false;
    });
  };
  const now = () => save();
  const tick = () => {
    look();
    if (!player.paused() && Date.now() - sentAt >= everyMs) save();
  };
  const online = () => {
    if (isUnsent) save();
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
  window.addEventListener("online", online);
  window.addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", hide);
  return () => {
    save(true);
    player.off("timeupdate", tick);
    player.off(["pause", "seeked", "ended"], now);
    window.removeEventListener("online", online);
    window.removeEventListener("pagehide", leave);
    document.removeEventListener("visibilitychange", hide);
  };
}
