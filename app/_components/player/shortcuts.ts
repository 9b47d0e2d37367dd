import type Player from "video.js/dist/types/player";
import type { Note } from "../watch/note-text";

const stepSeconds = 10;
const volumeStep = 0.1;
/** Presses that follow each other so quickly are told as one: +30 s. */
const sameRunMs = 900;

export interface KeyActions {
  leave(): void;
  toggleSubtitles(): void;
  next(): void;
  /** Goes to the chapter before or after; what it is called, or null when there is none. */
  goToChapter(direction: "previous" | "next"): string | null;
  showKeys(): void;
  say(note: Note): void;
}

/** Moves the film, within its bounds. */
export function seekTo(player: Player, seconds: number): number {
  const duration = player.duration() ?? 0;
  const target = Math.min(Math.max(seconds, 0), Math.max(duration - 0.1, 0));
  player.currentTime(target);
  return target;
}

/** Changes how loud it is, and sounds again. @returns how loud it is now, 0 to 1. */
export function setVolume(player: Player, share: number): number {
  const volume = Math.round(Math.min(Math.max(share, 0), 1) * 100) / 100;
  player.muted(false);
  player.volume(volume);
  return volume;
}

/** Plays or pauses. */
export function togglePlay(player: Player): "play" | "pause" {
  if (!player.paused()) {
    player.pause();
    return "pause";
  }
  // A press of pause before the film has begun ends the promise of play: nobody has to be told.
  player.play()?.catch(() => {});
  return "play";
}

/** Fills the screen, or stops to. */
export function toggleFullscreen(player: Player): void {
  if (player.isFullscreen()) void player.exitFullscreen();
  else void player.requestFullscreen();
}

function togglePictureInPicture(player: Player): void {
  const change = player.isInPictureInPicture()
    ? player.exitPictureInPicture()
    : player.requestPictureInPicture();
  // Some browsers refuse it: nothing happens then, and that is seen.
  Promise.resolve(change).catch(() => {});
}

const rates = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];

function changeRate(player: Player, direction: 1 | -1): number {
  // video.js tells a new speed only after its event: two quick presses would count as one.
  const now = player.el().querySelector("video")?.playbackRate ?? 1;
  const beside =
    direction > 0 ? rates.find((rate) => rate > now) : rates.findLast((rate) => rate < now);
  const rate = beside ?? now;
  player.playbackRate(rate);
  return rate;
}

interface Track {
  kind: string;
  mode: string;
  label: string;
}

/** What is read now, after it was switched. */
function shownSubtitle(player: Player): string | null {
  const tracks = Array.from(player.textTracks() as unknown as ArrayLike<Track>);
  return tracks.find(({ kind, mode }) => kind === "subtitles" && mode === "showing")?.label ?? null;
}

/** What the presses of a run add up to. */
function seekRun(): (seconds: number) => number {
  let sum = 0;
  let last = 0;
  return (seconds) => {
    const now = performance.now();
    const isSameRun = now - last < sameRunMs && Math.sign(sum) === Math.sign(seconds);
    sum = isSameRun ? sum + seconds : seconds;
    last = now;
    return sum;
  };
}

/** What each key does; letters by what is printed on the key. */
function actionsByKey(actions: KeyActions): Record<string, (player: Player) => void> {
  const { say } = actions;
  const run = seekRun();
  const seek = (seconds: number) => (player: Player) => {
    seekTo(player, (player.currentTime() ?? 0) + seconds);
    say({ kind: "seek", seconds: run(seconds) });
  };
  const louder = (by: number) => (player: Player) =>
    say({ kind: "volume", share: setVolume(player, (player.volume() ?? 1) + by) });
  const play = (player: Player) => say({ kind: togglePlay(player) });
  const mute = (player: Player) => {
    player.muted(!player.muted());
    say(player.muted() ? { kind: "muted" } : { kind: "volume", share: player.volume() ?? 1 });
  };
  const rate = (direction: 1 | -1) => (player: Player) =>
    say({ kind: "rate", rate: changeRate(player, direction) });
  const subtitles = (player: Player) => {
    actions.toggleSubtitles();
    const label = shownSubtitle(player);
    say(label === null ? { kind: "subtitlesOff" } : { kind: "subtitles", label });
  };
  const chapter = (direction: "previous" | "next") => () => {
    const text = actions.goToChapter(direction);
    if (text !== null) say({ kind: "chapter", text });
  };
  const tenths = Object.fromEntries(
    Array.from({ length: 10 }, (_, tenth) => [
      String(tenth),
      (player: Player) => {
        const seconds = seekTo(player, ((player.duration() ?? 0) * tenth) / 10);
        say({ kind: "at", seconds });
      },
    ]),
  );
  return {
    ...tenths,
    ...{ " ": play, k: play, m: mute, c: subtitles, n: actions.next },
    ...{ j: seek(-stepSeconds), ArrowLeft: seek(-stepSeconds) },
    ...{ l: seek(stepSeconds), ArrowRight: seek(stepSeconds) },
    ...{ ArrowUp: louder(volumeStep), ArrowDown: louder(-volumeStep) },
    ...{ "<": rate(-1), ">": rate(1), f: toggleFullscreen, p: togglePictureInPicture },
    ...{ ",": chapter("previous"), PageUp: chapter("previous") },
    ...{ ".": chapter("next"), PageDown: chapter("next") },
    "?": actions.showKeys,
  };
}

/** Where keys have a meaning of their own. */
const ownKeys =
  "input, select, textarea, [contenteditable], .vjs-menu, .vjs-modal-dialog, [role=dialog], [role=menu], [role=listbox]";

/**
 * Keys for the whole page: on a watch page there is nothing but the film. A key that belongs to a
 * menu, a slider or a field is left to it.
 *
 * @returns what stops it.
 */
export function listenToKeys(player: Player, actions: KeyActions): () => void {
  const byKey = actionsByKey(actions);
  const listen = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest(ownKeys)) return;
    if (event.key === "Escape") {
      if (!player.isFullscreen()) actions.leave();
      return;
    }
    const isButton = target?.closest("button, a, [role=slider]");
    if (isButton && (event.key === " " || /^(Arrow|Page)/.test(event.key))) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const act = Object.hasOwn(byKey, key) ? byKey[key] : undefined;
    if (!act) return;
    event.preventDefault();
    player.userActive(true);
    act(player);
  };
  // On the way down: video.js's own controls let no key through that is pressed on them.
  document.addEventListener("keydown", listen, true);
  return () => document.removeEventListener("keydown", listen, true);
}
