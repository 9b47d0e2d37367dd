import type Player from "video.js/dist/types/player";
import type { WatchFacts } from "./facts";

const stepSeconds = 10;

type Handlers = Partial<Record<MediaSessionAction, MediaSessionActionHandler>>;

/**
 * Tells the system what plays: its title, picture and place on the lock screen, and the keys of
 * headphones and keyboards.
 *
 * @param next goes to the next movie; null when there is none.
 * @returns what stops it.
 */
export function tellSystem(
  player: Player,
  { title, artwork }: Pick<WatchFacts, "title" | "artwork">,
  next: (() => void) | null,
): () => void {
  if (!("mediaSession" in navigator)) return () => {};
  const session = navigator.mediaSession;
  session.metadata = new MediaMetadata({ title, artwork });
  const seekBy = (seconds: number) => player.currentTime((player.currentTime() ?? 0) + seconds);
  const handlers: Handlers = {
    play: () => void player.play()?.catch(() => {}),
    pause: () => player.pause(),
    seekbackward: ({ seekOffset }) => void seekBy(-(seekOffset ?? stepSeconds)),
    seekforward: ({ seekOffset }) => void seekBy(seekOffset ?? stepSeconds),
    seekto: ({ seekTime }) => {
      if (seekTime !== undefined) player.currentTime(seekTime);
    },
    // What a film begins with is the only thing before it.
    previoustrack: () => void player.currentTime(0),
    ...(next ? { nexttrack: next } : {}),
  };
  const set = (action: string, handler: MediaSessionActionHandler | null) => {
    try {
      session.setActionHandler(action as MediaSessionAction, handler);
    } catch {
      // A key that this browser has not heard of.
    }
  };
  for (const [action, handler] of Object.entries(handlers)) set(action, handler);

  const tellPlace = () => {
    const duration = player.duration() ?? 0;
    const position = Math.min(player.currentTime() ?? 0, duration);
    if (!(duration > 0) || !Number.isFinite(duration)) return;
    session.setPositionState?.({ duration, position, playbackRate: player.playbackRate() ?? 1 });
  };
  const tellState = () => {
    session.playbackState = player.paused() ? "paused" : "playing";
    tellPlace();
  };
  const places = ["loadedmetadata", "durationchange", "seeked", "ratechange"];
  const states = ["play", "playing", "pause", "ended"];
  player.on(places, tellPlace);
  player.on(states, tellState);
  tellState();
  return () => {
    if (!player.isDisposed()) {
      player.off(places, tellPlace);
      player.off(states, tellState);
    }
    for (const action of Object.keys(handlers)) set(action, null);
    session.metadata = null;
    session.playbackState = "none";
  };
}
