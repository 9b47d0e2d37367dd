import { describe, expect, it } from "vitest";
import { bestVersion, smallerChoices } from "./choose";
import type { VersionView } from "./schema";

const everywhere = { chrome: "yes", firefox: "yes", safari: "yes", edge: "yes" } as const;
const someOnly = { ...everywhere, chrome: "unknown" } as const;

function version(id: string, change: Partial<VersionView> = {}): VersionView {
  return {
    ...{ id, status: "ready", statusDetail: null, plan: null, releaseName: null, progress: null },
    ...{ width: 1920, height: 1080, durationSeconds: 60, sizeBytes: 1, container: "mp4" },
    ...{ videoCodec: "h264", codecs: null, audioTracks: [], subtitles: [], madeFrom: null },
    ...{ streamUrl: `/media/${id}.mp4`, hlsUrl: null, previewUrl: null },
    ...{ chapters: [], creditsStartSeconds: null },
    ...{ playsIn: everywhere, playsInDetail: [] },
    ...change,
  };
}

describe("the version that plays", () => {
  const best = (...versions: VersionView[]) => bestVersion(versions)?.id ?? null;
  const uhd = { width: 3840, height: 2160 };

  it("is one that plays everywhere, then the taller, then the older", () => {
    expect(best(version("a"), version("b", uhd))).toBe("b");
    expect(best(version("a", { ...uhd, playsIn: someOnly }), version("b"))).toBe("b");
    expect(
      best(version("a", { playsIn: someOnly }), version("b", { ...uhd, playsIn: someOnly })),
    ).toBe("b");
    expect(best(version("a"), version("b"))).toBe("a");
  });

  it("counts a wide film by its width", () => {
    expect(best(version("a", { width: 1280, height: 720 }), version("b", { height: 640 }))).toBe(
      "b",
    );
  });

  it("can be played", () => {
    const made = { status: "processing", streamUrl: null } as const;
    expect(best(version("a", { ...uhd, ...made }), version("b"))).toBe("b");
    expect(best(version("a", made))).toBeNull();
  });
});

describe("smaller versions that can be asked for", () => {
  it("are those below the tallest that are not there", () => {
    const heights = (...versions: VersionView[]) => smallerChoices(versions)?.heights ?? [];
    expect(heights(version("a"))).toEqual([720, 480]);
    expect(heights(version("a", { width: 1280, height: 534 }))).toEqual([480]);
    expect(heights(version("a", { width: 854, height: 480 }))).toEqual([]);
    const made = { kind: "smaller", versionId: "a", height: 480 } as const;
    const asked = { madeFrom: made, status: "queued", width: null, height: null } as const;
    expect(heights(version("a"), version("b", asked))).toEqual([720]);
    expect(heights(version("a"), version("b", { ...asked, status: "failed" }))).toEqual([720, 480]);
    expect(heights(version("a"), version("b", { width: 1280, height: 718 }))).toEqual([480]);
    expect(heights(version("a", { status: "queued" }))).toEqual([]);
  });

  it("are made of the tallest", () => {
    const versions = [version("a", { width: 1280, height: 720 }), version("b")];
    expect(smallerChoices(versions)).toEqual({ versionId: "b", heights: [480] });
  });
});
