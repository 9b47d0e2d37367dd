import { describe, expect, it } from "vitest";
import { fittingVersion, playable, versionNames } from "./fitting";

const version = (id: string, lines: number, plays: "yes" | "maybe" | "no" = "yes") => ({
  id,
  lines,
  plays,
});
const screen = (screenLines: number, wantedLines: number | null = null) => ({
  screenLines,
  wantedLines,
});

describe("the version to begin with", () => {
  const three = [version("4k", 2160), version("hd", 1080), version("small", 720)];

  it("is the smallest that fills the screen", () => {
    expect(fittingVersion(three, screen(2160))?.id).toBe("4k");
    expect(fittingVersion(three, screen(1440))?.id).toBe("4k");
    expect(fittingVersion(three, screen(1080))?.id).toBe("hd");
    expect(fittingVersion(three, screen(800))?.id).toBe("small");
    expect(fittingVersion(three.slice(1), screen(2160))?.id).toBe("hd");
  });

  it("is one that this browser plays, when there is one", () => {
    const rows = [version("4k", 2160, "no"), version("small", 480)];
    expect(fittingVersion(rows, screen(2160))?.id).toBe("small");
    expect(fittingVersion(rows, screen(2160, 2160))?.id).toBe("small");
    expect(fittingVersion([version("only", 2160, "no")], screen(1080))?.id).toBe("only");
    expect(fittingVersion([], screen(1080))).toBeNull();
  });

  it("is one that the browser is sure of", () => {
    const rows = [version("hevc", 2160, "maybe"), version("plain", 1080)];
    expect(fittingVersion(rows, screen(2160))?.id).toBe("plain");
    expect(fittingVersion(rows.slice(0, 1), screen(2160))?.id).toBe("hevc");
  });

  it("has the size that was wanted last, or the next smaller one", () => {
    expect(fittingVersion(three, screen(2160, 720))?.id).toBe("small");
    expect(fittingVersion(three, screen(2160, 1440))?.id).toBe("hd");
    expect(fittingVersion(three, screen(2160, 480))?.id).toBe("small");
    expect(fittingVersion([version("b", 1088), ...three], screen(720, 1080))?.id).toBe("b");
    const alike = [version("hevc", 1080, "maybe"), version("plain", 1080)];
    expect(fittingVersion(alike, screen(720, 1080))?.id).toBe("plain");
  });

  it("is offered only where it can be played", () => {
    const rows = [version("a", 2160, "no"), version("b", 1080, "maybe")];
    expect(playable(rows).map(({ id }) => id)).toEqual(["b"]);
    expect(playable(rows.slice(0, 1)).map(({ id }) => id)).toEqual(["a"]);
  });
});

describe("names of versions", () => {
  const named = (...rows: [number, string | null][]) =>
    versionNames(rows.map(([lines, videoCodec]) => ({ lines, videoCodec })));

  it("are what people call a size by", () => {
    expect(named([2160, "hevc"], [1080, "h264"], [718, "h264"], [480, "h264"])).toEqual([
      ...["4K", "1080p", "720p", "480p"],
    ]);
    expect(named([1038, "h264"], [576, null], [620, null], [160, null])).toEqual([
      ...["1080p", "576p", "576p", "160p"],
    ]);
  });

  it("have the codec where two would be the same", () => {
    expect(named([1080, "hevc"], [1080, "h264"], [720, "h264"], [1080, "prores"])).toEqual([
      ...["1080p HEVC", "1080p H.264", "720p", "1080p PRORES"],
    ]);
  });
});
