import type Player from "video.js/dist/types/player";
import { type Fault, faultBehind, watchStandstill } from "../watch/faults";
import { playHls } from "./play-hls";
import type { PlayerVersion } from "./watchable";

/** Where a film is, for whatever plays it next. */
export interface Place {
  seconds: number;
  isPaused: boolean;
}

interface Started {
  hasStarted(has: boolean): boolean;
}

/**
 * Plays a version in a player that is there: the first one, or another in its place, which goes on
 * where that one was, playing or paused, in the same window or on the same full screen.
 *
 * @param options.onPlace called as the film goes on.
 * @returns what stops it, before something else is played.
 */
export function playVersion(
  player: Player,
  { streamUrl }: Pick<PlayerVersion, "streamUrl">,
  {
    hlsUrl,
    from,
    ...on
  }: {
    /** Null to play the whole file. */
    hlsUrl: string | null;
    from: Place;
    onPlace(place: Place): void;
    onFault(fault: Fault): void;
    giveUpHls(): void;
  },
): () => void {
  const ended = new AbortController();
  const { signal } = ended;
  let seconds = from.seconds;
  let isPlaced = false;
  let hasPlayed = false;
  let stopHls = () => {};

  const place = () =>
    on.onPlace({ seconds, isPaused: (hasPlayed || from.isPaused) && player.paused() });
  const listen = (kinds: string[], listener: () => void) => {
    player.on(kinds, listener);
    signal.addEventListener("abort", () => {
      if (!player.isDisposed()) player.off(kinds, listener);
    });
  };
  const begin = () => {
    if (isPlaced) return;
    if (from.seconds > 0) player.currentTime(from.seconds);
    isPlaced = true;
    if (!from.isPaused) return;
    // Stopped in the middle: its picture is shown, not the poster.
    if (from.seconds > 0) (player as unknown as Started).hasStarted(true);
  };
  listen(["loadedmetadata"], begin);
  listen(["play"], () => {
    hasPlayed = true;
  });
  listen(["timeupdate", "seeked", "play", "pause"], () => {
    if (!isPlaced || player.seeking()) return;
    seconds = player.currentTime() ?? seconds;
    place();
  });
  // Where somebody sought to is their place, also when nothing of it arrives.
  listen(["seeking"], () => {
    if (!isPlaced) return;
    seconds = player.currentTime() ?? seconds;
    place();
  });
  // A browser that knows the sound and not the picture would play on in the dark.
  let isLoaded = false;
  listen(["loadeddata"], () => {
    if (isLoaded) return;
    isLoaded = true;
    if (player.videoWidth() > 0) return;
    // That it stops here is nobody's wish.
    isPlaced = false;
    player.pause();
    on.onFault("noPicture");
  });
  if (!hlsUrl) {
    listen(["error"], async () => {
      const fault = await faultBehind(streamUrl, player.error()?.code);
      if (!signal.aborted) on.onFault(fault);
    });
  }
  const stopStandstill = watchStandstill(player, streamUrl, on.onFault);
  player.ready(() => {
    if (signal.aborted) return;
    player.autoplay(!from.isPaused);
    if (hlsUrl) stopHls = playHls(player, hlsUrl, on.giveUpHls);
    else player.src({ src: streamUrl, type: "video/mp4" });
  });
  return () => {
    ended.abort();
    stopStandstill();
    stopHls();
  };
}
