import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  decideResume,
  isContinuous,
  isFinished,
  isPlace,
  isSameSitting,
  openingSeconds,
  type Report,
} from "./resume";

const hour = 3600;
const evening = Date.parse("2026-03-01T20:00:00Z");

describe("isFinished", () => {
  it.each([
    // Two hours: nine tenths are 1:48:00.
    [1.8 * hour - 1, 2 * hour, null, false],
    [1.8 * hour, 2 * hour, null, true],
    // Credits that begin earlier are the end, and those that begin later change nothing.
    [1.5 * hour - 1, 2 * hour, 1.5 * hour, false],
    [1.5 * hour, 2 * hour, 1.5 * hour, true],
    [1.8 * hour, 2 * hour, 1.95 * hour, true],
    // Under six minutes: six tenths.
    [179, 300, null, false],
    [180, 300, null, true],
    [215, 359, null, false],
    [216, 359, null, true],
    // Six minutes is no short any more.
    [216, 360, null, false],
    [324, 360, null, true],
    [0, 1, null, false],
    [1, 1, null, true],
  ])("at %d of %d s, credits at %s: %s", (position, duration, credits, expected) => {
    expect(isFinished(position, duration, credits)).toBe(expected);
  });
});

describe("decideResume", () => {
  const durationSeconds = 2 * hour;
  const stop = (positionSeconds: number) => ({ positionSeconds, durationSeconds });
  const at = (positionSeconds: number, minute = 0) => ({
    ...stop(positionSeconds),
    at: new Date(evening + minute * 60_000),
  });
  const decide = (reported: Report, stored: Report | null = null, watchedAt: Date | null = null) =>
    decideResume(reported, { stored, watchedAt });

  it("keeps where a person stopped", () => {
    expect(decide(at(1000))).toEqual({ kind: "save", stop: stop(1000) });
    expect(decide(at(1010, 1), at(1000))).toEqual({ kind: "save", stop: stop(1010) });
    expect(decide(at(5))).toEqual({ kind: "save", stop: stop(5) });
  });

  it("lets nobody lose their place to a player that has just been opened", () => {
    for (const position of [0, 1, 119]) {
      expect(decide(at(position, 9), at(5000))).toEqual({ kind: "keep" });
    }
    expect(decide(at(0))).toEqual({ kind: "keep" });
  });

  it("follows a person who goes back, or starts over in earnest", () => {
    expect(decide(at(3000, 1), at(5000))).toEqual({ kind: "save", stop: stop(3000) });
    expect(decide(at(121, 1), at(5000))).toEqual({ kind: "save", stop: stop(121) });
  });

  it("keeps the newer of two devices, whichever is heard last", () => {
    expect(decide(at(3000, 5), at(600, 9))).toEqual({ kind: "keep" });
    expect(decide(at(600, 9), at(3000, 5))).toEqual({ kind: "save", stop: stop(600) });
  });

  it("puts a place that arrives late before a mere opening", () => {
    expect(decide(at(3000, 1), at(20, 9))).toEqual({ kind: "save", stop: stop(3000) });
  });

  it("does not bring back a film that was watched when it is opened again", () => {
    const { at: watchedAt } = at(0);
    expect(decide(at(60, 9), null, watchedAt)).toEqual({ kind: "keep" });
    expect(decide(at(600, 9), null, watchedAt)).toEqual({ kind: "save", stop: stop(600) });
    expect(decide(at(600, -9), null, watchedAt)).toEqual({ kind: "keep" });
  });

  it("ends near the end, and takes what lies past it for the end", () => {
    expect(decide(at(7000, 1), at(6000))).toMatchObject({ kind: "finish", forgetsStored: true });
    expect(decide(at(9999))).toMatchObject({ kind: "finish", stop: stop(durationSeconds) });
    // Somebody began again since: that stays.
    expect(decide(at(7000, 1), at(600, 60))).toMatchObject({ forgetsStored: false });
  });

  const anyReport = fc.record({
    // Few moments and places, so that they meet.
    positionSeconds: fc.constantFrom(0, 1, 60, 119, 120, 600, 3000, 6479, 6480, 7200),
    durationSeconds: fc.constantFrom(durationSeconds, durationSeconds + 2),
    at: fc.integer({ min: 0, max: 6 }).map((minute) => new Date(evening + minute * 60_000)),
  });

  it("comes to the same whatever the order in which reports arrive", () => {
    interface State {
      stored: Report | null;
      watchedAt: Date | null;
    }
    const take = (state: State, report: Report): State => {
      const decision = decideResume(report, state);
      if (decision.kind === "keep") return state;
      if (decision.kind === "save")
        return { ...state, stored: { ...decision.stop, at: report.at } };
      const isLater = !state.watchedAt || report.at > state.watchedAt;
      return {
        stored: decision.forgetsStored ? null : state.stored,
        watchedAt: isLater ? report.at : state.watchedAt,
      };
    };
    const none: State = { stored: null, watchedAt: null };
    const place = ({ stored, watchedAt }: State) => ({
      watchedAt,
      stored: stored && [stored.positionSeconds, stored.at.getTime()],
    });
    const orders = fc
      .array(anyReport, { maxLength: 8 })
      .chain((reports) =>
        fc.tuple(fc.constant(reports), fc.shuffledSubarray(reports, { minLength: reports.length })),
      );
    fc.assert(
      fc.property(orders, ([reports, shuffled]) => {
        const first = reports.reduce(take, none);
        expect(place(shuffled.reduce(take, none))).toEqual(place(first));
        // And hearing them all once more changes nothing.
        expect(place(shuffled.reduce(take, first))).toEqual(place(first));
      }),
      { numRuns: 2000 },
    );
  });

  it("never moves a place backwards from within the opening, whatever is reported", () => {
    const seconds = fc.double({ min: 0, max: 40_000, noNaN: true });
    const length = fc.double({ min: 1, max: 40_000, noNaN: true });
    fc.assert(
      fc.property(seconds, length, seconds, fc.boolean(), (position, duration, before, seen) => {
        const stop = { positionSeconds: position, durationSeconds: duration };
        const moment = new Date(evening);
        const decision = decideResume(
          { ...stop, at: new Date(evening + 1000) },
          {
            stored: { ...stop, positionSeconds: before, at: moment },
            watchedAt: seen ? moment : null,
          },
        );
        const isEnd = isFinished(Math.min(position, duration), duration);
        if (!isEnd && position < Math.min(before, openingSeconds(duration))) {
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

describe("places", () => {
  const report = (positionSeconds: number, seconds: number) => ({
    ...{ positionSeconds, durationSeconds: 2 * hour },
    at: new Date(evening + seconds * 1000),
  });

  it("are told from watching on", () => {
    expect(isContinuous(report(1000, 0), report(1005, 5))).toBe(true);
    expect(isContinuous(report(1000, 0), report(1020, 10))).toBe(true);
    expect(isContinuous(report(1000, 0), report(990, 1))).toBe(true);
    expect(isContinuous(report(1000, 0), report(4000, 5))).toBe(false);
    expect(isContinuous(report(4000, 0), report(121, 5))).toBe(false);
    // The next evening somebody goes elsewhere: that was no watching.
    expect(isContinuous(report(1000, 0), report(4000, 86_400))).toBe(false);
  });

  it("are where somebody stayed, not what they passed while they sought", () => {
    const since = new Date(evening - 5000);
    expect(isPlace(report(3000, 0), since)).toBe(false);
    expect(isPlace(report(3000, 30), since)).toBe(true);
    expect(isPlace(report(3000, 0), null)).toBe(true);
    expect(isPlace(report(60, 60), since)).toBe(false);
  });
});
