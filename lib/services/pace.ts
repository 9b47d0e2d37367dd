import { waitFor } from "./http";

/** Runs `call` when its turn has come, first in first out. An abort gives the turn away. */
export type Pace = <T>(call: () => Promise<T>, signal?: AbortSignal) => Promise<T>;

/**
 * Keeps calls below what a service allows: at most `atOnce` in flight and `perSecond` begun in any
 * one second, evenly spread.
 */
export function createPace({ atOnce, perSecond }: { atOnce: number; perSecond: number }): Pace {
  const gapMs = 1000 / perSecond;
  const waiting: (() => void)[] = [];
  let inFlight = 0;
  let nextStartMs = 0;

  const take = async () => {
    if (inFlight < atOnce) {
      inFlight++;
      return;
    }
    // The one that ends hands its place over, so that nobody who comes later slips in between.
    await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const give = () => {
    const next = waiting.shift();
    if (next) next();
    else inFlight--;
  };

  return async (call, signal) => {
    await take();
    try {
      signal?.throwIfAborted();
      const nowMs = performance.now();
      const startMs = Math.max(nowMs, nextStartMs);
      nextStartMs = startMs + gapMs;
      if (startMs > nowMs) await waitFor(Math.ceil(startMs - nowMs), signal);
      return await call();
    } finally {
      give();
    }
  };
}
