/** What counts as the end when nobody knows where the credits begin. */
const lastSeconds = 20;
/** Of a film so short that these would be much of it, only this much at the end. */
const lastShare = 0.1;

/**
 * From where on the next movie may be offered: the credits, else the last twenty seconds. Never over
 * what is still the film.
 */
export function offersNextFrom(
  durationSeconds: number,
  creditsStartSeconds: number | null,
): number {
  if (creditsStartSeconds !== null && creditsStartSeconds < durationSeconds) {
    return creditsStartSeconds;
  }
  return durationSeconds - Math.min(lastSeconds, durationSeconds * lastShare);
}

/** A place this near to where the film begins is no other one. */
const nearSeconds = 60;

/**
 * The place to offer beside the one that a film begins at: the newest that lies elsewhere; null when
 * there is none.
 */
export function otherPlace(startSeconds: number, places: readonly number[]): number | null {
  return places.find((seconds) => Math.abs(seconds - startSeconds) > nearSeconds) ?? null;
}
