import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Original } from "./original";
import type { Playback } from "./player";
import { codeOf } from "./reason-codes";
import { hasSamples, readSheet } from "./sheet";
import { judge, likenessOf, type Outcome } from "./verdict";

/** A ramp from left to right, in grey: what turning and mirroring change. */
const ramp = Array.from({ length: 16 * 16 * 3 }, (_, at) => (Math.floor(at / 3) % 16) * 16);
const mirrored = ramp.map((value) => 240 - value);

const original: Original = {
  size: [1280, 720],
  firstPicture: ramp,
  brightest: 240,
  brightestAtSeconds: 0,
  soundPeak: 0.3,
  fault: null,
};
const playback: Playback = {
  size: [1280, 720],
  currentTime: 0.6,
  hasEnded: false,
  error: null,
  firstPicture: ramp,
  brightest: 240,
  soundPeak: 0.3,
};
const ready = (change: Partial<Playback> = {}): Outcome => ({
  kind: "ready",
  playback: { ...playback, ...change },
});
const failed = (code: string | null): Outcome => ({ kind: "failed", code, words: "…" });

describe("a film", () => {
  test("plays as its original shows it", () => {
    expect(judge("film", original, ready()).isAsExpected).toBe(true);
  });

  test.each([
    ["does not play", { error: "error 3: decode" }, "decode"],
    ["has another size", { size: [720, 1280] as [number, number] }, "1280×720"],
    ["is black", { brightest: 3 }, "black"],
    ["is mirrored", { firstPicture: mirrored }, "another picture"],
    ["is silent", { soundPeak: null }, "silent"],
  ])("%s", (_, change, words) => {
    const verdict = judge("film", original, ready(change));
    expect(verdict.isAsExpected).toBe(false);
    expect(verdict.words).toContain(words);
  });

  test("of 8K is made as small as level 5.2 wants", () => {
    const large = { ...original, size: [7680, 4320] as [number, number] };
    expect(judge("film", large, ready({ size: [4096, 2304] })).isAsExpected).toBe(true);
    expect(judge("film", large, ready({ size: [1920, 1080] })).isAsExpected).toBe(false);
  });

  test("may be black or silent when its original is", () => {
    const dark = { ...original, brightest: 10, firstPicture: ramp.map(() => 5), soundPeak: 0 };
    const change = { brightest: 10, firstPicture: ramp.map(() => 5), soundPeak: 0 };
    expect(judge("film", dark, ready(change)).isAsExpected).toBe(true);
  });

  test("is refused only when its original is at fault, and for a reason about the file", () => {
    const broken = { ...original, fault: "moov atom not found" };
    expect(judge("film", original, failed("media-incomplete")).isAsExpected).toBe(false);
    expect(judge("film", broken, failed("media-incomplete")).isAsExpected).toBe(true);
    expect(judge("film", broken, failed("job-fault")).isAsExpected).toBe(false);
    expect(judge("film", broken, failed(null)).isAsExpected).toBe(false);
    expect(judge("film", broken, { kind: "stuck", words: "" }).isAsExpected).toBe(false);
  });
});

test.each([
  ["no-film", "media-only-sound", true],
  ["no-film", "media-unreadable", false],
  ["unreadable", "media-unreadable", true],
  ["unreadable", "ffmpeg-killed", false],
] as const)("%s ends with %s: %s", (expectation, code, isAsExpected) => {
  expect(judge(expectation, original, failed(code)).isAsExpected).toBe(isAsExpected);
  expect(judge(expectation, original, ready()).isAsExpected).toBe(false);
});

test("pictures with little in them cannot be compared", () => {
  expect(likenessOf(ramp, ramp)).toBeCloseTo(1);
  expect(likenessOf(ramp, mirrored)).toBeCloseTo(-1);
  expect(
    likenessOf(
      ramp,
      ramp.map(() => 7),
    ),
  ).toBeNull();
  expect(likenessOf(ramp, null)).toBeNull();
});

test.each([
  ["The file has sound but no picture. Choose another release.", "media-only-sound"],
  [
    "Only 0:03 of 18:52 could be read: the file is damaged or incomplete. Download it again, or choose another release.",
    "result-too-short",
  ],
  ["Something went wrong.", null],
])("%s", (words, code) => {
  expect(codeOf(words)).toBe(code);
});

test("a sheet says what is expected of each file, in words that are known", () => {
  const folder = mkdtempSync(join(tmpdir(), "vigilio-sheet-"));
  try {
    expect(hasSamples(folder)).toBe(false);
    const write = (text: string) => writeFileSync(join(folder, "video.tsv"), text);
    write("file\tbytes\texpected\na.mp4\t1\tvideo h264: copy\nb.ts\t2\tno video stream: …\n");
    expect(hasSamples(folder)).toBe(true);
    expect(readSheet(folder)).toEqual([
      { file: "a.mp4", expectation: "film" },
      { file: "b.ts", expectation: "no-film" },
    ]);
    write("file\texpected\na.mp4\tperhaps\n");
    expect(() => readSheet(folder)).toThrow("perhaps");
    write("name\texpected\na.mp4\tvideo\n");
    expect(() => readSheet(folder)).toThrow("columns");
  } finally {
    rmSync(folder, { recursive: true });
  }
});
