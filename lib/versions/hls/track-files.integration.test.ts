import { mkdtempSync, rmSync } from "node:fs";
import { copyFile, type FileHandle, open, readFile, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { runFfmpeg, runFfprobe } from "@/lib/services/ffmpeg/run";
import { moveBehindHole } from "@/tests/media/long-offsets";
import { type MovieSpec, makeMovie } from "@/tests/media/make";
import { beepTimes, flashTimes } from "@/tests/media/measure";
import { PieceReader } from "../pieces";
import { box, boxesIn, Mp4Fault, uint32 } from "./boxes";
import { type MoviePackage, packageOf } from "./packages";
import { mediaPlaylist } from "./playlists";
import { piecesOf, type TrackFile } from "./track-file";

const ffmpegPath = process.env.FFMPEG_PATH ?? "ffmpeg";
const ffprobePath = process.env.FFPROBE_PATH ?? "ffprobe";
const folder = mkdtempSync(join(tmpdir(), "vigilio-hls-"));
const opened: FileHandle[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((file) => file.close()));
});
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
const place = (extension = "mp4") => {
  count += 1;
  return join(folder, `${count}.${extension}`);
};
const make = (spec: Omit<MovieSpec, "path">, extension = "mp4") =>
  makeMovie({ ...spec, path: place(extension) });

async function ffmpeg(...args: string[]): Promise<void> {
  await runFfmpeg({ ffmpegPath, args, timeoutMs: 60_000 });
}

interface Opened {
  movie: MoviePackage;
  file: FileHandle;
}

async function openMovie(path: string): Promise<Opened> {
  const file = await open(path);
  opened.push(file);
  const { size, mtimeMs } = await file.stat();
  return { movie: await packageOf(`${path} ${size} ${mtimeMs}`, file, size), file };
}

/** Bytes of a track's file, by the reader that streams use, with a buffer of odd length. */
async function read(
  file: FileHandle,
  track: TrackFile,
  range = { first: 0, last: track.sizeBytes - 1 },
): Promise<Buffer> {
  const reader = new PieceReader(file, piecesOf(track, range));
  const chunks: Buffer[] = [];
  for (;;) {
    const buffer = Buffer.alloc(70_001);
    const filled = await reader.fill(buffer);
    if (filled === "truncated") throw new Error("truncated");
    if (filled === 0) return Buffer.concat(chunks);
    chunks.push(buffer.subarray(0, filled));
  }
}

async function written({ file }: Opened, track: TrackFile | null): Promise<string> {
  if (!track) throw new Error("no such track");
  const path = place();
  await writeFile(path, await read(file, track));
  return path;
}

interface Packet {
  seconds: number;
  sizeBytes: number;
  isKey: boolean;
}

/** The packets that ffmpeg would play, with the times at which it would. */
async function packets(path: string, stream: string): Promise<Packet[]> {
  const text = await runFfprobe({
    ffprobePath,
    args: [
      ...["-v", "error", "-select_streams", stream, "-show_entries", "packet=pts_time,size,flags"],
      ...["-of", "csv=print_section=0:nokey=0", path],
    ],
    timeoutMs: 60_000,
  });
  return text.split("\n").flatMap((line) => {
    const [, pts, size, flags] = /pts_time=([-\d.]+),size=(\d+),flags=(\S+?),?$/.exec(line) ?? [];
    if (!pts || !flags || flags.includes("D")) return [];
    return [{ seconds: Number(pts), sizeBytes: Number(size), isKey: flags.startsWith("K") }];
  });
}

/** That a track's own file decodes without complaint and holds the packets of the source. */
async function expectSame(source: string, stream: string, track: string, skip = 0): Promise<void> {
  await ffmpeg("-v", "error", "-xerror", "-i", track, "-f", "null", "-");
  const [wanted, found] = await Promise.all([
    packets(source, stream),
    packets(track, stream.startsWith("v") ? "v:0" : "a:0"),
  ]);
  expect(wanted.length).toBeGreaterThan(20);
  expect(found.length).toBe(wanted.length);
  for (const [index, packet] of found.slice(skip).entries()) {
    const other = wanted[index + skip];
    expect(Math.abs(packet.seconds - (other?.seconds ?? Number.NaN))).toBeLessThan(0.001);
    expect([packet.sizeBytes, packet.isKey]).toEqual([other?.sizeBytes, other?.isKey]);
  }
}

const aac = { codec: "aac" as const };
const reordered = ["-preset", "veryfast", "-bf", "3", "-g", "50"];

describe("the tracks of an MP4 as files of their own", () => {
  let source = "";
  beforeAll(async () => {
    source = await make({
      seconds: 14,
      audio: [
        { ...aac, language: "eng", isDefault: true },
        { ...aac, language: "tur", frequencyHz: 660, channels: 6 },
        { ...aac, language: "deu", frequencyHz: 880, channels: 1, seconds: 13 },
      ],
      extra: reordered,
    });
  });

  it("hold the same packets at the same times, with reordered pictures and primed sound", async () => {
    const movie = await openMovie(source);
    await expectSame(source, "v:0", await written(movie, movie.movie.picture()));
    for (const index of [0, 1, 2]) {
      await expectSame(source, `a:${index}`, await written(movie, movie.movie.sound(index)));
    }
    expect(movie.movie.sound(3)).toBeNull();
  });

  it("show picture and sound together, when the whole file shows them", async () => {
    const movie = await openMovie(source);
    const both = place();
    const video = await written(movie, movie.movie.picture());
    const audio = await written(movie, movie.movie.sound(1));
    await ffmpeg("-i", video, "-i", audio, "-map", "0", "-map", "1", "-c", "copy", both);
    const [flashes, beeps, wholeFlashes, wholeBeeps] = await Promise.all([
      flashTimes(both),
      beepTimes(both),
      flashTimes(source),
      beepTimes(source, 1),
    ]);
    expect(flashes).toEqual(wholeFlashes);
    expect(beeps.length).toBe(wholeBeeps.length);
    for (const [index, beep] of beeps.entries()) {
      expect(Math.abs(beep - (wholeBeeps[index] ?? 0))).toBeLessThan(0.03);
      expect(Math.abs(beep - (flashes[index] ?? 0))).toBeLessThan(0.04);
    }
  });

  it("have the same bytes in any range as in one piece", async () => {
    const { movie, file } = await openMovie(source);
    for (const track of [movie.picture(), movie.sound(1)]) {
      if (!track) throw new Error("no track");
      const whole = await read(file, track);
      expect(whole.length).toBe(track.sizeBytes);
      const edges = track.segments.flatMap(({ offset, headerBytes }) => [
        offset,
        offset + headerBytes,
      ]);
      const offset = fc.oneof(
        fc.integer({ min: 0, max: track.sizeBytes - 1 }),
        fc
          .tuple(fc.constantFrom(...edges), fc.integer({ min: -3, max: 3 }))
          .map(([edge, by]) => edge + by),
      );
      await fc.assert(
        fc.asyncProperty(offset, offset, async (one, other) => {
          const range = { first: Math.min(one, other), last: Math.max(one, other) };
          const part = await read(file, track, range);
          expect(part.equals(whole.subarray(range.first, range.last + 1))).toBe(true);
        }),
        { numRuns: 60 },
      );
    }
  });

  it("are cut at key frames, the sound at the frame nearest to them", async () => {
    const { movie, file } = await openMovie(source);
    const picture = movie.picture();
    expect(picture.segments.map(({ startSeconds }) => startSeconds)).toEqual([0, 6, 12]);
    expect(picture.segments.at(-1)?.durationSeconds).toBeCloseTo(2, 3);
    for (const index of [0, 1, 2]) {
      const sound = movie.sound(index);
      for (const [at, { startSeconds }] of (sound?.segments ?? []).entries()) {
        expect(Math.abs(startSeconds - at * 6)).toBeLessThan(0.012);
      }
      expect(sound?.segments.length).toBe(3);
    }
    // Each piece decodes with nothing but the initialization before it.
    for (const { offset, headerBytes, dataBytes } of picture.segments) {
      const path = place();
      const piece = await read(file, picture, {
        first: offset,
        last: offset + headerBytes + dataBytes - 1,
      });
      await writeFile(path, Buffer.concat([picture.init, piece]));
      await ffmpeg("-v", "error", "-xerror", "-i", path, "-f", "null", "-");
      expect((await packets(path, "v:0"))[0]?.isKey).toBe(true);
    }
  });

  it("play from their playlist", async () => {
    const movie = await openMovie(source);
    const track = movie.movie.picture();
    const path = await written(movie, track);
    const playlist = place("m3u8");
    await writeFile(playlist, mediaPlaylist({ file: track, uri: path }));
    await expectSame(source, "v:0", playlist);
  });

  it("name their codecs as ffmpeg's own playlists do", async () => {
    const { movie } = await openMovie(source);
    expect(movie.picture().track.codec).toMatch(/^avc1\.6400[0-9a-f]{2}$/);
    expect(movie.sound(0)?.track.codec).toBe("mp4a.40.2");
  });

  it("are worked out once and then remembered", async () => {
    const file = await open(source);
    opened.push(file);
    const { size } = await file.stat();
    const first = await packageOf("remembered", file, size);
    expect(await packageOf("remembered", file, size)).toBe(first);
    expect(first.picture()).toBe(first.picture());
    expect(await packageOf("another", file, size)).not.toBe(first);
  });
});

describe("other files", () => {
  const two = (codec: "mp3" | "opus" | "flac" | "aac") => [
    { codec, language: "eng" },
    { codec, language: "fra" },
  ];
  it.each([
    ["VP9 and Opus", { video: "vp9" as const, audio: two("opus") }, /^vp09\.00\./, "opus"],
    ["HEVC and FLAC", { video: "hevc" as const, audio: two("flac") }, /^hvc1\.1\.6\.L/, "fLaC"],
    ["H.264 and MP3", { audio: two("mp3") }, /^avc1\./, "mp4a.6b"],
    // Without stss: all are key frames.
    ["key frames alone", { audio: two("aac"), extra: ["-g", "1"] }, /^avc1\./, "mp4a.40.2"],
  ])("%s", async (_, spec, picture, sound) => {
    const extra = [...("extra" in spec ? spec.extra : []), "-strict", "-2"];
    const path = await make({ seconds: 3, ...spec, extra });
    const movie = await openMovie(path);
    expect(movie.movie.picture().track.codec).toMatch(picture);
    expect(movie.movie.sound(1)?.track.codec).toBe(sound);
    await expectSame(path, "v:0", await written(movie, movie.movie.picture()));
    // A first frame that is half priming begins at 0 and is shorter; all others stay where they are.
    const primed = ["opus", "mp4a.6b"].includes(sound) ? 1 : 0;
    await expectSame(path, "a:1", await written(movie, movie.movie.sound(1)), primed);
  });

  it("keeps sound that begins late where it is, and holds the first picture until a late one", async () => {
    const plain = await make({ seconds: 4, audio: two("aac"), extra: reordered });
    for (const late of ["v", "a"]) {
      const path = place();
      const order = late === "a" ? ["0:v", "1:a"] : ["1:v", "0:a"];
      await ffmpeg(
        ...["-i", plain, "-itsoffset", "0.4", "-i", plain],
        ...order.flatMap((map) => ["-map", map]),
        ...["-c", "copy", "-movflags", "+faststart", path],
      );
      const movie = await openMovie(path);
      const picture = await written(movie, movie.movie.picture());
      await expectSame(path, "v:0", picture, late === "v" ? 1 : 0);
      expect((await packets(picture, "v:0"))[0]?.seconds).toBeCloseTo(0, 3);
      await expectSame(path, "a:0", await written(movie, movie.movie.sound(0)));
    }
  });

  it("reads samples behind 4 GiB", async () => {
    const plain = await make({ seconds: 3, audio: two("aac"), extra: reordered });
    const path = place();
    await moveBehindHole(plain, path, 5 * 1024 ** 3);
    const movie = await openMovie(path);
    await expectSame(plain, "v:0", await written(movie, movie.movie.picture()));
    await expectSame(plain, "a:1", await written(movie, movie.movie.sound(1)));
  });

  it("keeps the indexes of the films that were asked for last, and no more than some memory", async () => {
    const plain = await make({ seconds: 1, audio: two("aac"), isFastStart: false });
    const bytes = await readFile(plain);
    const moov = boxesIn(bytes, 0, bytes.length).find(({ type }) => type === "moov");
    if (moov?.end !== bytes.length) throw new Error("the index is not at the end");
    const more = 20 * 1024 ** 2;
    bytes.writeUInt32BE(moov.end - moov.start + more, moov.start);
    const large = place();
    await writeFile(large, Buffer.concat([bytes, uint32(more), Buffer.from("free")]));
    await truncate(large, bytes.length + more);
    const file = await open(large);
    opened.push(file);
    const ask = (key: string) => packageOf(key, file, bytes.length + more);
    const [first, second] = [await ask("large 1"), await ask("large 2")];
    expect(await ask("large 1")).toBe(first);
    await ask("large 3");
    // Two of 20 MB fit; the second was asked for longest ago.
    expect(await ask("large 1")).toBe(first);
    expect(await ask("large 2")).not.toBe(second);
  });

  it("finds an index that stands at the end", async () => {
    const path = await make({ seconds: 3, audio: two("aac"), isFastStart: false });
    const movie = await openMovie(path);
    await expectSame(path, "v:0", await written(movie, movie.movie.picture()));
  });

  const packaged = async (path: string) => {
    const { movie } = await openMovie(path);
    movie.picture();
    movie.sound(0);
  };

  it("refuses what is no MP4, ends too early, or is in fragments already", async () => {
    const text = place();
    await writeFile(text, "not a film ".repeat(1000));
    await expect(packaged(text)).rejects.toThrow(Mp4Fault);
    const empty = place();
    await writeFile(empty, box("moov", box("mvhd")));
    await expect(packaged(empty)).rejects.toThrow(Mp4Fault);
    const whole = await make({ seconds: 2, audio: two("aac") });
    const short = place();
    await copyFile(whole, short);
    await truncate(short, 60_000);
    await expect(packaged(short)).rejects.toThrow(/end of the file|no index/);
    const fragmented = place();
    const flags = "+frag_keyframe+empty_moov";
    await ffmpeg("-i", whole, "-map", "0", "-c", "copy", "-movflags", flags, fragmented);
    await expect(packaged(fragmented)).rejects.toThrow("fragments already");
    await expect(packaged(await make({ video: null, audio: two("aac") }))).rejects.toThrow(
      "no picture",
    );
  });

  it("refuses a film that was cut without being encoded again, and sound that begins too late", async () => {
    const plain = await make({ seconds: 6, audio: two("aac"), extra: ["-g", "125"] });
    const cut = place();
    await ffmpeg("-ss", "1.5", "-i", plain, "-map", "0", "-c", "copy", cut);
    await expect(packaged(cut)).rejects.toThrow("begins before the film");
    const late = place();
    await ffmpeg(
      ...["-i", plain, "-itsoffset", "2", "-i", plain, "-map", "0:v", "-map", "1:a"],
      ...["-c", "copy", late],
    );
    await expect(packaged(late)).rejects.toThrow("late");
  });

  it("never answers with anything but a fault for an index with broken numbers", async () => {
    const plain = await make({ seconds: 1, audio: two("aac") });
    const file = await open(plain);
    opened.push(file);
    const { size } = await file.stat();
    const bytes = Buffer.alloc(size);
    await file.read(bytes, 0, size, 0);
    const end = bytes.indexOf("mdat");
    const broken = place();
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(fc.integer({ min: 40, max: end - 1 }), fc.integer({ min: 0, max: 255 })),
          {
            minLength: 1,
            maxLength: 4,
          },
        ),
        async (changes) => {
          const copy = Buffer.from(bytes);
          for (const [at, value] of changes) copy[at] = value;
          await writeFile(broken, copy);
          const handle = await open(broken);
          try {
            const movie = await packageOf(`broken ${JSON.stringify(changes)}`, handle, size);
            for (const track of [movie.picture(), movie.sound(0)]) {
              if (track) await read(handle, track);
            }
          } catch (error) {
            expect(error).toBeInstanceOf(Mp4Fault);
          } finally {
            await handle.close();
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});
