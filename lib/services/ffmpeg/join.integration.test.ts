import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type MovieSpec, makeMovie } from "@/tests/media/make";
import { beepTimes, flashTimes } from "@/tests/media/measure";
import { argsFor } from "./args";
import { joinParts, parameterHashesOf } from "./join";
import { canBeParts, type JoinPart, planJoin } from "./join-plan";
import { isRefusal, planFor } from "./plan";
import { probe } from "./probe";
import { runFfmpeg } from "./run";
import { extractSubtitles } from "./subtitles";
import { verifyResult } from "./verify";

const ffmpegPath = process.env.FFMPEG_PATH ?? "ffmpeg";
const programs = { ffprobePath: process.env.FFPROBE_PATH ?? "ffprobe" };
let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vigilio-join-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let count = 0;
const place = (extension: string) => {
  count += 1;
  return join(folder, `it's part ${count}.${extension}`);
};

async function partOf(path: string): Promise<JoinPart> {
  const found = await probe(path, programs);
  const plan = planFor(found);
  if (isRefusal(plan)) throw new Error(plan.reason.code);
  return { path, probe: found, plan, parameterHashes: await parameterHashesOf(path, programs) };
}

const make = async (extension: string, spec: Omit<MovieSpec, "path">) =>
  partOf(await makeMovie({ ...spec, path: place(extension) }));

/** Joins parts, then makes the result playable as any other file, and measures that. */
async function joined(parts: JoinPart[]) {
  const plan = planJoin(parts);
  if ("unjoinable" in plan) throw new Error(plan.unjoinable);
  const workDir = await mkdtemp(join(folder, "work-"));
  const fractions: number[] = [];
  const path = await joinParts({
    ...{ ffmpegPath, ...programs, parts, plan, workDir, timeoutMs: 60_000 },
    onProgress: (fraction) => fractions.push(fraction),
  });
  expect(await readdir(workDir)).toHaveLength(1);
  expect(fractions.every((fraction, at) => fraction >= (fractions[at - 1] ?? 0))).toBe(true);
  const source = await probe(path, programs);
  const final = planFor(source);
  if (isRefusal(final)) throw new Error(final.reason.code);
  const outputPath = place("mp4");
  await runFfmpeg({
    ffmpegPath,
    args: argsFor(final, { inputPath: path, outputPath }),
    timeoutMs: 60_000,
  });
  const verified = await verifyResult(outputPath, final, source, programs);
  if (!verified.ok) throw new Error(`${verified.reason.code}: ${verified.detail}`);
  return { plan, path, source, final, outputPath, result: verified.probe };
}

/** Every second has its flash and its beep, also over the seam, and they belong together. */
async function expectUnbroken(path: string, seconds: number): Promise<void> {
  const found = await Promise.all([flashTimes(path), beepTimes(path)]);
  // A limiter that sets in makes two rises of one beep.
  const [flashes = [], beeps = []] = found.map((times) =>
    times.filter((time, at) => time - (times[at - 1] ?? -1) > 0.3),
  );
  for (const times of [flashes, beeps]) {
    expect(times.length).toBeGreaterThanOrEqual(seconds - 1);
    for (const [at, time] of times.slice(1).entries()) {
      expect(Math.abs(time - (times[at] ?? 0) - 1)).toBeLessThan(0.12);
    }
  }
  const nearest = (time: number) => Math.min(...beeps.map((beep) => Math.abs(beep - time)));
  expect(Math.max(...flashes.slice(1, -1).map(nearest))).toBeLessThan(0.1);
}

const words = (text: string) => `1\n00:00:01,000 --> 00:00:02,000\n${text}\n`;

describe("parts of one kind become one file without an encode", () => {
  test("H.264 with AC-3 in Matroska, and the subtitles inside", async () => {
    const spec = (text: string) => ({
      seconds: 5,
      audio: [{ codec: "ac3" as const, channels: 6, language: "eng" }],
      subtitles: [{ text: words(text), language: "eng" }],
    });
    const { plan, path, source, final, outputPath, result } = await joined([
      await make("mkv", spec("first disc")),
      await make("mkv", spec("second disc")),
    ]);
    expect(plan).toEqual({ kind: "copy", container: "matroska", keepsSubtitles: true });
    expect(source).toMatchObject({ container: "Matroska" });
    expect(final.video.action).toBe("copy");
    expect(result.durationSeconds).toBeCloseTo(10, 0);
    expect(result.audio).toMatchObject([{ language: "en", codec: "aac" }]);
    await expectUnbroken(outputPath, 10);
    const outDir = await mkdtemp(join(folder, "words-"));
    const { extracted } = await extractSubtitles({
      ...{ ffmpegPath, inputPath: path, streams: source.subtitles, outDir },
    });
    const text = await readFile(extracted[0]?.path ?? "", "utf8");
    expect(text).toMatch(/00:00:01,0\d\d --> [^\n]+\nfirst disc/);
    expect(text).toMatch(/00:00:06,0\d\d --> [^\n]+\nsecond disc/);
  });

  test("MPEG-4 with B-frames and MP3 in AVI, as discs of old are", async () => {
    const spec = { seconds: 5, video: "mpeg4" as const, audio: [{ codec: "mp3" as const }] };
    const { plan, final, outputPath, result } = await joined([
      await make("avi", spec),
      await make("avi", spec),
    ]);
    expect(plan).toMatchObject({ kind: "copy", container: "avi" });
    expect(final.kind).toBe("picture");
    expect(result.durationSeconds).toBeCloseTo(10, 0);
    await expectUnbroken(outputPath, 10);
  });

  test("three files of MP4", async () => {
    const parts = [];
    for (let at = 0; at < 3; at += 1) parts.push(await make("mp4", { seconds: 4 }));
    const { plan, result, outputPath } = await joined(parts);
    expect(plan.kind).toBe("copy");
    expect(result.durationSeconds).toBeCloseTo(12, 0);
    await expectUnbroken(outputPath, 12);
  });
});

describe("parts that differ are made alike first", () => {
  test("another size, rate, codec, container and sound", async () => {
    const { plan, result, final, outputPath } = await joined([
      await make("mkv", { seconds: 5, audio: [{ codec: "ac3", channels: 6 }] }),
      await make("avi", {
        ...{ seconds: 5, width: 352, height: 200, framesPerSecond: 30, video: "mpeg4" },
        audio: [{ codec: "mp3", channels: 1 }],
      }),
    ]);
    expect(plan.kind).toBe("convert");
    // What comes out needs no second encode.
    expect([final.video.action, final.audio[0]?.action]).toEqual(["copy", "copy"]);
    expect(result.video[0]).toMatchObject({ codec: "h264", width: 320, height: 180 });
    expect(result.durationSeconds).toBeCloseTo(10, 0);
    await expectUnbroken(outputPath, 10);
  });

  test("tracks that one part alone has are left out", async () => {
    const { plan, result } = await joined([
      await make("mkv", {
        seconds: 3,
        audio: [
          { codec: "aac", language: "eng" },
          { codec: "aac", language: "fre", frequencyHz: 880 },
        ],
      }),
      await make("mkv", { seconds: 3, audio: [{ codec: "aac", language: "eng" }] }),
    ]);
    expect(plan.kind).toBe("convert");
    expect(result.audio).toMatchObject([{ language: "en" }]);
  });

  test("a part without sound can't follow one with sound", async () => {
    const parts = [await make("mkv", { seconds: 2 }), await make("mkv", { seconds: 2, audio: [] })];
    expect(planJoin(parts)).toEqual({ unjoinable: "no-sound" });
  });
});

describe("what names alone call parts", () => {
  test("is one film only when its files fit together", async () => {
    const film = await make("mkv", { seconds: 12 });
    const { probe: whole } = film;
    const { probe: snippet } = await make("mkv", { seconds: 0.2 });
    const { probe: square } = await make("mkv", { seconds: 12, width: 200, height: 200 });
    expect(canBeParts([whole, whole], null)).toBe(true);
    expect(canBeParts([whole, whole], 24)).toBe(true);
    // Each is the whole film: two releases of it, or a film and its dub.
    expect(canBeParts([whole, whole], 12)).toBe(false);
    expect(canBeParts([whole, snippet], null)).toBe(false);
    expect(canBeParts([whole, square], null)).toBe(false);
  });

  test("is never a list that names other files", async () => {
    const path = place("avi");
    const secret = await makeMovie({ path: place("mkv"), seconds: 1 });
    await writeFile(path, `ffconcat version 1.0\nfile '${secret.replaceAll("'", "'\\''")}'\n`);
    await expect(partOf(path)).rejects.toThrow("media-playlist");
    // Should it come in after it was looked at, no demuxer that opens a second file is there.
    const good = await make("avi", { seconds: 1, video: "mpeg4", audio: [{ codec: "mp3" }] });
    const parts = [good, { ...good, path }];
    const plan = planJoin(parts);
    if ("unjoinable" in plan) throw new Error("not joinable");
    const workDir = await mkdtemp(join(folder, "work-"));
    await expect(
      joinParts({ ffmpegPath, ...programs, parts, plan, workDir, timeoutMs: 30_000 }),
    ).rejects.toThrow(/media-(not-video|unreadable)/);
  });
});
