/**
 * Where a person stopped, and when they are through: rules without a clock or a database.
 * docs/decisions/resume.md says why they are as they are.
 */

/** From here on a film counts as watched; what is left of it is credits, or nearly. */
const watchedShare = 0.9;
/** Shorter than this it is a short, whose credits are a larger part of it. */
const shortSeconds = 6 * 60;
const watchedShareOfShort = 0.6;

const openingShare = 0.02;
const openingMostSeconds = 120;

/** Two saves further apart than this belong to two sittings. */
const sittingMs = 6 * 60 * 60 * 1000;

/**
 * True when a film counts as watched: at 90 % of it, at 60 % when it is shorter than six minutes, or
 * where its credits begin, whichever comes first.
 *
 * @param creditsStartSeconds null when it is not known.
 */
export function isFinished(
  positionSeconds: number,
  durationSeconds: number,
  creditsStartSeconds: number | null = null,
): boolean {
  const share = durationSeconds < shortSeconds ? watchedShareOfShort : watchedShare;
  const from = Math.min(durationSeconds * share, creditsStartSeconds ?? Number.POSITIVE_INFINITY);
  return positionSeconds >= from;
}

/** How long the opening is, within which a report does not replace a later position. */
export function openingSeconds(durationSeconds: number): number {
  return Math.min(openingMostSeconds, durationSeconds * openingShare);
}

export interface Stop {
  positionSeconds: number;
  durationSeconds: number;
}

/** Where somebody was, and when: reports arrive late and out of order. */
export interface Report extends Stop {
  at: Date;
}

export type ResumeDecision =
  /** What is stored stays as it is; nothing was watched that is worth a note. */
  | { kind: "keep" }
  | { kind: "save"; stop: Stop }
  /** Through: watched. What is stored goes, unless somebody began again since. */
  | { kind: "finish"; stop: Stop; forgetsStored: boolean };

function isOpening({ positionSeconds, durationSeconds }: Stop): boolean {
  return positionSeconds < openingSeconds(durationSeconds);
}

/**
 * True when a report tells more than another one: what lies beyond the opening before what lies
 * within it, then the newer. Within the opening the further one counts, whenever it was. It is a
 * total order, and so it does not matter in which order reports arrive.
 */
function tellsMore(one: Report, other: Report): boolean {
  const opening = [isOpening(one), isOpening(other)];
  if (opening[0] !== opening[1]) return opening[1] === true;
  const [at, otherAt] = [one.at.getTime(), other.at.getTime()];
  const [position, otherPosition] = [one.positionSeconds, other.positionSeconds];
  if (opening[0]) return position === otherPosition ? at > otherAt : position > otherPosition;
  return at === otherAt ? position > otherPosition : at > otherAt;
}

/**
 * What a player's report means.
 *
 * A player that is opened says 0, or a few seconds, before it has gone to where the person stopped;
 * so does one that was opened by mistake. Within the opening of a film such a report never replaces
 * a later position, nor does it bring a film back that was watched to its end. Beyond the opening
 * the newest report counts, and an older one that arrives late changes nothing.
 *
 * @param reported positionSeconds past the end counts as the end.
 * @param known.stored where the person stopped before; null when they had not, or were through.
 * @param known.watchedAt when they were through last; null when they never were.
 */
export function decideResume(
  reported: Report,
  known: {
    stored: Report | null;
    watchedAt: Date | null;
    creditsStartSeconds?: number | null | undefined;
  },
): ResumeDecision {
  const { durationSeconds, at } = reported;
  const positionSeconds = Math.min(reported.positionSeconds, durationSeconds);
  const stop = { positionSeconds, durationSeconds };
  const { stored, watchedAt } = known;
  if (isFinished(positionSeconds, durationSeconds, known.creditsStartSeconds)) {
    const forgetsStored = stored !== null && (stored.at <= at || isOpening(stored));
    return { kind: "finish", stop, forgetsStored };
  }
  if (positionSeconds === 0) return { kind: "keep" };
  if (watchedAt && (isOpening(stop) || at <= watchedAt)) return { kind: "keep" };
  if (stored && !tellsMore({ ...stop, at }, stored)) return { kind: "keep" };
  return { kind: "save", stop };
}

/** Faster than any player plays, and a moment of slack for reports that were held up. */
const fastestRate = 2.5;
const slackSeconds = 60;
/** A film that plays is reported every few seconds: longer ago, nobody was watching. */
const mostElapsedSeconds = 120;

/** True when somebody may have come from one report to the next by watching, without a jump. */
export function isContinuous(before: Report, after: Report): boolean {
  const elapsedSeconds = Math.abs(after.at.getTime() - before.at.getTime()) / 1000;
  const moved = after.positionSeconds - before.positionSeconds;
  const played = Math.min(elapsedSeconds, mostElapsedSeconds) * fastestRate;
  return moved >= -slackSeconds && moved <= played + slackSeconds;
}

/** So long somebody has to stay for a place to be one: a slip on the seek bar is none. */
const stayMs = 30_000;

/**
 * True when where somebody was is worth keeping as they jump elsewhere: beyond the opening, and not
 * passed by in a row of jumps.
 *
 * @param steadySince since when they had been moving on without a jump; null when not known.
 */
export function isPlace(stored: Report, steadySince: Date | null): boolean {
  if (isOpening(stored)) return false;
  return steadySince === null || stored.at.getTime() - steadySince.getTime() >= stayMs;
}

/** True when a save belongs to the sitting that was last written to at `lastWatchedAt`. */
export function isSameSitting(lastWatchedAt: Date, now: Date): boolean {
  return now.getTime() - lastWatchedAt.getTime() < sittingMs;
}
