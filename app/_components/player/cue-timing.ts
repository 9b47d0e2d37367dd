import type Player from "video.js/dist/types/player";
import { shownMs, type Timing } from "@/lib/subtitles/timing";

/** The parts of video.js's text tracks that are used here; its own types are looser. */
interface Cue {
  startTime: number;
  endTime: number;
  text: string;
}

export interface TextTrack extends EventTarget {
  id: string;
  kind: string;
  language: string;
  mode: "disabled" | "hidden" | "showing";
  cues: ArrayLike<Cue> | null;
  activeCues: ArrayLike<Cue> | null;
}

/** A line of a subtitle, at its own time. */
export interface Line {
  startMs: number;
  endMs: number;
  text: string;
}

export interface CueTiming {
  /** Moves all lines, also the one that is on the screen. */
  set(timing: Timing): void;
  /** In order; empty until the file is there. */
  lines(): Line[];
  stop(): void;
}

/** Without its markup: `<i>`, `<c.yellow>`, `&amp;`. */
function plain(text: string): string {
  const bare = text.replace(/<[^>]*>/g, "");
  const known: Record<string, string> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&nbsp;": " " };
  return bare.replace(/&(amp|lt|gt|nbsp);/g, (name) => known[name] ?? name).trim();
}

/** Has lines that are on the screen laid out anew. */
export function layOutAnew(player: Player, track: TextTrack): void {
  // Said to have changed, since what was laid out once is kept.
  for (const cue of Array.from(track.activeCues ?? [])) cue.startTime = cue.startTime + 0;
  player.trigger("texttrackchange");
}

/**
 * Moves the lines of a track, which come with their own times.
 *
 * @param onLoad called when the lines are there.
 */
export function cueTiming(
  player: Player,
  track: TextTrack,
  { timing: first, onLoad }: { timing: Timing; onLoad(): void },
): CueTiming {
  let wanted = first;
  const own = new Map<Cue, { startMs: number; endMs: number }>();

  const ownOf = (cue: Cue) => {
    const known = own.get(cue);
    if (known) return known;
    const times = { startMs: cue.startTime * 1000, endMs: cue.endTime * 1000 };
    own.set(cue, times);
    return times;
  };
  const apply = () => {
    for (const cue of Array.from(track.cues ?? [])) {
      const { startMs, endMs } = ownOf(cue);
      cue.startTime = shownMs(startMs, wanted) / 1000;
      cue.endTime = shownMs(endMs, wanted) / 1000;
    }
    player.trigger("texttrackchange");
  };
  const load = () => {
    apply();
    onLoad();
  };
  track.addEventListener("loadeddata", load);
  return {
    set(timing) {
      wanted = timing;
      apply();
    },
    lines: () =>
      Array.from(track.cues ?? [])
        .map((cue) => ({ ...ownOf(cue), text: plain(cue.text) }))
        .sort((a, b) => a.startMs - b.startMs),
    stop() {
      track.removeEventListener("loadeddata", load);
    },
  };
}
