import type { Readiness } from "./readiness";
import type { ReleaseFacts } from "./release-name";

/** What a household wants of a release; null for no wish. */
export interface ReleaseWishes {
  /** Lines of the picture at most: 2160, 1080, 720, 480. */
  greatestResolution: number | null;
  greatestBytes: number | null;
  /** BCP 47; one that the name does not contradict is fine. */
  languages: readonly string[];
  /** Codecs to pass over while there is another. */
  avoidedCodecs: readonly string[];
}

export interface Rankable {
  facts: ReleaseFacts;
  readiness: Readiness;
  sizeBytes: number | null;
  /** Null is unknown. */
  seeds: number | null;
  isTooLarge: boolean;
}

const usualBytes = 4 * 1024 ** 3;
/** Of a line that is busy with nothing else, in bytes a minute: 5 MB a second. */
const fullSpeed = 5 * 1024 ** 2 * 60;
/** From so many people who share a film the line is full. */
const enoughSeeds = 20;
const unknownSeeds = 3;
const nobodyMinutes = 1_000_000;

/** Minutes until it can be watched, for comparing alone: nobody knows how fast strangers are. */
export function minutesUntilWatched(release: Rankable): number {
  const seeds = release.seeds ?? unknownSeeds;
  const share = Math.min(1, (seeds + 1) / (enoughSeeds + 1));
  const download = (release.sizeBytes ?? usualBytes) / (fullSpeed * share);
  const nobody = seeds === 0 ? nobodyMinutes : 0;
  return (
    download +
    (release.readiness.minutes ??
      { picture: 120, sound: 5, "at-once": 0 }[release.readiness.ready]) +
    nobody
  );
}

/** How many of the household's wishes it misses; what can't work at all counts most. */
function misses(release: Rankable, wishes: ReleaseWishes): number {
  const { facts, sizeBytes } = release;
  const { languages } = wishes;
  const primary = (code: string) => code.toLowerCase().split("-")[0];
  const speaks =
    languages.length === 0 ||
    facts.languages.length === 0 ||
    facts.languages.some(
      (one) => one === "mul" || languages.some((wanted) => primary(wanted) === primary(one)),
    );
  return (
    (release.isTooLarge ? 64 : 0) +
    (release.seeds === 0 ? 32 : 0) +
    (facts.isCamera ? 16 : 0) +
    (speaks ? 0 : 8) +
    (wishes.greatestBytes !== null && (sizeBytes ?? 0) > wishes.greatestBytes ? 4 : 0) +
    (wishes.greatestResolution !== null && (facts.resolution ?? 0) > wishes.greatestResolution
      ? 2
      : 0) +
    (facts.codec !== null && wishes.avoidedCodecs.includes(facts.codec) ? 1 : 0)
  );
}

/**
 * Releases by how soon they can be watched; in front of them the one to offer: the largest picture
 * among those that miss no wish (or the fewest), and of these the soonest.
 */
export function rankReleases<Release extends Rankable>(
  releases: readonly Release[],
  wishes: ReleaseWishes,
): Release[] {
  const sorted = releases.toSorted((a, b) => minutesUntilWatched(a) - minutesUntilWatched(b));
  const fewest = Math.min(...sorted.map((release) => misses(release, wishes)));
  const fitting = sorted.filter((release) => misses(release, wishes) === fewest);
  const largest = Math.max(...fitting.map(({ facts }) => facts.resolution ?? 0));
  const first = fitting.find(({ facts }) => (facts.resolution ?? 0) === largest);
  return first ? [first, ...sorted.filter((release) => release !== first)] : sorted;
}
