import type Player from "video.js/dist/types/player";

export type Fault = "network" | "gone" | "signedOut" | "unplayable" | "noPicture";

/** A film that stands still for so long is asked after. */
const stillMs = 4000;
/** Without the network it is tried again so often; the browser's own word may come earlier. */
const againMs = 3000;

/** What the server says of the film; null when it would send it. */
export async function whatFails(streamUrl: string): Promise<Fault | null> {
  try {
    const { status } = await fetch(streamUrl, { method: "HEAD", cache: "no-store" });
    if (status === 401 || status === 403) return "signedOut";
    if (status === 404) return "gone";
    return status >= 500 ? "network" : null;
  } catch {
    return "network";
  }
}

/** Why a player gave up, in what the person can do about it. */
export async function faultBehind(
  streamUrl: string,
  errorCode: number | undefined,
): Promise<Fault> {
  const fault = await whatFails(streamUrl);
  // 2 is MEDIA_ERR_NETWORK: it broke off, and all is well again by now.
  return fault ?? (errorCode === 2 ? "network" : "unplayable");
}

/**
 * Tells when the film stands still because nothing can come: browsers wait for minutes before they
 * call it an error.
 *
 * @returns what stops it.
 */
export function watchStandstill(
  player: Player,
  streamUrl: string,
  onFault: (fault: Fault) => void,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isStopped = false;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const fault = await whatFails(streamUrl);
      if (isStopped || timer === undefined) return;
      // A slow disk or line: it is asked after again as long as nothing moves.
      if (fault === null) wait();
      else onFault(fault);
    }, stillMs);
  };
  const goesOn = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const still = ["waiting", "stalled", "seeking"];
  const moving = ["timeupdate", "playing", "seeked", "pause", "error", "ended"];
  const onMoving = () => {
    if ((player.readyState() ?? 0) > 2 || player.paused()) goesOn();
  };
  const onStill = () => {
    if ((player.readyState() ?? 0) <= 2 && timer === undefined) wait();
  };
  player.on(still, onStill);
  player.on(moving, onMoving);
  return () => {
    isStopped = true;
    goesOn();
    if (player.isDisposed()) return;
    player.off(still, onStill);
    player.off(moving, onMoving);
  };
}

/**
 * Calls back once, as soon as the film can be had again.
 *
 * @returns what stops it.
 */
export function whenBack(streamUrl: string, onBack: () => void): () => void {
  let isStopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = async () => {
    clearTimeout(timer);
    const fault = await whatFails(streamUrl);
    if (isStopped) return;
    if (fault === "network") timer = setTimeout(look, againMs);
    else {
      stop();
      onBack();
    }
  };
  const online = () => void look();
  const stop = () => {
    isStopped = true;
    clearTimeout(timer);
    window.removeEventListener("online", online);
  };
  window.addEventListener("online", online);
  timer = setTimeout(look, againMs);
  return stop;
}
