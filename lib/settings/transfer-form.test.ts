import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/web/input";
import { type TestSite, testSite } from "@/tests/support/site";
import { settingOf } from "./data";
import { saveSettings } from "./mutations";
import { deadForm, networkForm, speedForm } from "./transfer-form";

const window = {
  ...{ days: [1, 2], from: "22:00", to: "06:00" },
  downloadKibibytesPerSecond: 500,
  uploadKibibytesPerSecond: null,
};

/** Reasons by field of what is thrown. */
function faultsOf(work: () => unknown): Record<string, string> {
  try {
    work();
  } catch (error) {
    const fields = error instanceof AppError ? (error.fields ?? {}) : {};
    return Object.fromEntries(Object.entries(fields).map(([name, { code }]) => [name, code]));
  }
  return {};
}

describe("the form of the speed", () => {
  const form = (speedWindows: unknown, download = "") => ({
    downloadKibibytesPerSecond: download,
    uploadKibibytesPerSecond: "100",
    speedWindows: JSON.stringify(speedWindows),
  });

  it("is limits, none where a field is empty, and hours", () => {
    expect(parseInput(speedForm, form([window]))).toEqual({
      downloadKibibytesPerSecond: null,
      uploadKibibytesPerSecond: 100,
      speedWindows: [window],
    });
  });

  it("says by field what is wrong", () => {
    const slow = { downloadKibibytesPerSecond: "slow" };
    const wrong = [window, { ...window, days: [], from: "24:00", ...slow }];
    expect(faultsOf(() => parseInput(speedForm, form(wrong, "fast")))).toEqual({
      downloadKibibytesPerSecond: "number-out-of-range",
      "speedWindows.1.days": "days-missing",
      "speedWindows.1.downloadKibibytesPerSecond": "number-out-of-range",
      "speedWindows.1.from": "time-of-day-malformed",
    });
  });
});

describe("the form of the network", () => {
  const of = (bittorrentInterface: string, otherInterface?: string) =>
    parseInput(networkForm, { bittorrentPort: "6881", bittorrentInterface, otherInterface });

  it("is one of the list, one that is typed, or any", () => {
    expect(of("tun0")).toEqual({ bittorrentPort: 6881, bittorrentInterface: "tun0" });
    expect(of("*", "wg0").bittorrentInterface).toBe("wg0");
    expect(of("*", "").bittorrentInterface).toBeNull();
    expect(of("").bittorrentInterface).toBeNull();
  });
});

describe("settings of downloads", () => {
  let site: TestSite;
  beforeEach(() => {
    site = testSite();
  });
  afterEach(() => site[Symbol.dispose]());
  const save = (patch: Record<string, unknown>) =>
    saveSettings(site.db, { patch, env: site.env, now: new Date() });

  it("are kept, and an empty field of a dead release means never", () => {
    const form = { deadMetadataMinutes: "", deadNoSeedsHours: "1,5", replaceDeadReleases: "on" };
    save(parseInput(deadForm, form));
    const value = (key: "deadMetadataMinutes" | "deadNoSeedsHours" | "replaceDeadReleases") =>
      settingOf(site.db, site.env, key);
    expect(value("deadMetadataMinutes")).toBeNull();
    expect(value("deadNoSeedsHours")).toBe(1.5);
    expect(value("replaceDeadReleases")).toBe(true);
  });

  it.each([
    { speedWindows: [{ ...window, days: [8] }] },
    { speedWindows: [{ ...window, to: "6" }] },
    { speedWindows: [{ ...window, days: [] }] },
    { speedWindows: "at night" },
    { bittorrentPort: 80 },
    { bittorrentInterface: "tun0; reboot" },
    { deadNoSeedsHours: 0 },
    { deadMetadataMinutes: -1 },
    { replaceDeadReleases: "yes" },
  ])("refuse %j", (patch) => {
    expect(Object.keys(faultsOf(() => save(patch)))).toEqual(Object.keys(patch));
  });
});
