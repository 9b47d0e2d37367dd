import type Player from "video.js/dist/types/player";
import { remember, remembered } from "./remembered";

/** The parts of video.js's sound tracks that are used here; its own types are looser. */
interface Track {
  language: string;
  enabled: boolean;
}

interface TrackList extends ArrayLike<Track> {
  addEventListener(type: "addtrack" | "change", listener: () => void): void;
  removeEventListener(type: "addtrack" | "change", listener: () => void): void;
}

/**
 * The first track in the language that a person chose last: exactly, or without its region. None
 * when the one that plays is in it already, whichever of several that is.
 */
export function trackToChoose<One extends Track>(
  tracks: readonly One[],
  wanted: string | null,
): One | null {
  if (!wanted) return null;
  const primary = (language: string) => language.split("-")[0];
  const exact = tracks.filter(({ language }) => language === wanted);
  const fitting =
    exact.length > 0
      ? exact
      : tracks.filter(({ language }) => primary(language) === primary(wanted));
  return fitting.some(({ enabled }) => enabled) ? null : (fitting[0] ?? null);
}

/**
 * Begins with the language that was chosen last in this browser, where the film has it, and
 * remembers what is chosen in the menu.
 *
 * @returns what stops it.
 */
export function rememberAudioTrack(player: Player): () => void {
  const list = player.audioTracks() as unknown as TrackList;
  const wanted = remembered("audio");
  // Until then the tracks arrive, and what changes is what the file or this function chose.
  let isSettled = false;

  const choose = () => {
    if (isSettled) return;
    const track = trackToChoose(Array.from(list), wanted);
    if (track) track.enabled = true;
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
    if (chosen?.language) remember("audio", chosen.language);
  };
  list.addEventListener("addtrack", onAdd);
  list.addEventListener("change", onChange);
  player.one("loadedmetadata", settle);
  return () => {
    list.removeEventListener("addtrack", onAdd);
    list.removeEventListener("change", onChange);
    player.off("loadedmetadata", settle);
  };
}
