import type Player from "video.js/dist/types/player";

/** The parts of video.js's sound tracks that are used here; its own types are looser. */
export interface AudioTrack {
  id: string;
  label: string;
  language: string;
  enabled: boolean;
}

interface TrackList extends ArrayLike<AudioTrack> {
  addEventListener(type: "addtrack" | "change", listener: () => void): void;
  removeEventListener(type: "addtrack" | "change", listener: () => void): void;
}

/** What a person wants to hear. */
export interface AudioWish {
  /** Picked for this movie. */
  picked: { language: string; label: string } | undefined;
  /** Liked best first. */
  languages: readonly string[];
}

const primary = (language: string) => language.split("-")[0];

/** In a language: exactly, or without its region. */
function tracksIn<One extends AudioTrack>(tracks: readonly One[], wanted: string): One[] {
  const exact = tracks.filter(({ language }) => language === wanted);
  if (exact.length > 0) return exact;
  return tracks.filter(({ language }) => language && primary(language) === primary(wanted));
}

/**
 * The track to begin with: the one that was picked for this movie, else the first in a language of
 * the person's. None when the one that plays is as good, whichever of several in a language that is.
 */
export function trackToChoose<One extends AudioTrack>(
  tracks: readonly One[],
  { picked, languages }: AudioWish,
): One | null {
  const named =
    picked &&
    tracks.find(({ label, language }) => label === picked.label && language === picked.language);
  if (named) return named.enabled ? null : named;
  for (const wanted of picked?.language ? [picked.language, ...languages] : languages) {
    const fitting = tracksIn(tracks, wanted);
    if (fitting.some(({ enabled }) => enabled)) return null;
    if (fitting[0]) return fitting[0];
  }
  return null;
}

/** The player's sound tracks; none for a film that is played as one file. */
export function audioTracksOf(player: Player): AudioTrack[] {
  return Array.from(player.audioTracks() as unknown as TrackList);
}

/**
 * Begins with the sound that a person wants, where the film has it, and tells what they choose.
 *
 * @param onPick called with what was chosen. `onHear` with the language that plays, also at the start.
 * @returns what stops it.
 */
export function followAudioTrack(
  player: Player,
  wish: AudioWish,
  { onPick, onHear }: { onPick(track: AudioTrack): void; onHear(language: string): void },
): () => void {
  const list = player.audioTracks() as unknown as TrackList;
  // Until then the tracks arrive, and what changes is what the file or this function chose.
  let isSettled = false;

  const hear = () => {
    const heard = Array.from(list).find(({ enabled }) => enabled);
    if (heard?.language) onHear(heard.language);
  };
  const choose = () => {
    if (isSettled) return;
    const track = trackToChoose(Array.from(list), wish);
    if (track) track.enabled = true;
    hear();
  };
  // All arrive in one turn, and the default one switches the others off as it comes.
  const onAdd = () => queueMicrotask(choose);
  const settle = () => {
    choose();
    isSettled = true;
  };
  const onChange = () => {
    if (!isSettled) return;
    const chosen = Array.from(list).find(({ enabled }) => enabled);
    if (chosen) onPick(chosen);
    hear();
  };
  list.addEventListener("addtrack", onAdd);
  list.addEventListener("change", onChange);
  player.one("loadedmetadata", settle);
  return () => {
    isSettled = true;
    if (player.isDisposed()) return;
    list.removeEventListener("addtrack", onAdd);
    list.removeEventListener("change", onChange);
    player.off("loadedmetadata", settle);
  };
}
