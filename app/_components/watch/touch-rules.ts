/** What fingers mean on the picture: rules without a screen. */

/** The system's own gestures begin here: back, forward. */
export const edgePixels = 24;
/** A finger that moved less than this has not moved. */
export const slopPixels = 12;
export const longPressMs = 450;
/** Two taps further apart than this are two single ones. */
export const doubleTapMs = 300;
/** Once somebody taps to seek, each tap within this adds. */
const runMs = 700;

export type Zone = "left" | "middle" | "right";

/** The third of the picture that a finger is in. */
export function zoneAt(x: number, width: number): Zone {
  if (x < width / 3) return "left";
  return x > (width * 2) / 3 ? "right" : "middle";
}

/** Tells single taps from double ones and counts on. */
export function tapCounter(): (zone: Zone, atMs: number) => number {
  let last: { zone: Zone; atMs: number } | null = null;
  let count = 0;
  return (zone, atMs) => {
    const within = count >= 2 ? runMs : doubleTapMs;
    const goesOn = last !== null && last.zone === zone && atMs - last.atMs <= within;
    count = goesOn ? count + 1 : 1;
    last = { zone, atMs };
    return count;
  };
}

/** What a moving finger does: along the film, louder and quieter, or nothing of ours. */
export function swipeOf(
  from: { x: number; y: number },
  to: { x: number; y: number },
  screen: { width: number; changesVolume: boolean },
): "scrub" | "volume" | "none" | null {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  if (Math.hypot(dx, dy) < slopPixels) return null;
  const isAtEdge = from.x < edgePixels || from.x > screen.width - edgePixels;
  if (isAtEdge) return "none";
  if (Math.abs(dx) > Math.abs(dy)) return "scrub";
  return screen.changesVolume && from.x > screen.width / 2 ? "volume" : "none";
}

/** So far along the film a swipe over the whole width goes: a tenth of it, one to ten minutes. */
export function scrubSeconds(durationSeconds: number): number {
  return Math.min(Math.max(durationSeconds / 10, 60), 600);
}
