import { expect, it } from "vitest";
import { playsIn } from "./plays-in";
import { betterOf, qualityOf } from "./quality";

it("tells in which browsers a file plays", () => {
  const yes = { chrome: "yes", firefox: "yes", safari: "yes", edge: "yes" };
  expect(playsIn({ video: "h264", audio: "aac" })).toEqual(yes);
  expect(playsIn({ video: "H264", audio: null })).toEqual(yes);
  expect(playsIn({ video: "h264", audio: "ac3" })).toEqual({
    chrome: "no",
    firefox: "no",
    safari: "yes",
    edge: "unknown",
  });
  expect(playsIn({ video: "hevc", audio: "eac3" })).toMatchObject({ chrome: "no", safari: "yes" });
  expect(playsIn({ video: "rv40", audio: "aac" })).toMatchObject({ chrome: "unknown" });
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
