import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decideResume, isFinished, isSameSitting, openingSeconds } from "./resume";

const hour = 3600;

describe("isFinished", () => {
  it.each([
    // Two hours: credits are 6 minutes.
    [2 * hour - 361, 2 * hour, false],
    [2 * hour - 360, 2 * hour, true],
    // Three and a half hours: 10.5 minutes.
    [3.5 * hour - 631, 3.5 * hour, false],
    [3.5 * hour - 630, 3.5 * hour, true],
    // 45 minutes: never less than 3.
    [45 * 60 - 181, 45 * 60, false],
    [45 * 60 - 180, 45 * 60, true],
    // A short of 5 minutes: 3 would be most of it, a tenth is half a minute.
    [269, 300, false],
    [270, 300, true],
    [0, 1, false],
    [1, 1, true],
  ])("at %d of %d s: %s", (position, duration, expected) => {
    expect(isFinished(position, duration)).toBe(expected);
  });
});

describe("decideResume", () => {
  const durationSeconds = 2 * hour;
  const at = (positionSeconds: number) => ({ positionSeconds, durationSeconds });

  it("keeps where a person stopped", () => {
    expect(decideResume(at(1000), null, false)).toEqual({ kind: "save", stop: at(1000) });
    expect(decideResume(at(1010), at(1000), false)).toEqual({ kind: "save", stop: at(1010) });
    expect(decideResume(at(5), null, false)).toEqual({ kind: "save", stop: at(5) });
  });

  it("lets nobody lose their place to a player that has just been opened", () => {
    for (const position of [0, 1, 119]) {
      expect(decideResume(at(position), at(5000), false)).toEqual({ kind: "keep" });
    }
    expect(decideResume(at(0), null, false)).toEqual({ kind: "keep" });
  });

  it("follows a person who goes back, or starts over in earnest", () => {
    expect(decideResume(at(3000), at(5000), false)).toEqual({ kind: "save", stop: at(3000) });
    expect(decideResume(at(121), at(5000), false)).toEqual({ kind: "save", stop: at(121) });
  });

  it("does not bring back a film that was watched when it is opened again", () => {
    expect(decideResume(at(60), null, true)).toEqual({ kind: "keep" });
    expect(decideResume(at(600), null, true)).toEqual({ kind: "save", stop: at(600) });
  });

  it("ends near the end, and takes what lies past it for the end", () => {
    expect(decideResume(at(7000), at(6000), false).kind).toBe("finish");
    expect(decideResume(at(9999), null, false)).toEqual({
      kind: "finish",
      stop: at(durationSeconds),
    });
  });

  it("never moves a place backwards from within the opening, whatever is reported", () => {
    const seconds = fc.double({ min: 0, max: 40_000, noNaN: true });
    const length = fc.double({ min: 1, max: 40_000, noNaN: true });
    fc.assert(
      fc.property(seconds, length, seconds, fc.boolean(), (position, duration, before, seen) => {
        const stop = { positionSeconds: position, durationSeconds: duration };
        const decision = decideResume(stop, { ...stop, positionSeconds: before }, seen);
        if (position < Math.min(before, openingSeconds(duration))) {
          expect(decision).toEqual({ kind: "keep" });
        }
        if (decision.kind !== "keep") {
          expect(decision.stop.positionSeconds).toBeLessThanOrEqual(duration);
        }
      }),
    );
  });
});

it("takes six hours without a report for the end of a sitting", () => {
  const last = new Date("2026-01-01T20:00:00Z");
  expect(isSameSitting(last, new Date("2026-01-02T01:59:59Z"))).toBe(true);
  expect(isSameSitting(last, new Date("2026-01-02T02:00:00Z"))).toBe(false);
});
