import type Player from "video.js/dist/types/player";
import type { TicketView } from "@/lib/versions/schema";

/** What WebKit adds for AirPlay. */
interface AirPlayVideo extends HTMLVideoElement {
  webkitShowPlaybackTargetPicker?: () => void;
}

export type CastKind = "airplay" | "remote";

function videoOf(player: Player): AirPlayVideo | null {
  return player.el().querySelector("video");
}

/**
 * Tells when there is a device to play on: a television by AirPlay or by the browser's remote
 * playback. Browsers without either never call back.
 *
 * @returns what stops it.
 */
export function watchForDevices(
  player: Player,
  onChange: (kind: CastKind | null) => void,
): () => void {
  const video = videoOf(player);
  if (!video) return () => {};
  if (typeof video.webkitShowPlaybackTargetPicker === "function") {
    const change = (event: Event) => {
      const { availability } = event as Event & { availability?: string };
      onChange(availability === "available" ? "airplay" : null);
    };
    video.addEventListener("webkitplaybacktargetavailabilitychanged", change);
    return () => video.removeEventListener("webkitplaybacktargetavailabilitychanged", change);
  }
  if (!("remote" in video)) return () => {};
  let isStopped = false;
  let watching: number | null = null;
  video.remote
    .watchAvailability((isAvailable) => {
      if (!isStopped) onChange(isAvailable ? "remote" : null);
    })
    .then((id) => {
      watching = id;
    })
    // It can't look for devices all the time: the button is there, and its press looks.
    .catch((error: DOMException) => {
      if (!isStopped && error.name === "NotSupportedError") onChange("remote");
    });
  return () => {
    isStopped = true;
    if (watching !== null) void video.remote.cancelWatchAvailability(watching).catch(() => {});
  };
}

/** Addresses that a device without our cookie can fetch. @throws Error when there are none to get. */
async function askForTicket(versionId: string): Promise<TicketView> {
  const response = await fetch(`/api/v1/versions/${versionId}/ticket`, { method: "POST" });
  if (!response.ok) throw new Error(`ticket: ${response.status}`);
  return response.json();
}

/**
 * Lets a person choose a device and plays there. The device fetches the film by itself and has no
 * cookie: before it is asked, the film's address becomes a whole one with a ticket in it.
 *
 * @throws Error when no ticket was to be had, or DOMException when the choice was ended.
 */
export async function castTo(player: Player, kind: CastKind, versionId: string): Promise<void> {
  const ticket = await askForTicket(versionId);
  const seconds = player.currentTime() ?? 0;
  const wasPaused = player.paused();
  // The picker hands over what is set by then, and the player sets it a moment later.
  const isSet = new Promise((resolve) => player.one("loadstart", resolve));
  player.src({ src: ticket.streamUrl, type: "video/mp4" });
  player.one("loadedmetadata", () => {
    player.currentTime(seconds);
    if (!wasPaused) player.play()?.catch(() => {});
  });
  await isSet;
  const video = videoOf(player);
  if (kind === "airplay") video?.webkitShowPlaybackTargetPicker?.();
  else await video?.remote.prompt();
}
