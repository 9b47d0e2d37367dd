import { describe, expect, it } from "vitest";
import { byDay, dayName, dayOf } from "./by-day";

const now = new Date("2026-03-15T01:30:00Z");

describe("days of a history", () => {
  it("are those of whoever looks, not of the server", () => {
    const late = new Date("2026-03-14T23:30:00Z");
    expect(dayOf(late, "UTC")).toBe("2026-03-14");
    expect(dayOf(late, "Europe/Istanbul")).toBe("2026-03-15");
    expect(dayOf(late, "America/New_York")).toBe("2026-03-14");
    expect(dayName("2026-03-14", now, "en", "UTC")).toBe("Yesterday");
    expect(dayName("2026-03-14", now, "en", "America/New_York")).toBe("Today");
  });

  it("are called by weekday and date, with the year when it is another", () => {
    expect(dayName("2026-03-15", now, "en-GB", "UTC")).toBe("Today");
    expect(dayName("2026-03-13", now, "en-GB", "UTC")).toBe("Friday 13 March");
    // Commas come and go with versions of ICU.
    expect(dayName("2025-12-31", now, "en-GB", "UTC")).toMatch(/^Wednesday,? 31 December 2025$/);
    expect(dayName("2026-03-14", now, "de", "UTC")).toBe("Gestern");
  });

  it("hold what was watched on them, in order, across a change of the clocks", () => {
    const at = (lastWatchedAt: string) => ({ lastWatchedAt });
    const entries = ["2026-03-29T22:30:00Z", "2026-03-29T00:10:00Z", "2026-03-28T22:50:00Z"].map(
      at,
    );
    expect(
      byDay(entries, "Europe/Berlin").map(({ day, entries: held }) => [day, held.length]),
    ).toEqual([
      ["2026-03-30", 1],
      ["2026-03-29", 1],
      ["2026-03-28", 1],
    ]);
    expect(byDay(entries, "UTC").map(({ day, entries: held }) => [day, held.length])).toEqual([
      ["2026-03-29", 2],
      ["2026-03-28", 1],
    ]);
  });
});
