import { frameHeight, hasHeight, isTaller, type SmallerHeight, smallerHeights } from "./quality";
import type { VersionView } from "./schema";

/** True when every browser is sure to play it. */
function playsEverywhere({ playsIn }: VersionView): boolean {
  return playsIn !== null && Object.values(playsIn).every((plays) => plays === "yes");
}

/** What is better is larger, the most important first. */
function rank(version: VersionView): [number, number] {
  return [playsEverywhere(version) ? 1 : 0, frameHeight(version.width ?? 0, version.height ?? 0)];
}

/**
 * The version that a click on *Play* plays: of those that can be played one that every browser
 * shows, then the taller picture, then the older version.
 */
export function bestVersion(versions: readonly VersionView[]): VersionView | null {
  const playable = versions.filter((version) => version.status === "ready" && version.streamUrl);
  return playable.reduce<VersionView | null>((best, version) => {
    if (!best) return version;
    const [everywhere, height] = rank(version);
    const [bestEverywhere, bestHeight] = rank(best);
    const isBetter =
      everywhere > bestEverywhere || (everywhere === bestEverywhere && height > bestHeight);
    return isBetter ? version : best;
  }, null);
}

/**
 * Smaller versions that a movie can be asked for: of its tallest version, in heights that are not
 * there and not being made; null when there are none.
 */
export function smallerChoices(
  versions: readonly VersionView[],
): { versionId: string; heights: SmallerHeight[] } | null {
  const size = ({ width, height }: VersionView) => frameHeight(width ?? 0, height ?? 0);
  const tallest = versions
    .filter(({ status }) => status === "ready")
    .toSorted((a, b) => size(b) - size(a))[0];
  if (!tallest) return null;
  const isThere = (lines: number) =>
    versions.some(
      (version) =>
        version !== tallest &&
        version.status !== "failed" &&
        hasHeight({ ...version, askedHeight: version.madeFrom?.height ?? null }, lines),
    );
  const heights = smallerHeights.filter((lines) => isTaller(tallest, lines) && !isThere(lines));
  return heights.length > 0 ? { versionId: tallest.id, heights } : null;
}
