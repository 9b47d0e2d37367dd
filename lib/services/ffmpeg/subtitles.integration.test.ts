import { mkdir, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeMovie } from "@/tests/media/make";
import { probe } from "./probe";
import type { SubtitleStream } from "./probe-types";
import { extractSubtitles } from "./subtitles";

const ffmpegPath = process.env.FFMPEG_PATH ?? "ffmpeg";
const programs = { ffprobePath: process.env.FFPROBE_PATH ?? "ffprobe" };
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vigilio-subtitles-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const srt = "1\n00:00:01,000 --> 00:00:02,000\n<i>Günaydın</i>\n";
const vtt = "WEBVTT\n\n00:01.000 --> 00:02.000\nHello there\n";
const ass = `[Script Info]
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname, Fontsize
Style: Default,Arial,20

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,{\\an8}Bonjour
`;

async function extractFrom(path: string, more: SubtitleStream[] = []) {
  const { subtitles } = await probe(path, programs);
  const outDir = join(folder, `${basename(path)}.out`);
  await mkdir(outDir);
  const found = await extractSubtitles({
    ffmpegPath,
    inputPath: path,
    streams: [...subtitles, ...more],
    outDir,
  });
  const texts = await Promise.all(found.extracted.map(({ path: file }) => readFile(file, "utf8")));
  return { ...found, texts, files: (await readdir(outDir)).sort(), subtitles };
}

const bitmap: SubtitleStream = {
  index: 99,
  codec: "hdmv_pgs_subtitle",
  kind: "bitmap",
  language: "en",
  title: null,
  isDefault: false,
  isForced: false,
  isHearingImpaired: false,
};

test("each text track of a Matroska file in its own form, bitmaps named", async () => {
  const path = await makeMovie({
    path: join(folder, "a.mkv"),
    seconds: 3,
    subtitles: [
      { text: srt, language: "tur" },
      { text: ass, format: "ass", language: "fre" },
      { text: vtt, format: "vtt", language: "eng" },
    ],
  });
  const found = await extractFrom(path, [bitmap]);
  expect(found.extracted.map(({ index, format }) => [index, format])).toEqual([
    [2, "srt"],
    [3, "ass"],
    [4, "vtt"],
  ]);
  expect(found.files).toEqual(["2.srt", "3.ass", "4.vtt"]);
  expect(found.texts[0]).toContain("<i>Günaydın</i>");
  expect(found.texts[1]).toContain("{\\an8}Bonjour");
  expect(found.texts[2]).toMatch(/^WEBVTT[\s\S]*Hello there/);
  expect(found.unusable).toEqual([{ index: 99, reason: { code: "subtitle-bitmap" } }]);
});

test("timed text of an MP4 becomes SRT", async () => {
  const path = await makeMovie({
    path: join(folder, "b.mp4"),
    seconds: 3,
    subtitles: [{ text: srt, language: "tur" }],
  });
  const found = await extractFrom(path);
  expect(found.subtitles[0]).toMatchObject({ codec: "mov_text", language: "tr" });
  expect(found.texts[0]).toContain("Günaydın");
  expect(found.texts[0]).toContain("00:00:01,000 --> 00:00:02,000");
});

test("one track that cannot be read does not take the others along", async () => {
  const path = await makeMovie({
    path: join(folder, "c.mkv"),
    seconds: 3,
    subtitles: [{ text: srt }],
  });
  // A stream number that is not there is the plainest broken track.
  const absent = { ...bitmap, index: 42, codec: "subrip", kind: "text" as const };
  const found = await extractFrom(path, [absent]);
  expect(found.extracted.map(({ index }) => index)).toEqual([2]);
  expect(found.unusable).toEqual([{ index: 42, reason: { code: "subtitle-unreadable" } }]);
  expect(found.files).toEqual(["2.srt"]);
});

test("nothing to do starts nothing", async () => {
  const found = await extractSubtitles({
    ffmpegPath: join(folder, "absent"),
    inputPath: join(folder, "absent.mkv"),
    streams: [bitmap],
    outDir: folder,
  });
  expect(found.extracted).toEqual([]);
  expect(found.unusable).toHaveLength(1);
});
