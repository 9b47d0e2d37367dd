import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openWorkshop, type Workshop } from "@/tests/media/conversion";
import type { MovieSpec } from "@/tests/media/make";
import { relation } from "@/tests/media/relation";
import type { PlanKind } from "./plan";

let workshop: Workshop;
beforeAll(async () => {
  workshop = await openWorkshop();
});
afterAll(() => workshop.close());

/** How much sound and picture may move against each other, in seconds: what nobody notices. */
const noticedFrom = 0.04;

/**
 * Converts a film and holds what is seen and heard against the source; against what was made where
 * `isEven`, since ffmpeg itself shows reordered frames of AVI, which says when they are decoded, one
 * frame late.
 */
async function expectSync(path: string, kind: PlanKind, isEven = false): Promise<void> {
  const seen = await relation(path);
  const before = isEven ? { ...seen, first: 0, last: 0 } : seen;
  const { plan, path: result } = await workshop.convert(path);
  expect(plan.kind).toBe(kind);
  const after = await relation(result);
  expect(Math.abs(after.first - before.first)).toBeLessThan(noticedFrom);
  expect(Math.abs(after.last - before.last)).toBeLessThan(noticedFrom);
  // Nothing was lost on the way, apart from what an edge may hide.
  expect(Math.abs(after.count - before.count)).toBeLessThanOrEqual(1);
}

const small = { width: 160, height: 96, seconds: 5 };
/** Frames that are decoded in another order than they are shown. */
const reordered = { extra: ["-preset", "veryfast", "-bf", "2"] };
const ntsc = { framesPerSecond: 24000 / 1001 };

describe("sound stays with the picture", () => {
  test.each([
    ["Matroska", "mkv", reordered, "container"],
    ["Matroska, 23.976 frames a second", "mkv", { ...ntsc, ...reordered }, "container"],
    ["MPEG-TS", "ts", reordered, "container"],
    [
      "Flash",
      "flv",
      { audio: [{ codec: "mp3" }], extra: ["-ar", "44100", "-bf", "2"] },
      "container",
    ],
    ["VP9 with Opus", "webm", { video: "vp9", audio: [{ codec: "opus" }] }, "container"],
    ["AC-3 in Matroska", "mkv", { ...reordered, audio: [{ codec: "ac3", channels: 6 }] }, "sound"],
    ["AC-3 in MPEG-TS", "ts", { ...reordered, audio: [{ codec: "ac3" }] }, "sound"],
    ["AC-3 in AVI", "avi", { audio: [{ codec: "ac3" }], extra: ["-bf", "0"] }, "sound"],
    ["DTS, 23.976 frames a second", "mkv", { ...ntsc, audio: [{ codec: "dts" }] }, "sound"],
    ["MPEG-2 with MP2", "mpg", { video: "mpeg2", audio: [{ codec: "mp2" }] }, "picture"],
    ["MPEG-4 with MP3 in AVI", "avi", { video: "mpeg4", audio: [{ codec: "mp3" }] }, "picture"],
    ["HEVC", "mkv", { ...ntsc, video: "hevc", audio: [{ codec: "eac3" }] }, "picture"],
    ["WMV with WMA", "wmv", { video: "wmv2", audio: [{ codec: "wma" }] }, "picture"],
    [
      "interlaced fields",
      "mkv",
      { video: "h264-interlaced", framesPerSecond: 50, audio: [{ codec: "ac3" }] },
      "picture",
    ],
    [
      "frames that come unevenly",
      "mov",
      {
        video: "mpeg4",
        framesPerSecond: 50,
        audio: [{ codec: "pcm" }],
        extra: ["-vf", "select='lt(t,3)+lt(mod(t,1),0.2)'", "-vsync", "vfr"],
      },
      "picture",
    ],
  ] as [string, string, Omit<MovieSpec, "path">, PlanKind][])(
    "%s",
    async (_, extension, spec, kind) => {
      const path = await workshop.make(extension, { ...small, ...spec });
      await expectSync(path, kind, extension === "avi");
    },
  );

  test("no drift in a minute of 23.976 frames a second with AC-3, copied or encoded", async () => {
    const long = { width: 64, height: 36, seconds: 60, ...ntsc };
    const copied = await workshop.make("ts", { ...long, audio: [{ codec: "ac3" }] });
    await expectSync(copied, "sound");
    const encoded = await workshop.make("avi", {
      ...long,
      video: "mpeg4",
      audio: [{ codec: "ac3" }],
    });
    await expectSync(encoded, "picture", true);
  });
});

describe("a relation that is not even stays as it is", () => {
  /** The same film with its sound (or its picture, below zero) so many seconds later. */
  const shifted = (path: string, extension: string, seconds: number) =>
    workshop.remake(extension, [
      ...(seconds < 0 ? ["-itsoffset", String(-seconds)] : []),
      ...["-i", path],
      ...(seconds > 0 ? ["-itsoffset", String(seconds)] : []),
      ...["-i", path, "-map", "0:v", "-map", "1:a", "-c", "copy"],
      ...(extension === "mp4" ? ["-movflags", "+faststart"] : []),
    ]);

  test.each([
    ["sound 0.3 s late in Matroska", "mkv", "mkv", 0.3, "aac", "container"],
    ["sound 0.3 s early in Matroska", "mkv", "mkv", -0.3, "aac", "container"],
    ["sound 2.3 s late in Matroska", "mkv", "mkv", 2.3, "ac3", "sound"],
    ["sound 2.3 s early in Matroska", "mkv", "mkv", -2.3, "ac3", "sound"],
    ["sound 1.3 s late in MPEG-TS", "mkv", "ts", 1.3, "ac3", "sound"],
    ["sound 0.3 s late in an MP4", "mp4", "mp4", 0.3, "ac3", "sound"],
    ["sound 1.3 s early in an MP4", "mp4", "mp4", -1.3, "ac3", "sound"],
  ] as const)("%s", async (_, made, extension, seconds, codec, kind) => {
    const film = await workshop.make(made, { ...small, seconds: 7, audio: [{ codec }] });
    const path = await shifted(film, extension, seconds);
    const { first } = await relation(path);
    expect(Math.abs(first - (seconds % 1))).toBeLessThan(noticedFrom);
    await expectSync(path, kind);
  });

  test("a picture that is encoded, with sound that begins late", async () => {
    const film = await workshop.make("mkv", {
      ...{ ...small, seconds: 7, video: "mpeg2" as const },
      audio: [{ codec: "ac3" }],
    });
    await expectSync(await shifted(film, "mkv", 1.3), "picture");
    await expectSync(await shifted(film, "mkv", -1.3), "picture");
  });

  test("a clock that begins elsewhere", async () => {
    const offset = { extra: ["-output_ts_offset", "100"] };
    const copied = await workshop.make("mkv", { ...small, ...offset });
    await expectSync(copied, "container");
    const sound = await workshop.make("ts", { ...small, ...offset, audio: [{ codec: "ac3" }] });
    await expectSync(sound, "sound");
    const encoded = await workshop.make("ts", {
      ...{ ...small, ...offset, video: "mpeg2" as const },
      audio: [{ codec: "mp2" }],
    });
    await expectSync(encoded, "picture");
  });

  test("an edit list that begins between two key frames", async () => {
    for (const [codec, kind] of [
      ["aac", "container"],
      ["ac3", "sound"],
    ] as const) {
      const film = await workshop.make("mp4", {
        ...{ ...small, seconds: 7, audio: [{ codec }] },
        extra: ["-preset", "veryfast", "-bf", "2", "-g", "50"],
      });
      // ffmpeg copies from the key frame before, and says in the edit list what to leave out.
      const path = await workshop.remake("mp4", ["-ss", "1.3", "-i", film, "-c", "copy"]);
      await expectSync(path, kind);
    }
  });
});
