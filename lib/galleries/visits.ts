import { AppError } from "@/lib/errors";

/** Enough for whoever looks around, and nothing for whoever counts every second. */
const mostVisits = 60;
const windowMs = 60_000;
/** Addresses that are remembered; when there are more, all begin anew. */
const mostAddresses = 10_000;

interface Window {
  startedMs: number;
  count: number;
}

/**
 * Counts visits by address: what reads for anybody is not to be read without end. It is kept in
 * memory, since a restart that forgives costs nothing; votes are counted in the database.
 */
export function createVisitLimit() {
  const windows = new Map<string, Window>();
  return {
    /** Seconds to wait; 0 for whoever may come in. */
    admit(visitor: string, now: Date): number {
      const nowMs = now.getTime();
      const known = windows.get(visitor);
      if (!known || nowMs - known.startedMs >= windowMs) {
        if (windows.size >= mostAddresses) windows.clear();
        windows.set(visitor, { startedMs: nowMs, count: 1 });
        return 0;
      }
      known.count += 1;
      if (known.count <= mostVisits) return 0;
      return Math.max(1, Math.ceil((known.startedMs + windowMs - nowMs) / 1000));
    },
  };
}

const limit = createVisitLimit();

/** Seconds that a visitor of the public gallery has to wait; 0 for none. */
export const visitPause = (visitor: string, now: Date): number => limit.admit(visitor, now);

/** @throws AppError 429 with the time to wait. */
export function admitVisit(visitor: string, now: Date): void {
  const seconds = visitPause(visitor, now);
  if (seconds === 0) return;
  throw new AppError("gallery-visits", {
    status: 429,
    values: { seconds },
    retryAfterSeconds: seconds,
  });
}
