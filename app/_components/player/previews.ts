import videojs from "video.js/core";
import type Player from "video.js/dist/types/player";
import { type PreviewCue, previewAt, readPreviewTrack } from "@/lib/versions/preview-track";
import "./previews.css";

/** The elements that are worked with; null when this player shows no seek bar. */
function seekElements(player: Player): { control: Element; bar: Element } | null {
  const control = player.el().querySelector(".vjs-progress-control");
  const bar = control?.querySelector(".vjs-progress-holder");
  return control && bar ? { control, bar } : null;
}

/**
 * Shows a picture of the film, with its time, above the seek bar while a mouse hovers over it or a
 * finger drags along it. Nothing is fetched before that, and the bar itself works as it did: for
 * the keyboard and for screen readers nothing is added.
 *
 * @param url of the track (`previewUrl` of a version); sheets are fetched as they are shown.
 * @returns what takes it away again.
 */
export function showPreviews(player: Player, url: string): () => void {
  const found = seekElements(player);
  if (!found) return () => {};
  const { control, bar } = found;
  const preview = document.createElement("div");
  preview.className = "player-preview";
  preview.hidden = true;
  preview.setAttribute("aria-hidden", "true");
  const picture = document.createElement("div");
  const time = document.createElement("span");
  time.className = "player-preview-time";
  preview.append(picture, time);
  control.append(preview);

  const ended = new AbortController();
  let cues: readonly PreviewCue[] = [];
  let isAsked = false;
  /** Where the pointer is, in pixels of the window; null while it is elsewhere. */
  let pointerX: number | null = null;

  const load = async () => {
    const address = new URL(url, window.location.href).href;
    const response = await fetch(address, { signal: ended.signal });
    if (!response.ok) throw new Error(`previews: ${response.status}`);
    cues = readPreviewTrack(await response.text(), address);
    draw();
  };
  const hide = () => {
    pointerX = null;
    preview.hidden = true;
    control.classList.remove("player-has-preview");
  };
  function draw(): void {
    const durationSeconds = player.duration() ?? 0;
    const { left, width } = bar.getBoundingClientRect();
    if (pointerX === null || width === 0 || !(durationSeconds > 0)) return;
    const along = Math.min(1, Math.max(0, (pointerX - left) / width));
    const seconds = along * durationSeconds;
    const cue = previewAt(cues, seconds);
    if (!cue) return;
    picture.style.width = `${cue.width}px`;
    picture.style.height = `${cue.height}px`;
    picture.style.backgroundImage = `url("${cue.sheet}")`;
    picture.style.backgroundPosition = `-${cue.x}px -${cue.y}px`;
    time.textContent = videojs.formatTime(seconds, durationSeconds);
    preview.hidden = false;
    control.classList.add("player-has-preview");
    // Above the pointer, and inside the player as a whole.
    const frame = player.el().getBoundingClientRect();
    const shownWidth = preview.getBoundingClientRect().width;
    const middle = Math.min(
      Math.max(left + along * width, frame.left + shownWidth / 2 + 4),
      frame.right - shownWidth / 2 - 4,
    );
    preview.style.left = `${middle - control.getBoundingClientRect().left - preview.offsetWidth / 2}px`;
  }
  const follow = (event: Event) => {
    if (!(event instanceof PointerEvent)) return;
    pointerX = event.clientX;
    // Offline for a moment: the next hover asks again.
    if (!isAsked) {
      isAsked = true;
      load().catch(() => {
        isAsked = false;
      });
    }
    draw();
  };
  const drag = (event: PointerEvent) => {
    if (player.scrubbing()) follow(event);
  };
  const leave = () => {
    if (!player.scrubbing()) hide();
  };
  const drop = (event: PointerEvent) => {
    // A mouse that still hovers keeps its picture.
    if (event.pointerType !== "mouse" || !control.matches(":hover")) hide();
  };
  const { signal } = ended;
  for (const kind of ["pointerenter", "pointerdown", "pointermove"]) {
    control.addEventListener(kind, follow, { signal });
  }
  control.addEventListener("pointerleave", leave, { signal });
  // While it is dragged, the pointer may be anywhere.
  document.addEventListener("pointermove", drag, { signal });
  document.addEventListener("pointerup", drop, { signal });
  document.addEventListener("pointercancel", drop, { signal });
  return () => {
    ended.abort();
    preview.remove();
    control.classList.remove("player-has-preview");
  };
}
