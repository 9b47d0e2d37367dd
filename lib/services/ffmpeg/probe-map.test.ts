import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { probeFrom } from "./probe-map";
import { wireProbe } from "./probe-wire";

/** One stream (and a file around it) as ffprobe would print it. */
function one(stream: Record<string, unknown>) {
  const wire = wireProbe.parse({
    streams: [{ index: 0, ...stream }],
    format: { format_name: "matroska,webm", duration: "100.0" },
  });
  return probeFrom(wire, 1, null);
}

const video = (change: Record<string, unknown>) =>
  one({
    codec_type: "video",
    codec_name: "h264",
    width: 720,
    height: 480,
    pix_fmt: "yuv420p",
    ...change,
  }).video[0];
const audio = (change: Record<string, unknown>) =>
  one({ codec_type: "audio", codec_name: "aac", channels: 2, ...change }).audio[0];
const subtitle = (change: Record<string, unknown>) =>
  one({ codec_type: "subtitle", codec_name: "subrip", ...change }).subtitles[0];

describe("picture", () => {
  test.each([
    ["8:9", [720, 540]],
    ["32:27", [853, 480]],
    ["0:1", [720, 480]],
    ["1:200", [720, 480]],
  ])("pixel shape %s", (ratio, [width, height]) => {
    expect(video({ sample_aspect_ratio: ratio })).toMatchObject({ width, height });
  });

  test.each([
    [-90, 90],
    [90, 270],
    [180, 180],
    [-180, 180],
    [0, 0],
  ])("ffprobe's rotation %i is %i clockwise", (rotation, wanted) => {
    expect(video({ side_data_list: [{ rotation }] })?.rotation).toBe(wanted);
  });

  test("mirrored by its matrix", () => {
    const matrix = (b: number) =>
      `\n00000000:            0       65536           0\n00000001:       ${b}           0           0\n`;
    const turned = (b: number) =>
      video({ side_data_list: [{ rotation: -90, displaymatrix: matrix(b) }] })?.isMirrored;
    expect(turned(65536)).toBe(true);
    expect(turned(-65536)).toBe(false);
  });

  test.each([
    ["yuv420p", 8, "4:2:0"],
    ["yuvj420p", 8, "4:2:0"],
    ["nv12", 8, "4:2:0"],
    ["yuv420p10le", 10, "4:2:0"],
    ["p010le", 10, "4:2:0"],
    ["yuv422p", 8, "4:2:2"],
    ["yuv444p12be", 12, "4:4:4"],
    ["gray", 8, "4:0:0"],
    ["gray10le", 10, "4:0:0"],
    ["gbrp", 8, "other"],
    ["rgb24", 8, "other"],
  ])("%s has %i bits, %s", (pix_fmt, bitDepth, chroma) => {
    expect(video({ pix_fmt })).toMatchObject({ bitDepth, chroma });
  });

  test.each([
    ["24000/1001", "24000/1001", false],
    ["3628800/502589", "60/1", true],
    ["0/0", "1000/1", false],
  ])("rates %s and %s", (avg_frame_rate, r_frame_rate, isVariableFrameRate) => {
    expect(video({ avg_frame_rate, r_frame_rate })?.isVariableFrameRate).toBe(isVariableFrameRate);
  });

  test("a picture track of one moment is a cover, a film of pictures is not", () => {
    const track = { codec_name: "mjpeg", avg_frame_rate: "25/1" };
    expect(video({ ...track, duration: "0.04" })?.isAttachedPicture).toBe(true);
    expect(video({ ...track, duration: "99" })?.isAttachedPicture).toBe(false);
    expect(video({ disposition: { attached_pic: 1 } })?.isAttachedPicture).toBe(true);
  });
});

describe("tracks", () => {
  test.each([
    ["eng", null, "en"],
    ["fre", null, "fr"],
    ["ger", null, "de"],
    ["chi", "简体", "zh-CN"],
    ["chi", "Chinese (Traditional)", "zh-TW"],
    ["por", "Brazilian Portuguese", "pt-BR"],
    ["por", "Português", "pt"],
    ["spa", "Latin American", "es-419"],
    ["pt-BR", null, "pt-BR"],
    ["fil", null, "fil"],
    ["und", null, null],
    ["", null, null],
    ["english", null, null],
    ["!!", null, null],
  ])("language %s titled %s is %s", (language, title, wanted) => {
    expect(audio({ tags: { LANGUAGE: language, ...(title ? { title } : {}) } })?.language).toBe(
      wanted,
    );
  });

  test.each([
    ["SoundHandler", null],
    ["SoundHandle", null],
    ["Core Media Audio", null],
    ["ISO Media file produced by Google Inc.", null],
    ["Director's cut", "Director's cut"],
  ])("handler %s gives the title %s", (handler_name, title) => {
    expect(audio({ tags: { handler_name } })?.title).toBe(title);
  });

  test("commentaries and descriptions are known by flag or title", () => {
    expect(audio({ disposition: { comment: 1 } })?.isCommentary).toBe(true);
    expect(audio({ tags: { title: "Director's Commentary" } })?.isCommentary).toBe(true);
    expect(audio({ tags: { title: "Audio Description" } })?.isDescription).toBe(true);
    expect(audio({ tags: { title: "Surround 5.1" } })).toMatchObject({
      isCommentary: false,
      isDescription: false,
    });
  });

  test.each([
    ["subrip", "text"],
    ["ass", "text"],
    ["mov_text", "text"],
    ["webvtt", "text"],
    ["hdmv_pgs_subtitle", "bitmap"],
    ["dvd_subtitle", "bitmap"],
    ["dvb_teletext", "bitmap"],
  ])("%s is %s", (codec_name, kind) => {
    expect(subtitle({ codec_name })?.kind).toBe(kind);
  });

  test("forced and hearing impaired are known by flag or title", () => {
    expect(subtitle({ disposition: { forced: 1 } })?.isForced).toBe(true);
    expect(subtitle({ tags: { title: "English (SDH)" } })).toMatchObject({
      isForced: false,
      isHearingImpaired: true,
    });
    expect(subtitle({ tags: { title: "Forced" } })?.isForced).toBe(true);
  });
});

describe("file", () => {
  test("Matroska's length is the format's, since its streams carry none", () => {
    expect(video({})?.durationSeconds).toBeNull();
    expect(one({ codec_type: "video", width: 1, height: 1 }).durationSeconds).toBe(100);
  });

  test("a tag that says more than the file holds is not believed", () => {
    const tags = { DURATION: "02:00:00.000000000" };
    expect(one({ codec_type: "audio", tags }).durationSeconds).toBe(100);
    expect(one({ codec_type: "audio", tags: { DURATION: "00:01:39.5" } }).durationSeconds).toBe(
      99.5,
    );
  });

  /** Two tracks of a Matroska file, with the moment at which each begins and what its tag says. */
  function late(film: [number, string], sound: [number, string], wholeSeconds: number) {
    const stream = ([start, DURATION]: [number, string]) => ({
      start_time: String(start),
      tags: { DURATION },
    });
    const wire = wireProbe.parse({
      streams: [
        { index: 0, codec_type: "video", codec_name: "h264", ...stream(film) },
        { index: 1, codec_type: "audio", codec_name: "aac", ...stream(sound) },
      ],
      format: {
        format_name: "matroska,webm",
        start_time: String(Math.min(film[0], sound[0])),
        duration: String(wholeSeconds),
      },
    });
    const probe = probeFrom(wire, 1, null);
    return [
      probe.video[0]?.durationSeconds,
      probe.audio[0]?.durationSeconds,
      probe.durationSeconds,
    ];
  }

  test.each([
    // ffmpeg's tags say when a track ends …
    ["sound that begins late", [0, "00:00:06.0"], [3, "00:00:05.0"], 6, [6, 2, 6]],
    ["a picture that begins late", [3, "00:00:07.0"], [0, "00:00:07.0"], 7, [4, 7, 7]],
    ["a clock that begins late", [100, "00:01:42.0"], [100, "00:01:42.0"], 102, [2, 2, 2]],
    // … mkvmerge's how long it is.
    ["tags that are lengths", [0, "00:00:06.0"], [3, "00:00:03.0"], 6, [6, 3, 6]],
  ] as [string, [number, string], [number, string], number, number[]][])(
    "Matroska with %s",
    (_, film, sound, wholeSeconds, expected) => {
      expect(late(film, sound, wholeSeconds)).toEqual(expected);
    },
  );

  test("a film lasts until its last track ends, also when that begins late", () => {
    const stream = { codec_name: "h264", duration: "8.0" };
    const wire = wireProbe.parse({
      streams: [
        { index: 0, codec_type: "video", ...stream, start_time: "1.3" },
        { index: 1, codec_type: "audio", ...stream, start_time: "0.0" },
      ],
      format: { format_name: "mov,mp4,m4a,3gp,3g2,mj2", start_time: "0.0", duration: "9.3" },
    });
    expect(probeFrom(wire, 1, null).durationSeconds).toBe(9.3);
  });

  test.each([
    ["a recording of two hours", "mpegts", 7200, 3_000_000_000, 7200, false],
    ["recordings that were joined", "mpegts", 90_445, 1_000_000_000, null, true],
    ["the parts of a DVD", "mpeg", 95_000, 1_000_000_000, null, true],
    ["a short one with hardly a picture", "mpegts", 60, 100_000, 60, false],
    ["a clock that counts where it cannot jump", "avi", 90_445, 1_000_000_000, 90_445, false],
  ])("%s", (_, format_name, seconds, sizeBytes, durationSeconds, isDurationEstimated) => {
    const duration = String(seconds);
    const wire = wireProbe.parse({
      streams: [{ index: 0, codec_type: "video", codec_name: "h264", duration }],
      format: { format_name, duration },
    });
    expect(probeFrom(wire, sizeBytes, null)).toMatchObject({
      durationSeconds,
      isDurationEstimated,
    });
  });

  test("of several programs the one with the largest picture, with its own sound", () => {
    const picture = { codec_type: "video", codec_name: "h264" };
    const sound = { codec_type: "audio", codec_name: "mp2", channels: 2 };
    const wire = wireProbe.parse({
      streams: [
        { index: 0, ...picture, width: 720, height: 576 },
        { index: 1, ...sound },
        { index: 2, ...picture, width: 1920, height: 1080 },
        { index: 3, ...sound },
        { index: 4, codec_type: "data" },
      ],
      programs: [
        { streams: [{ index: 0 }, { index: 1 }] },
        { streams: [{ index: 2 }, { index: 3 }] },
      ],
      format: { format_name: "mpegts" },
    });
    const probe = probeFrom(wire, 1, null);
    expect(probe.video.map(({ index }) => index)).toEqual([2]);
    expect(probe.audio.map(({ index }) => index)).toEqual([3]);
    expect(probe.otherStreamCount).toBe(3);
    // One program alone says nothing about what does not belong to it.
    const one = { ...wire, programs: wire.programs.slice(0, 1) };
    expect(probeFrom(one, 1, null).audio).toHaveLength(2);
  });

  test("a track of which nothing was written is empty, whatever ffprobe makes of it", () => {
    const tags = { DURATION: "00:00:00.000000000" };
    expect(audio({ duration: "100.0", tags })?.durationSeconds).toBe(0);
  });

  test("chapters and tracks of a recorded film", () => {
    const text = readFileSync(join("tests/media/probes", "mkv-h264-ac3-srt.json"), "utf8");
    const probe = probeFrom(wireProbe.parse(JSON.parse(text)), 5, null);
    expect(probe.container).toBe("Matroska");
    expect(probe.chapters).toEqual([
      { startSeconds: 0, endSeconds: 2, title: "Opening" },
      { startSeconds: 2, endSeconds: 4, title: "The end" },
    ]);
    expect(probe.audio).toMatchObject([{ codec: "ac3", channels: 6, language: "en" }]);
    expect(probe.subtitles).toMatchObject([
      { language: "en", isHearingImpaired: true },
      { language: "pt-BR" },
      { language: "en", isForced: true },
    ]);
  });
});
