import type Player from "video.js/dist/types/player";
import { boundedOffset, delayStepMs } from "@/lib/subtitles/timing";
import type { SubtitleTracks } from "./subtitle-tracks";

const noteMs = 1200;

/**
 * `z` shows the subtitle earlier, `x` later, as in other players; a note says by how much it is
 * moved now.
 *
 * @param say the delay in words.
 * @returns what stops it.
 */
export function listenToDelayKeys(
  player: Player,
  subtitles: () => SubtitleTracks | null,
  say: (offsetMs: number) => string,
): () => void {
  const note = document.createElement("div");
  note.className = "player-delay-note";
  note.setAttribute("role", "status");
  player.el().append(note);
  let timer: ReturnType<typeof setTimeout> | undefined;

  const listen = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "x") return;
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest("input, select, textarea")) return;
    const tracks = subtitles();
    const shown = tracks?.shown();
    if (!tracks || !shown) return;
    event.preventDefault();
    const timing = tracks.timing(shown.id);
    const step = key === "z" ? -delayStepMs : delayStepMs;
    const offsetMs = boundedOffset(timing.offsetMs + step);
    tracks.setTiming(shown.id, { ...timing, offsetMs });
    note.textContent = say(offsetMs);
    clearTimeout(timer);
    timer = setTimeout(() => {
      note.textContent = "";
    }, noteMs);
  };
  // On the way down: video.js's own controls let no key through that is pressed on them.
  document.addEventListener("keydown", listen, true);
  return () => {
    clearTimeout(timer);
    document.removeEventListener("keydown", listen, true);
    note.remove();
  };
}
