import { describe, expect, it } from "vitest";
import { playsIn } from "./plays-in";
import { betterOf, qualityOf } from "./quality";

type File = Parameters<typeof playsIn>[0];

/** What is said of each browser, without the reasons. */
function browsersOf(file: Omit<File, "codecs"> & Partial<File>) {
  const { chrome, firefox, safari, edge } = playsIn({ codecs: null, ...file });
  return [chrome.plays, firefox.plays, safari.plays, edge.plays];
}

describe("in which browsers a file plays", () => {
  it.each([
    ["H.264 with AAC", { video: "h264", audio: "aac", codecs: "avc1.640028,mp4a.40.2" }, "yyyy"],
    ["in capitals, without sound", { video: "H264", audio: null }, "yyyy"],
    ["Dolby sound", { video: "h264", audio: "ac3" }, "nny?"],
    ["HEVC", { video: "hevc", audio: "aac", codecs: "hvc1.1.6.L120.B0,mp4a.40.2" }, "??y?"],
    ["HEVC with 10 bits", { video: "hevc", audio: "aac", codecs: "hvc1.2.4.L120.B0" }, "??y?"],
    ["HEVC beyond Main 10", { video: "hevc", audio: "aac", codecs: "hvc1.4.10.L120.B0" }, "????"],
    ["HEVC with Dolby sound", { video: "hevc", audio: "eac3" }, "nny?"],
    ["AV1", { video: "av1", audio: "opus" }, "yy?y"],
    ["H.264 with 10 bits", { video: "h264", audio: "aac", codecs: "avc1.6e0028" }, "nnnn"],
    ["something else", { video: "rv40", audio: "aac" }, "????"],
  ] as const)("%s", (_, file, expected) => {
    const names = { y: "yes", n: "no", "?": "unknown" };
    const wanted = [...expected].map((sign) => names[sign as keyof typeof names]);
    expect(browsersOf(file)).toEqual(wanted);
  });

  it("says why it may not: what never plays goes before what may", () => {
    const { chrome, safari, edge } = playsIn({ video: "hevc", audio: "eac3", codecs: null });
    expect(chrome.why).toEqual({ code: "plays-no-dolby" });
    expect(edge.why).toEqual({ code: "plays-hevc" });
    expect(safari.why).toBeNull();
    const other = playsIn({ video: "rv40", audio: "aac", codecs: null });
    expect(other.chrome.why).toEqual({ code: "plays-unknown", values: { codec: "RV40" } });
  });
});

it.each([
  [3840, 2160, "4K"],
  [3840, 1600, "4K"],
  [2999, 1599, "HD"],
  [1920, 800, "HD"],
  [1280, 720, "HD"],
  [960, 720, "HD"],
  [1199, 699, "SD"],
  [720, 576, "SD"],
  [null, 1080, null],
] as const)("calls %s × %s %s", (width, height, expected) => {
  expect(qualityOf(width, height)).toBe(expected);
});

it("knows the better quality", () => {
  expect(betterOf("SD", "4K")).toBe("4K");
  expect(betterOf("HD", "SD")).toBe("HD");
  expect(betterOf(null, "SD")).toBe("SD");
  expect(betterOf("HD", null)).toBe("HD");
});
