/** How a subtitle's own times become those of the film. */
export interface Timing {
  /** Milliseconds; later when positive. */
  offsetMs: number;
  /** How fast it runs against its own times: 1.043 when it was made for 23.976 pictures a second and the film runs at 25. */
  speed: number;
}

/** Nothing is moved. */
export const asItCame: Timing = { offsetMs: 0, speed: 1 };

/** True when nothing is moved. */
export function isAsItCame({ offsetMs, speed }: Timing): boolean {
  return offsetMs === 0 && speed === 1;
}

/** Where in the film a moment of the subtitle is shown, in milliseconds. */
export function shownMs(ownMs: number, { offsetMs, speed }: Timing): number {
  return ownMs / speed + offsetMs;
}

/** The moment of the subtitle that is shown at a time of the film: the way back of `shownMs`. */
export function ownMs(filmMs: number, { offsetMs, speed }: Timing): number {
  return (filmMs - offsetMs) * speed;
}

/** A line that was heard: its own start, and when it was spoken in the film. */
export interface Heard {
  ownMs: number;
  filmMs: number;
}

/** Delays that are set by hand move in steps of this. */
export const delayStepMs = 50;
/** As the API takes it. */
const mostOffsetMs = 3_600_000;
const [slowest, fastest] = [0.8, 1.25];

/** A delay within what can be saved, in whole milliseconds. */
export function boundedOffset(offsetMs: number): number {
  return Math.round(Math.max(-mostOffsetMs, Math.min(mostOffsetMs, offsetMs)));
}

/** The timing in which a line is shown just when it was heard; its speed stays. */
export function timingOfOne({ ownMs, filmMs }: Heard, speed: number): Timing {
  return { offsetMs: boundedOffset(filmMs - ownMs / speed), speed };
}

/** Two lines nearer than this tell nothing of the speed: a finger is some tenths of a second late. */
export const leastApartMs = 60_000;
/** By so much two presses of a person may be off together. */
const pressErrorMs = 600;

/** Speeds that come of films and their subtitles having different picture rates. */
const commonSpeeds = [
  25 / (24000 / 1001),
  24000 / 1001 / 25,
  25 / 24,
  24 / 25,
  1001 / 1000,
  1000 / 1001,
];

/**
 * Delay and speed in which two lines are shown just when they were heard. A speed that is as good as
 * one of two common picture rates is taken for it: it is right all over the film, what fingers say is not.
 *
 * @returns null when they are too near to each other, or can't both be right.
 */
export function timingOfTwo(first: Heard, second: Heard): Timing | null {
  const [early, late] = first.ownMs <= second.ownMs ? [first, second] : [second, first];
  const ownApartMs = late.ownMs - early.ownMs;
  const filmApartMs = late.filmMs - early.filmMs;
  if (ownApartMs < leastApartMs || filmApartMs <= 0) return null;
  const measured = ownApartMs / filmApartMs;
  if (measured < slowest || measured > fastest) return null;
  const tolerance = pressErrorMs / ownApartMs;
  const apart = (speed: number) => Math.abs(speed - measured);
  const nearest = commonSpeeds.reduce((best, one) => (apart(one) < apart(best) ? one : best));
  const likely = apart(1) <= tolerance ? 1 : nearest;
  const speed = apart(likely) <= tolerance ? likely : Math.round(measured * 100_000) / 100_000;
  // In the middle of what both say: neither press is better than the other.
  const offsetMs = (early.filmMs - early.ownMs / speed + late.filmMs - late.ownMs / speed) / 2;
  return { offsetMs: boundedOffset(offsetMs), speed };
}
