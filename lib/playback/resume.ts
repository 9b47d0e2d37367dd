/**
 * Where a person stopped, and when they are through: rules without a clock or a database.
 * docs/decisions/resume.md says why they are as they are.
 */

/** Never more than this much of the end counts as the end. */
const endShare = 0.1;
/** Credits: this share of the film, and never less than three minutes. */
const creditsShare = 0.05;
const creditsSeconds = 180;

const openingShare = 0.02;
const openingMostSeconds = 120;

/** Two saves further apart than this belong to two sittings. */
const sittingMs = 6 * 60 * 60 * 1000;

/** True when what is left is credits: three minutes or 5 %, but never over a tenth of the film. */
export function isFinished(positionSeconds: number, durationSeconds: number): boolean {
  const credits = Math.max(creditsSeconds, durationSeconds * creditsShare);
  const left = durationSeconds - positionSeconds;
  return left <= Math.min(credits, durationSeconds * endShare);
}

/** How long the opening is, within which a report does not replace a later position. */
export function openingSeconds(durationSeconds: number): number {
  return Math.min(openingMostSeconds, durationSeconds * openingShare);
}

export interface Stop {
  positionSeconds: number;
  durationSeconds: number;
}

export type ResumeDecision =
  /** What is stored stays as it is; nothing was watched that is worth a note. */
  | { kind: "keep" }
  | { kind: "save"; stop: Stop }
  /** Through: watched, and nothing to continue. */
  | { kind: "finish"; stop: Stop };

/**
 * What a player's report means.
 *
 * A player that is opened says 0, or a few seconds, before it has gone to where the person stopped;
 * so does one that was opened by mistake. Within the opening of a film such a report never replaces
 * a later position, nor does it bring a film back that was watched to its end.
 *
 * @param reported positionSeconds past the end counts as the end.
 * @param stored where the person stopped before; null when they had not, or were through.
 * @param isWatched the film is marked as watched.
 */
export function decideResume(
  reported: Stop,
  stored: Stop | null,
  isWatched: boolean,
): ResumeDecision {
  const { durationSeconds } = reported;
  const positionSeconds = Math.min(reported.positionSeconds, durationSeconds);
  const stop = { positionSeconds, durationSeconds };
  if (isFinished(positionSeconds, durationSeconds)) return { kind: "finish", stop };
  const isOpening = positionSeconds < openingSeconds(durationSeconds);
  if (positionSeconds === 0) return { kind: "keep" };
  if (isOpening && (isWatched || (stored && stored.positionSeconds > positionSeconds))) {
    return { kind: "keep" };
  }
  return { kind: "save", stop };
}

/** True when a save belongs to the sitting that was last written to at `lastWatchedAt`. */
export function isSameSitting(lastWatchedAt: Date, now: Date): boolean {
  return now.getTime() - lastWatchedAt.getTime() < sittingMs;
}
