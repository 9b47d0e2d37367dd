import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { codecsOf, playsIn } from "./codecs";
import { isoLanguage } from "./languages";
import { probeFrom } from "./probe-map";
import type { Probe } from "./probe-types";
import { wireProbe } from "./probe-wire";

function recorded(name: string): Probe {
  const text = readFileSync(join("tests/media/probes", `${name}.json`), "utf8");
  return probeFrom(wireProbe.parse(JSON.parse(text)), 1, null);
}

function highFour(probe: Probe): Probe {
  const video = probe.video.map((stream) => ({ ...stream, profile: "High", level: 40 }));
  return { ...probe, video };
}

describe("codecsOf", () => {
  test.each([
    ["mp4-h264-aac", "avc1.42e00c,mp4a.40.2"],
    ["mp4-h264-mp3", "avc1.42e00c,mp4a.6b"],
    ["mp4-h264-silent", "avc1.42e00c"],
    ["webm-vp9-opus", "vp09.00.31.08,opus"],
    ["mp4-hevc-eac3", "hvc1.1.6.L60.B0,ec-3"],
    ["webm-vp8-vorbis", null],
  ])("%s is %s", (name, codecs) => {
    expect(codecsOf(recorded(name))).toBe(codecs);
  });

  test("High 4.0", () => {
    expect(codecsOf(highFour(recorded("mp4-h264-aac")))).toBe("avc1.640028,mp4a.40.2");
  });
});

describe("playsIn", () => {
  test.each([
    ["mp4-h264-aac", ["yes", "yes", "yes", "yes"]],
    ["webm-vp9-opus", ["yes", "yes", "unknown", "yes"]],
    ["mp4-hevc-eac3", ["no", "no", "yes", "unknown"]],
    ["mkv-h264-10bit", ["no", "no", "no", "no"]],
    ["mkv-sound-only", ["no", "no", "no", "no"]],
  ])("%s", (name, [chrome, firefox, safari, edge]) => {
    expect(playsIn(recorded(name))).toEqual({ chrome, firefox, safari, edge });
  });
});

test.each([
  ["tr", "tur"],
  ["pt-BR", "por"],
  ["fil", "fil"],
  [null, "und"],
  ["x", "und"],
])("isoLanguage of %s is %s", (language, code) => {
  expect(isoLanguage(language)).toBe(code);
});
