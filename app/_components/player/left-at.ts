const key = "vigilio.player.leftAt";
/** Long enough for a reload on a slow line, too short for somebody who watched on elsewhere. */
const validMs = 60_000;
/** Long enough to sign in again. */
const signInMs = 30 * 60_000;

interface Left {
  movieId: string;
  positionSeconds: number;
  /** Milliseconds since 1970, by this browser's clock. */
  leftAtMs: number;
  /** To sign in: it is held longer, since the server may not have heard. */
  isForSignIn?: boolean;
}

function isLeft(value: unknown): value is Left {
  if (typeof value !== "object" || value === null) return false;
  const { movieId, positionSeconds, leftAtMs } = value as Partial<Left>;
  return (
    typeof movieId === "string" && Number.isFinite(positionSeconds) && Number.isFinite(leftAtMs)
  );
}

/**
 * Keeps in this tab where its page stopped as it goes away. A reloaded page is asked for before the
 * server has taken the last report of the old one, and would begin some seconds too early.
 */
export function keepLeftAt(
  movieId: string,
  positionSeconds: number,
  { isForSignIn = false, nowMs = Date.now() } = {},
): void {
  const left: Left = { movieId, positionSeconds, leftAtMs: nowMs, isForSignIn };
  try {
    window.sessionStorage.setItem(key, JSON.stringify(left));
  } catch {
    // Storage is full or forbidden: what the server knows has to do.
  }
}

/** Where this tab's page was in the movie when it went away a moment ago, in seconds, or null. */
export function leftAt(movieId: string, nowMs = Date.now()): number | null {
  try {
    const left: unknown = JSON.parse(window.sessionStorage.getItem(key) ?? "null");
    window.sessionStorage.removeItem(key);
    if (!isLeft(left) || left.movieId !== movieId) return null;
    const longestMs = left.isForSignIn ? signInMs : validMs;
    return Math.abs(nowMs - left.leftAtMs) <= longestMs ? left.positionSeconds : null;
  } catch {
    return null;
  }
}
