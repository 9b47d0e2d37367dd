import type Player from "video.js/dist/types/player";
import { firstSubtitle } from "@/lib/subtitles/choose";
import { remember, remembered } from "./remembered";

export interface PlayerSubtitle {
  id: string;
  language: string;
  label: string;
  url: string;
  forced: boolean;
  hearingImpaired: boolean;
}

/** The parts of video.js's text tracks that are used here; its own types are looser. */
interface Track extends EventTarget {
  id: string;
  kind: string;
  language: string;
  mode: "disabled" | "hidden" | "showing";
}

function tracksOf(player: Player): Track[] {
  return Array.from(player.textTracks() as unknown as ArrayLike<Track>).filter(
    (track) => track.kind === "subtitles",
  );
}

/**
 * Gives the player its subtitles. Each is only named here: the file is fetched when it is switched
 * on, so that fifty of them start as fast as none.
 *
 * @returns what switches the last one on or off, and what stops the listening.
 */
export function addSubtitles(
  player: Player,
  subtitles: readonly PlayerSubtitle[],
  wantedLanguages: readonly string[],
): { toggle(): void; stop(): void } {
  for (const { id, language, label, url } of subtitles) {
    player.addRemoteTextTrack({ id, kind: "subtitles", srclang: language, label, src: url }, false);
  }
  const first = firstSubtitle(subtitles, wantedLanguages, remembered("subtitle"));
  let last = first?.id ?? subtitles[0]?.id;
  const show = (id: string | undefined) => {
    for (const track of tracksOf(player)) track.mode = track.id === id ? "showing" : "disabled";
  };
  if (first) show(first.id);

  const list = player.textTracks() as unknown as EventTarget;
  const onChange = () => {
    const shown = tracksOf(player).find((track) => track.mode === "showing");
    if (shown) last = shown.id;
    remember("subtitle", shown ? shown.language : "off");
  };
  // What was switched on above is no choice of the person's: listen from the next turn on.
  const timer = setTimeout(() => list.addEventListener("selectedlanguagechange", onChange), 0);
  return {
    toggle() {
      const isShown = tracksOf(player).some((track) => track.mode === "showing");
      show(isShown ? undefined : last);
      remember(
        "subtitle",
        isShown ? "off" : (subtitles.find(({ id }) => id === last)?.language ?? "off"),
      );
    },
    stop() {
      clearTimeout(timer);
      list.removeEventListener("selectedlanguagechange", onChange);
    },
  };
}
