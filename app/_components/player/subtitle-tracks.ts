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

/** Longest that a subtitle is kept from the menu on a device that is never idle. */
const latestMs = 1000;

/** When the browser has nothing better to do. Safari can't tell: there, a moment later. */
function whenIdle(work: () => void): void {
  if (typeof requestIdleCallback === "function") requestIdleCallback(work, { timeout: latestMs });
  else setTimeout(work, 50);
}

/**
 * The player's subtitles. Each is only named here: the file is fetched when it is switched on. The
 * one to begin with is named at once; the others wait for the first frame and then for an idle
 * moment each, since every name makes video.js build its whole menu anew. So a film with fifty starts
 * as fast as one with none.
 */
export function subtitleTracks(player: Player, wantedLanguages: readonly string[]): SubtitleTracks {
  const offered = new Map<string, PlayerSubtitle>();
  /** Offered, and not named yet; in their order. */
  const waiting = new Set<string>();
  let isNaming = false;
  let isStopped = false;
  let shownId: string | undefined;
  let isChosen = false;
  // Switching on below is no choice of the person's: the event comes in the same turn.
  let isOurs = false;

  const name = (id: string | undefined) => {
    const subtitle = id !== undefined && waiting.delete(id) ? offered.get(id) : undefined;
    if (!subtitle) return;
    const { language, label, url } = subtitle;
    player.addRemoteTextTrack(
      { id: subtitle.id, kind: "subtitles", srclang: language, label, src: url },
      // They stay when the source is set, which may be after this; they go with the player.
      true,
    );
  };
  const nameNext = () => {
    if (isStopped) return;
    const [next] = waiting;
    isNaming = next !== undefined;
    if (!isNaming) return;
    name(next);
    whenIdle(nameNext);
  };
  const nameAll = () => {
    if (!isNaming && !isStopped) nameNext();
  };
  const show = (id: string | undefined) => {
    name(id);
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
  player.one("loadeddata", nameAll);

  return {
    offer(subtitles) {
      const fresh = subtitles.filter(({ id }) => !offered.has(id));
      for (const subtitle of fresh) {
        offered.set(subtitle.id, subtitle);
        waiting.add(subtitle.id);
      }
      // HAVE_CURRENT_DATA: the first frame is there.
      if (player.readyState() >= 2) nameAll();
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
      isStopped = true;
      list.removeEventListener("selectedlanguagechange", onChange);
    },
  };
}
