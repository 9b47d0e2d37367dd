import type Player from "video.js/dist/types/player";

const stepSeconds = 10;
const volumeStep = 0.1;

function seekBy(player: Player, seconds: number): void {
  const duration = player.duration() ?? 0;
  const target = (player.currentTime() ?? 0) + seconds;
  player.currentTime(Math.min(Math.max(target, 0), Math.max(duration - 0.1, 0)));
}

function changeVolume(player: Player, by: number): void {
  player.muted(false);
  player.volume(Math.min(Math.max((player.volume() ?? 1) + by, 0), 1));
}

function togglePlay(player: Player): void {
  // A press of pause before the film has begun ends the promise of play: nobody has to be told.
  if (player.paused()) player.play()?.catch(() => {});
  else player.pause();
}

function toggleFullscreen(player: Player): void {
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

interface KeyActions {
  leave(): void;
  toggleSubtitles(): void;
  next(): void;
}

/** What each key does; letters by what is printed on the key. */
function actionOf(
  key: string,
  { toggleSubtitles, next }: KeyActions,
): ((player: Player) => void) | null {
  if (/^[0-9]$/.test(key)) {
    return (player) => void player.currentTime(((player.duration() ?? 0) * Number(key)) / 10);
  }
  switch (key) {
    case " ":
    case "k":
      return togglePlay;
    case "ArrowLeft":
    case "j":
      return (player) => seekBy(player, -stepSeconds);
    case "ArrowRight":
    case "l":
      return (player) => seekBy(player, stepSeconds);
    case "ArrowUp":
      return (player) => changeVolume(player, volumeStep);
    case "ArrowDown":
      return (player) => changeVolume(player, -volumeStep);
    case "f":
      return toggleFullscreen;
    case "m":
      return (player) => void player.muted(!player.muted());
    case "p":
      return togglePictureInPicture;
    case "n":
      return next;
    case "c":
      return toggleSubtitles;
    default:
      return null;
  }
}

/**
 * Keys for the whole page: on a watch page there is nothing but the film. A key that belongs to a
 * menu, a slider or a field is left to it.
 *
 * @returns what stops it.
 */
export function listenToKeys(player: Player, actions: KeyActions): () => void {
  const listen = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest("input, select, textarea, .vjs-menu, .vjs-modal-dialog")) return;
    if (event.key === "Escape") {
      if (!player.isFullscreen()) actions.leave();
      return;
    }
    const isButton = target?.closest("button, a, [role=slider]");
    if (isButton && (event.key === " " || event.key.startsWith("Arrow"))) return;
    const act = actionOf(event.key.length === 1 ? event.key.toLowerCase() : event.key, actions);
    if (!act) return;
    event.preventDefault();
    player.userActive(true);
    act(player);
  };
  document.addEventListener("keydown", listen);
  return () => document.removeEventListener("keydown", listen);
}
