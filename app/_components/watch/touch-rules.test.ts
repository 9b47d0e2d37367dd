import { describe, expect, it } from "vitest";
import { scrubSeconds, swipeOf, tapCounter, zoneAt } from "./touch-rules";

describe("taps", () => {
  it("are counted while they follow each other in one third of the picture", () => {
    const count = tapCounter();
    expect([count("left", 0), count("left", 250), count("left", 900), count("left", 1500)]).toEqual(
      [1, 2, 3, 4],
    );
    expect(count("left", 3000)).toBe(1);
    expect(count("right", 3100)).toBe(1);
    expect(count("right", 3450)).toBe(1);
  });

  it("fall into thirds", () => {
    expect([zoneAt(100, 360), zoneAt(180, 360), zoneAt(300, 360)]).toEqual([
      "left",
      "middle",
      "right",
    ]);
  });
});

describe("a swipe", () => {
  const screen = { width: 360, changesVolume: true };
  const from = (x: number) => ({ x, y: 300 });

  it("along the film moves it, up and down on the right half is volume", () => {
    expect(swipeOf(from(100), { x: 160, y: 310 }, screen)).toBe("scrub");
    expect(swipeOf(from(250), { x: 255, y: 200 }, screen)).toBe("volume");
    expect(swipeOf(from(100), { x: 105, y: 200 }, screen)).toBe("none");
    expect(swipeOf(from(250), { x: 255, y: 200 }, { ...screen, changesVolume: false })).toBe(
      "none",
    );
  });

  it("is left to the system where it begins at an edge", () => {
    expect(swipeOf(from(10), { x: 160, y: 300 }, screen)).toBe("none");
    expect(swipeOf(from(350), { x: 200, y: 300 }, screen)).toBe("none");
  });

  it("is none yet while the finger has hardly moved", () => {
    expect(swipeOf(from(100), { x: 105, y: 303 }, screen)).toBeNull();
  });

  it("goes further in a longer film", () => {
    expect([scrubSeconds(60), scrubSeconds(3000), scrubSeconds(12_000)]).toEqual([60, 300, 600]);
  });
});
