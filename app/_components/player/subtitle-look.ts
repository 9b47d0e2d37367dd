import type Player from "video.js/dist/types/player";
import type { SubtitleLook } from "@/lib/users/schema";

/** The house's look, for whoever chose none. */
export const houseLook = {
  sizePercent: 100,
  color: "white",
  background: "shade",
  edge: "none",
} as const satisfies SubtitleLook;

export type WholeLook = Required<SubtitleLook>;

export const lookChoices = {
  sizePercent: [75, 100, 125, 150, 200],
  color: ["white", "yellow", "green", "cyan", "grey"],
  background: ["none", "shade", "solid"],
  edge: ["none", "outline", "shadow"],
} as const satisfies { [Name in keyof WholeLook]: readonly WholeLook[Name][] };

/** A person's look, with the house's where they chose nothing. */
export function wholeLook(look: SubtitleLook | undefined): WholeLook {
  return { ...houseLook, ...look };
}

/** Gives an element the look; player.css knows what each name means. */
export function applyLook(element: HTMLElement, look: WholeLook): void {
  element.dataset.cueColor = look.color;
  element.dataset.cueBackground = look.background;
  element.dataset.cueEdge = look.edge;
  element.style.setProperty("--cue-scale", String(look.sizePercent / 100));
}

/** Room that the controls take at the bottom while they are seen, in pixels. */
function controlsHeight(player: Player): number {
  const bar = player.el().querySelector(".vjs-control-bar");
  const seek = player.el().querySelector(".vjs-progress-control");
  if (!bar || !seek) return 0;
  const bottom = player.el().getBoundingClientRect().bottom;
  return bottom - Math.min(bar.getBoundingClientRect().top, seek.getBoundingClientRect().top);
}

/**
 * Keeps subtitles above the controls while those are seen, and on the picture while they are not.
 *
 * @param redraw has what is on the screen laid out anew.
 * @returns what stops it.
 */
export function keepAboveControls(player: Player, redraw: () => void): () => void {
  let bottom = -1;
  const place = () => {
    const display = player.el().querySelector<HTMLElement>(".vjs-text-track-display");
    if (!display) return;
    // The edge of the picture, as video.js found it.
    const picture = Number.parseFloat(display.style.insetBlock.split(" ")[0] ?? "") || 0;
    const isSeen = player.userActive() || player.paused();
    const wanted = Math.max(picture, isSeen ? controlsHeight(player) : 0) + 8;
    if (wanted === bottom) return;
    bottom = wanted;
    (player.el() as HTMLElement).style.setProperty("--cue-bottom", `${wanted}px`);
    redraw();
  };
  // After video.js has found the picture's edge anew.
  let frame = 0;
  const placeSoon = () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(place);
  };
  const kinds = ["useractive", "userinactive", "play", "pause", "playerresize", "loadedmetadata"];
  player.on(kinds, placeSoon);
  return () => {
    cancelAnimationFrame(frame);
    if (!player.isDisposed()) player.off(kinds, placeSoon);
  };
}
