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
