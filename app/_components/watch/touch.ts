import videojs from "video.js/core";
import type Player from "video.js/dist/types/player";
import { seekTo, setVolume, toggleFullscreen } from "../player/shortcuts";
import type { Note } from "./note-text";
import {
  doubleTapMs,
  longPressMs,
  scrubSeconds,
  slopPixels,
  swipeOf,
  tapCounter,
  type Zone,
  zoneAt,
} from "./touch-rules";

const stepSeconds = 10;
const fastRate = 2;

/** What is not the picture: it has fingers of its own. */
const notFilm =
  ".vjs-control-bar, .vjs-big-play-button, .vjs-menu, .vjs-modal-dialog, .watch-own, button, a, input, [role=dialog], [role=menu]";

interface Finger {
  from: { x: number; y: number };
  at: { x: number; y: number };
  means: "tap" | "scrub" | "volume" | "fast" | "none";
  volume: number;
  seconds: number;
  rate: number;
}

/**
 * Fingers on the picture: a tap shows the controls, two at a side seek, two in the middle fill the
 * screen, a swipe moves the film or the volume, a finger that stays plays faster. Two fingers, the
 * edges of the screen and a page that is zoomed in are the browser's.
 *
 * @param on.say tells what it did. `on.ripple` shows a seek where it was tapped.
 * @returns what stops it.
 */
export function listenToTouch(
  player: Player,
  on: {
    say(note: Note): void;
    hush(): void;
    ripple(side: "left" | "right", seconds: number): void;
  },
): () => void {
  const el = player.el() as HTMLElement;
  const ended = new AbortController();
  const tap = tapCounter();
  let finger: Finger | null = null;
  let longPress: ReturnType<typeof setTimeout> | undefined;
  let hide: ReturnType<typeof setTimeout> | undefined;
  // On Apple's phones the keys at the side are the only ones who change it.
  const changesVolume = !videojs.browser.IS_IOS;

  const isFilm = (event: TouchEvent) =>
    event.target instanceof Element && !event.target.closest(notFilm);
  const isZoomed = () => (window.visualViewport?.scale ?? 1) > 1.01;
  const showControls = () => {
    player.userActive(true);
    player.reportUserActivity({});
  };

  const letGo = () => {
    clearTimeout(longPress);
    if (finger?.means === "fast") {
      player.playbackRate(finger.rate);
      on.hush();
    }
    finger = null;
  };
  const goFast = () => {
    if (player.isDisposed() || finger?.means !== "tap" || player.paused()) return;
    finger.means = "fast";
    player.playbackRate(fastRate);
    player.userActive(false);
    on.say({ kind: "fast" });
  };

  const start = (event: TouchEvent) => {
    const touch = event.touches[0];
    if (!isFilm(event) || !touch || event.touches.length > 1 || isZoomed()) {
      letGo();
      return;
    }
    // The player would show and hide its controls by itself.
    event.stopPropagation();
    const at = { x: touch.clientX, y: touch.clientY };
    finger = {
      ...{ from: at, at, means: "tap" },
      volume: player.muted() ? 0 : (player.volume() ?? 1),
      seconds: player.currentTime() ?? 0,
      rate: player.playbackRate() ?? 1,
    };
    clearTimeout(longPress);
    longPress = setTimeout(goFast, longPressMs);
  };

  const scrubbed = ({ from, at, seconds }: Finger) => {
    const duration = player.duration() ?? 0;
    const by = ((at.x - from.x) / window.innerWidth) * scrubSeconds(duration);
    const target = Math.min(Math.max(seconds + by, 0), duration);
    return { target, by: target - seconds };
  };

  const move = (event: TouchEvent) => {
    const touch = event.touches[0];
    if (!finger || !touch || isZoomed()) return;
    event.stopPropagation();
    // Nothing on this page scrolls: without this the browser would try to, and end the touch.
    if (event.cancelable) event.preventDefault();
    finger.at = { x: touch.clientX, y: touch.clientY };
    if (finger.means === "tap") {
      const swipe = swipeOf(finger.from, finger.at, { width: window.innerWidth, changesVolume });
      if (swipe === null) return;
      clearTimeout(longPress);
      finger.means = swipe;
    }
    if (finger.means === "scrub") {
      const { target, by } = scrubbed(finger);
      on.say({ kind: "scrub", seconds: target, by: Math.round(by) });
    } else if (finger.means === "volume") {
      const by = (finger.from.y - finger.at.y - slopPixels) / (window.innerHeight * 0.7);
      on.say({ kind: "volume", share: setVolume(player, finger.volume + by) });
    }
  };

  const seekTapped = (zone: Exclude<Zone, "middle">, count: number) => {
    const seconds = zone === "left" ? -stepSeconds : stepSeconds;
    seekTo(player, (player.currentTime() ?? 0) + seconds);
    player.userActive(false);
    on.ripple(zone, seconds * (count - 1));
  };
  const tapped = (x: number, atMs: number) => {
    const box = el.getBoundingClientRect();
    const zone = zoneAt(x - box.left, box.width);
    const count = tap(zone, atMs);
    clearTimeout(hide);
    if (count === 1) {
      // Shown at once; hidden only when it is sure that no second tap follows.
      if (player.userActive()) hide = setTimeout(() => player.userActive(false), doubleTapMs);
      else showControls();
    } else if (zone !== "middle") seekTapped(zone, count);
    else if (count === 2) toggleFullscreen(player);
  };

  const end = (event: TouchEvent) => {
    if (!finger) return;
    event.stopPropagation();
    // No click follows, which would pause the film.
    if (event.cancelable) event.preventDefault();
    const { means, from } = finger;
    if (means === "scrub") {
      seekTo(player, scrubbed(finger).target);
      on.hush();
    } else if (means === "tap") tapped(from.x, event.timeStamp);
    letGo();
  };
  const cancel = () => {
    if (finger?.means === "scrub") on.hush();
    letGo();
  };
  // What browsers offer for a film when a finger stays on it.
  const noMenu = (event: Event) => {
    if (finger) event.preventDefault();
  };

  const options = { signal: ended.signal, capture: true, passive: false };
  el.addEventListener("touchstart", start, options);
  el.addEventListener("touchmove", move, options);
  el.addEventListener("touchend", end, options);
  el.addEventListener("touchcancel", cancel, options);
  el.addEventListener("contextmenu", noMenu, options);
  return () => {
    ended.abort();
    clearTimeout(hide);
    if (player.isDisposed()) clearTimeout(longPress);
    else letGo();
  };
}
