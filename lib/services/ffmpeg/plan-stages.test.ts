import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { PlanOptions } from "./plan";
import { type ModernCodecs, planInStages } from "./plan-stages";
import { probeFrom } from "./probe-map";
import type { Probe, VideoStream } from "./probe-types";
import { wireProbe } from "./probe-wire";

function recorded(name: string): Probe {
  const wire = wireProbe.parse(JSON.parse(readFileSync(`tests/media/probes/${name}.json`, "utf8")));
  const layout = { isFastStart: true, isFragmented: false, isTruncated: false, majorBrand: "isom" };
  return probeFrom(wire, 1_000_000, name.startsWith("mp4-") ? layout : null);
}

const film = recorded("mp4-hevc-eac3");
const change = (video: Partial<VideoStream>): Probe => ({
  ...film,
  video: film.video.map((stream) => ({ ...stream, ...video })),
});

/** What is done first, the first reason for it, and what follows. */
function staged(probe: Probe, choice: ModernCodecs, options: PlanOptions = {}): string {
  const found = planInStages(probe, options, choice);
  if ("reason" in found) return `refused: ${found.reason.code}`;
  const { plan, followUp } = found;
  return [plan.video.action, plan.why[0]?.code, followUp ?? "nothing"].join(", ");
}

describe("HEVC and AV1", () => {
  test.each([
    ["convert", "copy, plan-modern-first, replace"],
    ["both", "copy, plan-modern-first, join"],
    ["keep", "copy, plan-modern-kept, nothing"],
  ] as const)("when the setting is %s", (choice, expected) => {
    expect(staged(film, choice)).toBe(expected);
    expect(staged(change({ codec: "av1", codecTag: "av01" }), choice)).toBe(expected);
    expect(staged(change({ bitDepth: 10, hdr: "pq" }), choice)).toBe(expected);
  });

  test.each(["convert", "both", "keep"] as const)(
    "are encoded at once where a copy would play nowhere or is too large: %s",
    (choice) => {
      const encoded = "encode, plan-picture-codec, nothing";
      expect(staged(change({ chroma: "4:2:2" }), choice)).toBe(encoded);
      expect(staged(change({ bitDepth: 12 }), choice)).toBe(encoded);
      const tall = change({ width: 1920, height: 1080 });
      expect(staged(tall, choice, { maxHeight: 720 })).toContain("encode, plan-picture-size");
    },
  );

  test("in Dolby's own form are refused unless they are to be kept", () => {
    const dolby = change({ dolbyVision: { profile: 5, hasBaseLayer: false } });
    expect(staged(dolby, "convert")).toBe("refused: media-dolby-vision-only");
    expect(staged(dolby, "both")).toBe("refused: media-dolby-vision-only");
    expect(staged(dolby, "keep")).toBe("copy, plan-modern-kept, nothing");
    const layered = change({ dolbyVision: { profile: 8, hasBaseLayer: true }, hdr: "pq" });
    expect(staged(layered, "convert")).toBe("copy, plan-modern-first, replace");
  });

  test("never hide that they are not for every browser", () => {
    const plan = planInStages({ ...change({ codecTag: "hvc1" }), audio: [] }, {}, "keep");
    expect("plan" in plan && plan.plan.kind).toBe("as-is");
    expect("plan" in plan && plan.plan.why.map(({ code }) => code)).toEqual([
      "plan-modern-kept",
      "plan-no-sound",
    ]);
  });
});

test.each(["convert", "both", "keep"] as const)(
  "other films are not touched by it: %s",
  (choice) => {
    expect(staged(recorded("mp4-h264-aac"), choice)).toBe("copy, plan-as-is, nothing");
    expect(staged(recorded("mpg-mpeg2-mp2"), choice)).toBe("encode, plan-picture-codec, nothing");
    expect(staged(recorded("mkv-sound-only"), choice)).toBe("refused: media-only-sound");
  },
);
