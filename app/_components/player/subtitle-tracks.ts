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
  source: "upload" | "embedded" | "sidecar" | "opensubtitles";
  machineTranslated: boolean;
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

export interface SubtitleTracks {
  /** Names those that are new; one that arrives while none was chosen yet may be switched on. */
  offer(subtitles: readonly PlayerSubtitle[]): void;
  /** Switches the last one off, or on again. */
  toggle(): void;
  stop(): void;
}

/**
 * The player's subtitles. Each is only named here: the file is fetched when it is switched on, so
 * that fifty of them start as fast as none.
 */
export function subtitleTracks(player: Player, wantedLanguages: readonly string[]): SubtitleTracks {
  const offered = new Map<string, PlayerSubtitle>();
  let shownId: string | undefined;
  let isChosen = false;
  // Switching on below is no choice of the person's: the event comes in the same turn.
  let isOurs = false;

  const show = (id: string | undefined) => {
    isOurs = true;
    for (const track of tracksOf(player)) track.mode = track.id === id ? "showing" : "disabled";
    isOurs = false;
    if (id) shownId = id;
  };
  const onChange = () => {
    if (isOurs) return;
    const shown = tracksOf(player).find((track) => track.mode === "showing");
    isChosen = true;
    if (shown) shownId = shown.id;
    remember("subtitle", shown ? shown.language : "off");
  };
  const list = player.textTracks() as unknown as EventTarget;
  list.addEventListener("selectedlanguagechange", onChange);

  return {
    offer(subtitles) {
      const fresh = subtitles.filter(({ id }) => !offered.has(id));
      for (const subtitle of fresh) {
        const { id, language, label, url } = subtitle;
        offered.set(id, subtitle);
        player.addRemoteTextTrack(
          { id, kind: "subtitles", srclang: language, label, src: url },
          false,
        );
      }
      if (isChosen || fresh.length === 0) return;
      const first = firstSubtitle([...offered.values()], wantedLanguages, remembered("subtitle"));
      if (first && first.id !== shownId) show(first.id);
    },
    toggle() {
      const isShown = tracksOf(player).some((track) => track.mode === "showing");
      const id = shownId ?? [...offered.keys()][0];
      show(isShown ? undefined : id);
      isChosen = true;
      remember("subtitle", isShown || !id ? "off" : (offered.get(id)?.language ?? "off"));
    },
    stop() {
      list.removeEventListener("selectedlanguagechange", onChange);
    },
  };
}
