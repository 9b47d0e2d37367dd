import { describe, expect, it } from "vitest";
import { limitsAt, limitsUntil, type SpeedSettings } from "./speed-limits";

// Tests run in a zone with an odd offset: windows go by the server's clock, not by UTC.
const at = (text: string) => new Date(`${text}+05:45`);
const monday = (time: string) => at(`2026-03-02T${time}:00`);
const tuesday = (time: string) => at(`2026-03-03T${time}:00`);

const window = (days: number[], from: string, to: string, download: number | null = 100) => ({
  ...{ days, from, to },
  downloadKibibytesPerSecond: download,
  uploadKibibytesPerSecond: 10,
});
const settings = (...speedWindows: SpeedSettings["speedWindows"]): SpeedSettings => ({
  downloadKibibytesPerSecond: 500,
  uploadKibibytesPerSecond: null,
  speedWindows,
});
const download = (given: SpeedSettings, moment: Date) =>
  limitsAt(given, moment).downloadKibibytesPerSecond;

describe("speed limits", () => {
  it("are the general ones outside every window", () => {
    expect(limitsAt(settings(window([1], "08:00", "18:00")), monday("07:59"))).toEqual({
      downloadKibibytesPerSecond: 500,
      uploadKibibytesPerSecond: null,
      window: null,
    });
  });

  it("hold from the first minute of a window until before its end, on its days alone", () => {
    const given = settings(window([1, 3], "08:00", "18:00"));
    expect(download(given, monday("08:00"))).toBe(100);
    expect(download(given, monday("17:59"))).toBe(100);
    expect(download(given, monday("18:00"))).toBe(500);
    expect(download(given, tuesday("09:00"))).toBe(500);
  });

  it("reach past midnight into the next day, also from Sunday to Monday", () => {
    const given = settings(window([1], "22:00", "06:00"));
    expect(download(given, monday("05:00"))).toBe(500);
    expect(download(given, monday("23:00"))).toBe(100);
    expect(download(given, tuesday("05:59"))).toBe(100);
    expect(download(given, tuesday("06:00"))).toBe(500);
    expect(download(settings(window([7], "22:00", "06:00")), monday("05:59"))).toBe(100);
  });

  it("last a whole day where the end is the beginning", () => {
    const given = settings(window([1], "06:00", "06:00"));
    expect(download(given, monday("06:00"))).toBe(100);
    expect(download(given, tuesday("05:59"))).toBe(100);
    expect(download(given, tuesday("06:00"))).toBe(500);
  });

  it("are those of the first window that covers a moment, which may be none at all", () => {
    const given = settings(
      window([1], "09:00", "10:00", null),
      window([1, 2], "08:00", "18:00", 50),
    );
    expect(download(given, monday("09:30"))).toBeNull();
    expect(download(given, monday("10:30"))).toBe(50);
  });

  it("tell when they change within a day", () => {
    const given = settings(window([1], "22:00", "06:00"), window([2], "05:00", "07:00"));
    expect(limitsUntil(given, monday("20:00"))).toBe("22:00");
    expect(limitsUntil(given, monday("23:00"))).toBe("06:00");
    expect(limitsUntil(given, tuesday("06:30"))).toBe("07:00");
    expect(limitsUntil(settings(), monday("20:00"))).toBeNull();
    expect(limitsUntil(settings(window([4], "08:00", "09:00")), monday("20:00"))).toBeNull();
  });
});
