import { describe, expect, it } from "vitest";
import { deadReason, type Look, signsAfter } from "./dead";

const now = new Date("2026-03-01T10:00:00Z");
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const none = { metadataSince: null, seedlessSince: null };
const stalled: Look = {
  state: "stalled",
  hasMetadata: true,
  isComplete: false,
  progress: 0.4,
  seeds: 0,
  availability: 0.4,
};
const asking: Look = { ...stalled, state: "metadata", hasMetadata: false, progress: 0 };

describe("signs of life", () => {
  it("are missed from the first look on", () => {
    expect(signsAfter({ ...none, progress: 0 }, asking, now).metadataSince).toEqual(now);
    const known = { ...none, metadataSince: ago(5), progress: 0 };
    expect(signsAfter(known, asking, now).metadataSince).toEqual(ago(5));
  });

  it("are people who have all of it, by themselves or together, and whatever arrives", () => {
    const known = { ...none, seedlessSince: ago(60), progress: 0.4 };
    expect(signsAfter(known, stalled, now).seedlessSince).toEqual(ago(60));
    expect(signsAfter(known, { ...stalled, seeds: 1 }, now).seedlessSince).toBeNull();
    expect(signsAfter(known, { ...stalled, availability: 1.2 }, now).seedlessSince).toBeNull();
    expect(signsAfter(known, { ...stalled, progress: 0.41 }, now).seedlessSince).toBeNull();
  });

  it.each(["paused", "queued", "checking", "moving", "failed", "seeding"])(
    "are not asked of one that is %s",
    (state) => {
      const known = { metadataSince: ago(60), seedlessSince: ago(60), progress: 0.4 };
      expect(signsAfter(known, { ...stalled, state }, now)).toEqual(none);
      expect(signsAfter(known, { ...asking, state }, now)).toEqual(none);
    },
  );
});

describe("a release", () => {
  const limits = { deadMetadataMinutes: 10, deadNoSeedsHours: 2 };
  const watched = { now, watchedMs: 3 * 60_000 };

  it("is dead when the time is over, and not before", () => {
    const late = (minutes: number) =>
      deadReason({ ...none, metadataSince: ago(minutes) }, limits, watched)?.code;
    expect([late(9), late(10)]).toEqual([undefined, "torrent-metadata-late"]);
    const alone = (minutes: number) =>
      deadReason({ ...none, seedlessSince: ago(minutes) }, limits, watched)?.code;
    expect([alone(119), alone(120)]).toEqual([undefined, "torrent-no-seeds-long"]);
  });

  it("is never dead by what a person switched off", () => {
    const signs = { metadataSince: ago(600), seedlessSince: ago(6000) };
    const off = { deadMetadataMinutes: null, deadNoSeedsHours: null };
    expect(deadReason(signs, off, watched)).toBeNull();
  });

  it("is not dead for a time in which Vigilio did not run", () => {
    const signs = { ...none, seedlessSince: ago(6000) };
    expect(deadReason(signs, limits, { now, watchedMs: 10_000 })).toBeNull();
  });
});
