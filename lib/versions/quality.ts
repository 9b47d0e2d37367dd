const order = ["SD", "HD", "4K"] as const;
export type Quality = (typeof order)[number];

/**
 * What a badge calls a picture of this size. Films wider than 16:9 are cut in height and old ones
 * are narrow: either side is enough.
 */
export function qualityOf(width: number | null, height: number | null): Quality | null {
  if (width === null || height === null) return null;
  if (width >= 3000 || height >= 1600) return "4K";
  return width >= 1200 || height >= 700 ? "HD" : "SD";
}

/** The better of two, null counting as none. */
export function betterOf(a: Quality | null, b: Quality | null): Quality | null {
  if (a === null || b === null) return a ?? b;
  return order.indexOf(a) >= order.indexOf(b) ? a : b;
}

/**
 * Lines of the 16:9 frame that a picture lies in: 1080 for a film of 1920 × 800, and for one of
 * 1080 × 1920 that is held upright. What people call a size by.
 */
export function frameHeight(width: number, height: number): number {
  return Math.max(Math.min(width, height), Math.round((Math.max(width, height) * 9) / 16));
}

interface Size {
  width: number | null;
  height: number | null;
}

/** Sizes this near to each other are the same to people: 1280 × 718 is 720p. */
const sameSize = 1.02;

/** True when a picture is taller than so many lines, by more than people would notice. */
export function isTaller({ width, height }: Size, lines: number): boolean {
  return frameHeight(width ?? 0, height ?? 0) > lines * sameSize;
}

/**
 * True when a picture has so many lines, as nearly as people tell; of one that is still made, what
 * it was asked to have.
 */
export function hasHeight(picture: Size & { askedHeight: number | null }, lines: number): boolean {
  if (picture.askedHeight !== null) return picture.askedHeight === lines;
  const frame = frameHeight(picture.width ?? 0, picture.height ?? 0);
  return Math.max(frame, lines) / Math.min(frame, lines) <= sameSize;
}

/** Lines that a smaller version can be asked to have, the larger first. */
export const smallerHeights = [720, 480] as const;
export type SmallerHeight = (typeof smallerHeights)[number];
