import { describe, expect, it } from "vitest";
import { createPace } from "./pace";

describe("createPace", () => {
  it("keeps to one at a time, first in first out", async () => {
    const pace = createPace({ atOnce: 1, perSecond: 1000 });
    const events: string[] = [];
    const call = (name: string) =>
      pace(async () => {
        events.push(`${name} begins`);
        await new Promise((resolve) => setImmediate(resolve));
        events.push(`${name} ends`);
      });
    await Promise.all([call("a"), call("b"), call("c")]);
    expect(events).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
  });

  it("spreads what begins evenly over the second", async () => {
    const pace = createPace({ atOnce: 10, perSecond: 40 });
    const begunAtMs = performance.now();
    const starts: number[] = [];
    await Promise.all(
      Array.from({ length: 5 }, () => pace(async () => starts.push(performance.now()))),
    );
    // Never before its turn, one each 25 ms; a busy machine may be late. (Timers round by 1 ms.)
    const early = starts.filter((at, index) => at - begunAtMs < index * 25 - 2);
    expect(early).toEqual([]);
  });

  it("gives the turn on after a failure and after an abort", async () => {
    const pace = createPace({ atOnce: 1, perSecond: 1000 });
    const failed = pace(async () => {
      throw new Error("no");
    });
    const aborted = pace(async () => "never", AbortSignal.abort());
    const after = pace(async () => "served");
    await expect(failed).rejects.toThrow("no");
    await expect(aborted).rejects.toMatchObject({ name: "AbortError" });
    expect(await after).toBe("served");
  });
});
