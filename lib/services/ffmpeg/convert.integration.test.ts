import { readFile, writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ffmpegPath, openWorkshop, programs, type Workshop } from "@/tests/media/conversion";
import type { MovieSpec } from "@/tests/media/make";
import {
  beepTimes,
  brightness,
  flashTimes,
  interlacedShare,
  levelBetween,
  levelDb,
  peakDb,
} from "@/tests/media/measure";
import type { PlanOptions } from "./plan";
import { runFfmpeg } from "./run";
import { verifyResult } from "./verify";

let workshop: Workshop;
beforeAll(async () => {
  workshop = await openWorkshop();
});
afterAll(() => workshop.close());

const make = (extension: string, spec: Omit<MovieSpec, "path"> = {}) =>
  workshop.make(extension, spec);
const planOf = (path: string, options?: PlanOptions) => workshop.planOf(path, options);
const convert = (path: string, options?: PlanOptions) => workshop.convert(path, options);

/** The largest distance between a flash and its beep, in seconds. */
async function drift(path: string): Promise<number> {
  const [flashes, beeps] = await Promise.all([flashTimes(path), beepTimes(path)]);
  expect(flashes.length).toBeGreaterThan(2);
  const nearest = (at: number) => Math.min(...beeps.map((beep) => Math.abs(beep - at)));
  // The first and the last may be cut by the edges of the film.
  return Math.max(...flashes.slice(1, -1).map(nearest));
}

const srt = "1\n00:00:01,000 --> 00:00:02,000\nGood evening.\n";

test("H.264 with AC-3 in Matroska: the picture is copied, the sound becomes AAC", async () => {
  const path = await make("mkv", {
    seconds: 6,
    title: "Some.Film.1999.1080p-GROUP",
    audio: [
      { codec: "ac3", channels: 6, language: "eng", title: "Surround" },
      { codec: "aac", language: "fre", title: "VF", frequencyHz: 880 },
    ],
    subtitles: [{ text: srt, language: "eng" }],
    chapters: [
      { startSeconds: 0, endSeconds: 3, title: "Opening" },
      { startSeconds: 3, endSeconds: 6, title: "The end" },
    ],
  });
  const { result, plan, progress, path: output } = await convert(path);
  expect(plan.kind).toBe("sound");
  expect(result).toMatchObject({ container: "MP4", isFastStart: true });
  expect(result.audio).toMatchObject([
    { codec: "aac", channels: 2, language: "en", title: "Surround", isDefault: true },
    { codec: "aac", channels: 2, language: "fr", title: "VF", isDefault: false },
  ]);
  expect(result.video).toHaveLength(1);
  expect(result.durationSeconds).toBeCloseTo(6, 0);
  expect(result.chapters.map(({ title }) => title)).toEqual(["Opening", "The end"]);
  expect((await readFile(output)).includes("GROUP")).toBe(false);
  expect(await drift(output)).toBeLessThan(0.04);
  expect(progress.at(-1)).toMatchObject({ fraction: 1, remainingSeconds: 0 });
});

test("an MP4 that plays anywhere stays as it is and passes the same look", async () => {
  const path = await make("mp4", { seconds: 13 });
  const { source, plan } = await planOf(path);
  expect(plan.kind).toBe("as-is");
  expect(await verifyResult(path, plan, source, programs)).toMatchObject({ ok: true });
});

test("an index at the end moves to the front without touching picture or sound", async () => {
  const { plan, result } = await convert(await make("mp4", { isFastStart: false }));
  expect(plan.why.map(({ code }) => code)).toEqual(["plan-not-fast-start"]);
  expect(result.isFastStart).toBe(true);
});

describe("every kind of picture becomes one that plays, in shape and in time", () => {
  test.each([
    ["MPEG-2 in MPEG-PS", "mpg", { video: "mpeg2", audio: [{ codec: "mp2" }] }],
    ["MPEG-2 in MPEG-TS", "ts", { video: "mpeg2", audio: [{ codec: "ac3" }] }],
    ["MPEG-4 ASP in AVI", "avi", { video: "mpeg4", audio: [{ codec: "mp3" }] }],
    ["H.264 10-bit", "mkv", { video: "h264-10bit", audio: [{ codec: "dts", channels: 6 }] }],
    ["HEVC", "mp4", { video: "hevc", audio: [{ codec: "eac3" }] }],
    ["Theora", "ogv", { video: "theora", audio: [{ codec: "vorbis" }] }],
    ["H.264 in MPEG-TS", "ts", {}],
    ["H.264 in AVI", "avi", { audio: [{ codec: "pcm" }] }],
    [
      "H.264 with reordered frames in AVI",
      "avi",
      { audio: [{ codec: "pcm" }], extra: ["-preset", "veryfast", "-bf", "2"] },
    ],
    ["VP9 with Opus", "webm", { video: "vp9", audio: [{ codec: "opus" }] }],
  ] as [string, string, Omit<MovieSpec, "path">][])("%s", async (_, extension, spec) => {
    const { result, path } = await convert(await make(extension, { seconds: 5, ...spec }));
    expect(result.video[0]).toMatchObject({ width: 320, height: 180, bitDepth: 8 });
    expect(["h264", "vp9"]).toContain(result.video[0]?.codec);
    expect(Math.max(...(await brightness(path)))).toBeGreaterThan(60);
    expect(await drift(path)).toBeLessThan(0.04);
  });

  test("odd sizes", async () => {
    const { result } = await convert(
      await make("mkv", { video: "h264-444", width: 321, height: 181, seconds: 2 }),
    );
    expect(result.video[0]).toMatchObject({ width: 322, height: 182, chroma: "4:2:0" });
  });

  test("pixels that are not square", async () => {
    const spec = { width: 720, height: 576, sampleAspectRatio: "16:15", seconds: 2 } as const;
    const encoded = await convert(
      await make("mpg", { ...spec, video: "mpeg2", audio: [{ codec: "mp2" }] }),
    );
    expect(encoded.result.video[0]).toMatchObject({
      width: 768,
      height: 576,
      sampleAspectRatio: 1,
    });
    const copied = await convert(await make("mkv", spec));
    expect(copied.plan.video.action).toBe("copy");
    expect(copied.result.video[0]).toMatchObject({ width: 768, height: 576, codedWidth: 720 });
  });

  test.each([90, 180, 270] as const)("turned by %i, copied and encoded", async (rotation) => {
    const shape = rotation === 180 ? { width: 320, height: 180 } : { width: 180, height: 320 };
    const source = await make("mp4", { rotation, seconds: 2, isFastStart: false });
    const copied = await convert(source);
    expect(copied.result.video[0]).toMatchObject({ ...shape, rotation });
    const encoded = await convert(await make("mp4", { rotation, seconds: 2, video: "mpeg4" }));
    expect(encoded.result.video[0]).toMatchObject({ ...shape, rotation: 0 });
  });

  test("interlaced is made whole", async () => {
    const source = await make("mkv", { video: "h264-interlaced", framesPerSecond: 50 });
    expect(await interlacedShare(source)).toBeGreaterThan(0.5);
    const { path, plan } = await convert(source);
    expect(plan.why[0]?.code).toBe("plan-picture-interlaced");
    expect(await interlacedShare(path)).toBeLessThan(0.1);
  });

  test.each(["first", "last"] as const)("a cover that comes %s is not the film", async (cover) => {
    const { result, plan } = await convert(
      await make("mkv", { cover, seconds: 3, audio: [{ codec: "ac3" }] }),
    );
    expect(plan.video.action).toBe("copy");
    expect(result.video).toMatchObject([{ codec: "h264", width: 320 }]);
  });

  test("uneven frames stay in time, and a long last one keeps its length", async () => {
    const source = await make("mov", {
      seconds: 6,
      video: "mpeg4",
      framesPerSecond: 50,
      audio: [{ codec: "pcm" }],
      // All frames for three seconds, then the first fifth of each second.
      extra: ["-vf", "select='lt(t,3)+lt(mod(t,1),0.2)'", "-vsync", "vfr"],
    });
    const { path, plan, result } = await convert(source);
    expect(plan.video).toMatchObject({ frameRate: 50 });
    expect(result.durationSeconds).toBeCloseTo(6, 0);
    expect(await drift(path)).toBeLessThan(0.04);
  });

  test("recordings that were joined, whose clock jumps back by hours", async () => {
    const part = (offset: number) =>
      make("ts", { seconds: 3, extra: ["-output_ts_offset", String(offset)] });
    const path = workshop.place("ts");
    const parts = [await part(50_000), await part(0)];
    await writeFile(path, Buffer.concat(await Promise.all(parts.map((name) => readFile(name)))));
    const { source, result } = await convert(path);
    expect(source.durationSeconds).toBeNull();
    expect(result.durationSeconds).toBeCloseTo(6, 0);
  });

  test("a recorded channel of two programs: the larger picture, and the sound to it", async () => {
    const [small, large] = [
      await make("ts", { seconds: 2, width: 160, height: 90, audio: [{ codec: "mp2" }] }),
      await make("ts", { seconds: 2, audio: [{ codec: "mp2", channels: 1 }] }),
    ];
    const path = await workshop.remake("ts", [
      ...["-i", small, "-i", large, "-map", "0", "-map", "1", "-c", "copy"],
      ...["-program", "program_num=1:st=0:st=1", "-program", "program_num=2:st=2:st=3"],
    ]);
    const { result, plan } = await convert(path);
    expect(result.video).toMatchObject([{ width: 320, height: 180 }]);
    expect(result.audio).toMatchObject([{ channels: 1 }]);
    expect(plan.why.map(({ code }) => code)).not.toContain("plan-sound-left-out");
  });

  test("a smaller picture when asked", async () => {
    const source = await make("mp4", { width: 640, height: 360, seconds: 2 });
    const { result, plan } = await convert(source, { maxHeight: 180 });
    expect(plan.why[0]).toEqual({ code: "plan-picture-size", values: { height: 180 } });
    expect(result.video[0]).toMatchObject({ width: 320, height: 180 });
  });
});

describe("sound", () => {
  test("dialogue from the centre keeps its level when 5.1 becomes stereo", async () => {
    const centre = (codec: "ac3" | "truehd") =>
      make("mkv", { seconds: 3, audio: [{ codec, channels: 6, onlyChannel: 2 }] });
    // A sine of 0.25 is −15 dB RMS; folded at −3 dB into both channels it is −18. With ffmpeg's
    // usual normalisation of whole numbers it would be −25.7.
    for (const codec of ["ac3", "truehd"] as const) {
      const { path } = await convert(await centre(codec));
      expect(await levelDb(path)).toBeGreaterThan(-19.5);
      expect(await levelDb(path)).toBeLessThan(-16.5);
    }
  });

  test("5.1 stays beside stereo when asked", async () => {
    const source = await make("mkv", { seconds: 2, audio: [{ codec: "dts", channels: 6 }] });
    const { result } = await convert(source, { keepSurround: true });
    expect(result.audio.map(({ channels }) => channels)).toEqual([2, 6]);
  });

  describe("clear voices", () => {
    /** The loudness of two seconds of a track, from a second in. */
    const levels = async (path: string, track: number) => ({
      quiet: await levelBetween(path, track, 1, 3),
      loud: await levelBetween(path, track, 5, 7),
    });

    // A voice-like tone at −40 dB RMS in the centre, then a burst at −6 dB everywhere.
    const gain = "(0.0141*lt(t,4)+0.7*gte(t,4))*sin(2*PI*700*t)";
    const burst = "0.7*gte(t,4)*sin(2*PI*700*t)";

    test.each([
      ["5.1", `${burst}|${burst}|${gain}|${burst}|${burst}|${burst}`, "5.1", "ac3"],
      ["stereo", `${gain}|${gain}`, "stereo", "aac"],
    ])("lift quiet dialogue and hold a loud burst, from %s", async (_, sounds, layout, codec) => {
      const source = workshop.place("mkv");
      await runFfmpeg({
        ffmpegPath,
        args: [
          ...["-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25:duration=8"],
          ...[
            "-f",
            "lavfi",
            "-i",
            `aevalsrc='${sounds}':channel_layout=${layout}:sample_rate=48000`,
          ],
          ...["-t", "8", "-c:v", "libx264", "-preset", "ultrafast", "-c:a", codec, source],
        ],
        timeoutMs: 60_000,
      });
      const { path, plan, result } = await convert(source, { clearVoice: true });
      const track = result.audio.length - 1;
      expect(plan.audio[track]).toMatchObject({ isClearVoice: true });
      const plain = await levels(path, 0);
      const clear = await levels(path, track);
      // Quiet words come up by a good deal, and what is loud does not: the step between them halves.
      expect(clear.quiet - plain.quiet).toBeGreaterThan(9);
      expect(clear.loud).toBeLessThan(plain.loud);
      expect(clear.loud - clear.quiet).toBeLessThan((plain.loud - plain.quiet) / 2 + 2);
      expect(await peakDb(path, track)).toBeLessThan(-1);
      expect(result.audio[track]?.channels).toBe(2);
    });
  });

  test("MP2 that an MP4 labels as MP3 becomes AAC, and MP3 stays", async () => {
    const mp2 = await convert(await make("mp4", { seconds: 2, audio: [{ codec: "mp2" }] }));
    expect(mp2.source.audio[0]?.codec).toBe("mp2");
    expect(mp2.result.audio[0]?.codec).toBe("aac");
    const mp3 = await planOf(await make("mp4", { seconds: 2, audio: [{ codec: "mp3" }] }));
    expect(mp3.plan.kind).toBe("as-is");
  });

  test("a track that is announced and empty is left out", async () => {
    const path = await make("mkv", { seconds: 1, extra: ["-frames:v", "1", "-t", "0.04"] });
    const { plan, result } = await convert(path);
    expect(plan.why.map(({ code }) => code)).toContain("plan-sound-left-out");
    expect([result.video.length, result.audio.length]).toEqual([1, 0]);
  });

  test("a track that ends early does not end the film", async () => {
    const source = await make("mkv", { seconds: 6, audio: [{ codec: "ac3", seconds: 2 }] });
    const { result } = await convert(source);
    expect(result.durationSeconds).toBeCloseTo(6, 0);
  });

  test("a film without sound", async () => {
    const { result } = await convert(await make("mkv", { seconds: 2, audio: [] }));
    expect(result.audio).toEqual([]);
  });
});
