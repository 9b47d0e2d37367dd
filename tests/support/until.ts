import { setTimeout as wait } from "node:timers/promises";

/**
 * Waits until something holds, and hands it on: asks every 100 ms until the answer is neither
 * false, null nor undefined.
 *
 * @throws after `timeoutMs`, with what was waited for.
 */
export async function until<Answer>(
  what: string,
  ask: () => Answer | Promise<Answer>,
  timeoutMs = 60_000,
): Promise<NonNullable<Exclude<Answer, false>>> {
  const giveUpAt = performance.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== false && answer !== null && answer !== undefined) {
      return answer as NonNullable<Exclude<Answer, false>>;
    }
    if (performance.now() > giveUpAt) throw new Error(`waited in vain: ${what}`);
    await wait(100);
  }
}
