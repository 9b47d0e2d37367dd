import { describe, expect, it } from "vitest";
import { offersNextFrom, otherPlace } from "./when-over";

describe("the next movie", () => {
  it.each([
    [7200, 6700, 6700],
    [7200, null, 7180],
    [7200, 7300, 7180],
    // Twenty seconds would be half of it.
    [40, null, 36],
  ])("of %d s with credits at %s is offered from %d on", (duration, credits, expected) => {
    expect(offersNextFrom(duration, credits)).toBe(expected);
  });
});

describe("an earlier place", () => {
  it("is offered when it lies elsewhere, the newest first", () => {
    expect(otherPlace(0, [3730, 1200])).toBe(3730);
    expect(otherPlace(3700, [3730, 1200])).toBe(1200);
    expect(otherPlace(3700, [3730])).toBeNull();
    expect(otherPlace(0, [])).toBeNull();
  });
});
