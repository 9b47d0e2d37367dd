import { describe, expect, it } from "vitest";
import { changesOf, wantedPreferences } from "./preferences";

const now = new Date("2026-03-02T10:00:00+05:45");
const nothing = {
  downloadKibibytesPerSecond: null,
  uploadKibibytesPerSecond: null,
  speedWindows: [],
  bittorrentPort: null,
  bittorrentInterface: null,
  qbittorrentUrl: null,
};
const morning = {
  ...{ days: [1], from: "08:00", to: "12:00" },
  downloadKibibytesPerSecond: 5,
  uploadKibibytesPerSecond: null,
};

describe("what qBittorrent is told", () => {
  it("is nothing where nothing was set", () => {
    expect(wantedPreferences(nothing, now)).toEqual({});
  });

  it("is the limit that was set, in bytes, and the other one stays as it is there", () => {
    const set = { ...nothing, uploadKibibytesPerSecond: 3 };
    expect(wantedPreferences(set, now)).toEqual({ up_limit: 3072 });
  });

  it("is both limits where they change by the hour, none of them included", () => {
    const set = { ...nothing, speedWindows: [morning], uploadKibibytesPerSecond: 3 };
    expect(wantedPreferences(set, now)).toEqual({ dl_limit: 5120, up_limit: 0 });
    const later = new Date(now.getTime() + 3 * 3_600_000);
    expect(wantedPreferences(set, later)).toEqual({ dl_limit: 0, up_limit: 3072 });
  });

  it("is port and interface of Vigilio's own alone", () => {
    const set = { ...nothing, bittorrentPort: 5000, bittorrentInterface: "tun0" };
    expect(wantedPreferences(set, now)).toEqual({
      listen_port: 5000,
      random_port: false,
      current_network_interface: "tun0",
    });
    expect(wantedPreferences({ ...set, qbittorrentUrl: "http://nas:8080" }, now)).toEqual({});
  });
});

describe("what is written", () => {
  it("is what differs, and what was there is remembered once", () => {
    const first = changesOf({ dl_limit: 5 }, { dl_limit: 0, up_limit: 7 }, {});
    expect(first).toEqual({ write: { dl_limit: 5 }, before: { dl_limit: 0 } });
    const second = changesOf({ dl_limit: 6 }, { dl_limit: 5 }, first.before);
    expect(second).toEqual({ write: { dl_limit: 6 }, before: { dl_limit: 0 } });
    expect(changesOf({ dl_limit: 6 }, { dl_limit: 6 }, first.before).write).toEqual({});
  });

  it("gives back what was there when it is not wanted any more", () => {
    const given = changesOf({}, { dl_limit: 5 }, { dl_limit: 9 });
    expect(given).toEqual({ write: { dl_limit: 9 }, before: {} });
  });

  it("is nothing that this version does not know", () => {
    expect(changesOf({ random_port: false }, {}, {})).toEqual({ write: {}, before: {} });
  });
});
