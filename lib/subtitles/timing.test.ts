import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boundedOffset, ownMs, shownMs, timingOfOne, timingOfTwo } from "./timing";

const heard = (ownMs: number, filmMs: number) => ({ ownMs, filmMs });

describe("times of a subtitle", () => {
  it("are divided by its speed, and then moved", () => {
    expect(shownMs(100_000, { offsetMs: 250, speed: 1 })).toBe(100_250);
    expect(shownMs(100_000, { offsetMs: -500, speed: 1.25 })).toBe(79_500);
  });

  it("come back the way they went", () => {
    const timings = fc.record({
      offsetMs: fc.integer({ min: -3_600_000, max: 3_600_000 }),
      speed: fc.double({ min: 0.5, max: 2, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000_000 }), timings, (at, timing) => {
        expect(ownMs(shownMs(at, timing), timing)).toBeCloseTo(at, 3);
      }),
    );
  });
});

describe("one line that is heard", () => {
  it("sets the delay: when it was heard, less its own start", () => {
    expect(timingOfOne(heard(10_000, 12_340), 1)).toEqual({ offsetMs: 2340, speed: 1 });
    expect(timingOfOne(heard(10_000, 7_000), 1)).toEqual({ offsetMs: -3000, speed: 1 });
  });

  it("leaves a speed that was set before", () => {
    expect(timingOfOne(heard(125_000, 101_000), 1.25)).toEqual({ offsetMs: 1000, speed: 1.25 });
  });

  it("moves by no more than can be saved", () => {
    expect(timingOfOne(heard(0, 9_000_000), 1).offsetMs).toBe(3_600_000);
    expect(boundedOffset(-1e12)).toBe(-3_600_000);
  });
});

describe("two lines that are heard", () => {
  it("set delay and speed, in either order", () => {
    const [a, b] = [heard(60_000, 62_000), heard(3_660_000, 3_122_000)];
    const timing = timingOfTwo(a, b);
    expect(timing?.speed).toBeCloseTo(3_600_000 / 3_060_000, 4);
    expect(timingOfTwo(b, a)).toEqual(timing);
    for (const { ownMs, filmMs } of [a, b]) {
      expect(Math.abs(shownMs(ownMs, timing ?? { offsetMs: 0, speed: 1 }) - filmMs)).toBeLessThan(
        50,
      );
    }
  });

  it("are taken for a common pair of picture rates when presses were a little late", () => {
    const speed = 25 / (24000 / 1001);
    const at = (own: number, lateMs: number) => heard(own, own / speed + 1500 + lateMs);
    const timing = timingOfTwo(at(120_000, 210), at(3_000_000, 90));
    expect(timing?.speed).toBe(speed);
    expect(timing?.offsetMs).toBe(1650);
  });

  it("keep the speed where only fingers were unsteady", () => {
    expect(timingOfTwo(heard(10_000, 12_100), heard(110_000, 111_900))).toEqual({
      offsetMs: 2000,
      speed: 1,
    });
  });

  it("say nothing when they are near each other, or can't both be right", () => {
    expect(timingOfTwo(heard(10_000, 10_000), heard(40_000, 41_000))).toBeNull();
    expect(timingOfTwo(heard(10_000, 90_000), heard(200_000, 80_000))).toBeNull();
    expect(timingOfTwo(heard(0, 0), heard(100_000, 400_000))).toBeNull();
  });
});
