import { existsSync } from "node:fs";
import { copyFile, readFile, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ffmpegPath, openWorkshop, programs, type Workshop } from "@/tests/media/conversion";
import {
  damage,
  leaveUnfinished,
  pointElsewhere,
  writeNestedMatroska,
  writeNoise,
} from "@/tests/media/hostile";
import { argsFor } from "./args";
import { localInput } from "./input";
import type { Plan } from "./plan";
import { probe } from "./probe";
import { runFfmpeg, runFfprobe } from "./run";
import { verifyResult } from "./verify";

let workshop: Workshop;
beforeAll(async () => {
  workshop = await openWorkshop();
});
afterAll(() => workshop.close());

const { ffprobePath } = programs;

describe("what is no film", () => {
  test("noise, sound only, and a file that is not there", async () => {
    const noise = workshop.place("mkv");
    await writeNoise(noise, 200_000);
    expect(await workshop.refusalOf(noise)).toBe("media-unreadable");
    const sound = await workshop.make("mkv", { video: null, seconds: 2 });
    expect(await workshop.refusalOf(sound)).toBe("media-only-sound");
    expect(await workshop.refusalOf(join(workshop.folder, "absent.mkv"))).toBe(
      "media-file-missing",
    );
  });

  test("an archive under the name of a film is never opened", async () => {
    const path = workshop.place("mkv");
    await writeFile(path, Buffer.from(`PK\x03\x04${"\x9a".repeat(4000)}`, "latin1"));
    // Nothing could be started: its first bytes are enough.
    const options = { ffprobePath: "/nowhere/ffprobe" };
    await expect(probe(path, options)).rejects.toMatchObject({ reason: { code: "media-archive" } });
  });

  test("an MP4 with an index and nothing behind it", async () => {
    const whole = await workshop.make("mp4", {
      seconds: 2,
      isFastStart: false,
      extra: ["-movflags", "frag_keyframe+empty_moov"],
    });
    const bytes = await readFile(whole);
    const path = workshop.place("mp4");
    await writeFile(path, bytes.subarray(0, bytes.indexOf("moof") - 4));
    expect(await workshop.refusalOf(path)).toBe("media-picture-unreadable");
  });
});

describe("what would make ffmpeg open another file", () => {
  /** What ffprobe finds with the given way to open a file; empty when it finds nothing. */
  const streamsBy = async (input: string[]) => {
    const run = await execa(
      ffprobePath,
      ["-v", "error", "-count_frames", "-show_entries", "stream=nb_read_frames", ...input],
      { reject: false },
    );
    return [...run.stdout.matchAll(/nb_read_frames=(\d+)/g)].filter(([, count]) => count !== "0");
  };

  test("a playlist, a list of files and a page of addresses", async () => {
    const secret = await workshop.make("ts", { seconds: 1 });
    const cases: [string, string[], string][] = [
      [
        `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n${secret}\n#EXT-X-ENDLIST\n`,
        ["-allowed_extensions", "ALL"],
        "m3u8",
      ],
      [`ffconcat version 1.0\nfile '${secret}'\n`, ["-f", "concat", "-safe", "0"], "mkv"],
    ];
    for (const [text, permissive, extension] of cases) {
      const path = workshop.place(extension);
      await writeFile(path, text);
      // It would work, were it allowed: otherwise this test would prove nothing.
      expect(await streamsBy([...permissive, "-i", path])).not.toEqual([]);
      expect(await streamsBy(localInput(path))).toEqual([]);
      expect(await workshop.refusalOf(path)).toBe("media-playlist");
    }
  });

  test("a playlist that hides behind what looks like a comment", async () => {
    // No known first bytes: only the list of demuxers keeps it out.
    const path = workshop.place("mkv");
    await writeFile(path, `# comment\nfile '${await workshop.make("mp4", { seconds: 1 })}'\n`);
    expect(await streamsBy(["-f", "concat", "-safe", "0", "-i", path])).not.toEqual([]);
    expect(await streamsBy(localInput(path))).toEqual([]);
    expect(await workshop.refusalOf(path)).toBe("media-not-video");
  });

  test("an MP4 whose samples lie in another file", async () => {
    const secret = await workshop.make("mov", { seconds: 1, isFastStart: false });
    const path = workshop.place("mov");
    await pointElsewhere(secret, path, secret);
    const permissive = ["-enable_drefs", "1", "-use_absolute_path", "1", "-i", path];
    expect(await streamsBy(permissive)).not.toEqual([]);
    expect(await streamsBy(localInput(path))).toEqual([]);
    expect(await workshop.refusalOf(path)).toMatch(/^media-(picture-)?unreadable$/);
  });

  test("an address of the network", async () => {
    const text = await runFfprobe({
      ffprobePath,
      args: [...localInput("x").slice(0, -1), "http://127.0.0.1:9/film.mkv"],
      timeoutMs: 10_000,
    }).catch((error: { detail: string }) => error.detail);
    expect(text).toContain("not on whitelist");
  });
});

describe("what would keep ffprobe busy", () => {
  test("elements within elements, without end", async () => {
    const path = workshop.place("mkv");
    await writeNestedMatroska(path, 100_000);
    expect(await workshop.refusalOf(path)).toMatch(/^media-(unreadable|no-video)$/);
  });

  test("a film that goes on as zeros for 200 GB is given up in time", async () => {
    const film = await readFile(await workshop.make("ts", { seconds: 1 }));
    const path = workshop.place("ts");
    await leaveUnfinished(path, film, 200e9);
    const startedAt = performance.now();
    await expect(probe(path, { ...programs, timeoutMs: 1500 })).rejects.toMatchObject({
      reason: { code: "ffmpeg-timeout" },
    });
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });

  test("a picture that no memory holds", async () => {
    const path = await workshop.remake("mkv", [
      ...["-f", "lavfi", "-i", "color=size=12000x8000:rate=1:duration=1"],
      ...["-frames:v", "1", "-c:v", "mjpeg", "-q:v", "31"],
    ]);
    const refused = await workshop.refusalOf(path);
    const converted = refused === "not refused" ? await reasonOf(workshop.convert(path)) : refused;
    expect(converted).toMatch(/^media-(picture-)?unreadable$/);
  });
});

/** The code of what an attempt failed with. */
async function reasonOf(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
    return "no failure";
  } catch (error) {
    return (error as { reason?: { code: string } }).reason?.code ?? String(error);
  }
}

describe("what was cut", () => {
  test("an MP4 without its index", async () => {
    const path = await workshop.make("mp4", { isFastStart: false });
    await truncate(path, 20_000);
    expect(await workshop.refusalOf(path)).toBe("media-unreadable");
  });

  test("a Matroska file is refused after converting, with how much there was", async () => {
    const path = await workshop.make("mkv", { seconds: 20, audio: [{ codec: "ac3" }] });
    await truncate(path, Math.floor((await stat(path)).size / 2));
    const { source, plan } = await workshop.planOf(path);
    const outputPath = workshop.place("mp4");
    await runFfmpeg({
      ffmpegPath,
      args: argsFor(plan, { inputPath: path, outputPath }),
      timeoutMs: 60_000,
    });
    expect(await verifyResult(outputPath, plan, source, programs)).toMatchObject({
      ok: false,
      reason: { code: "result-too-short", values: { expected: "0:20" } },
    });
  });

  test("an MP4 is seen at once, and never taken as it is", async () => {
    const whole = await workshop.make("mp4", { seconds: 20 });
    const path = workshop.place("mp4");
    await copyFile(whole, path);
    await truncate(path, Math.floor((await stat(path)).size / 2));
    const { source, plan } = await workshop.planOf(path);
    expect(plan.why.map(({ code }) => code)).toEqual(["plan-damaged"]);
    // Even if it were linked, the end cannot be decoded.
    expect(await verifyResult(path, plan, source, programs)).toMatchObject({
      ok: false,
      reason: { code: "media-incomplete" },
    });
  });
});

describe("what was damaged", () => {
  test.each([
    ["a recording with bad reception", "ts", [{ codec: "aac" as const }]],
    ["its sound encoded", "ts", [{ codec: "ac3" as const }]],
    ["a film from a bad disk", "mkv", [{ codec: "aac" as const }]],
  ])("%s goes as far as it went", async (_, extension, audio) => {
    const path = await workshop.make(extension, { seconds: 10, audio });
    await damage(path, 4999);
    const { result } = await workshop.convert(path);
    expect(result.durationSeconds).toBeGreaterThan(9);
    expect(result.audio).toHaveLength(1);
  });
});

describe("a result that is not what was promised", () => {
  test("a picture of another codec is not published", async () => {
    const path = await workshop.make("mp4", { seconds: 2 });
    const { source, plan } = await workshop.planOf(path);
    const other = { ...plan, video: { ...plan.video, codec: "vp9" } } as Plan;
    expect(await verifyResult(path, other, source, programs)).toMatchObject({
      ok: false,
      reason: { code: "result-no-picture" },
    });
  });

  test("one that grows without end is stopped, and not published", async () => {
    const path = await workshop.make("mkv", { seconds: 8, audio: [{ codec: "ac3" }] });
    const { source, plan: whole } = await workshop.planOf(path);
    const plan: Plan = { ...whole, maxBytes: Math.floor((await stat(path)).size / 4) };
    const outputPath = workshop.place("mp4");
    const args = argsFor(plan, { inputPath: path, outputPath });
    await runFfmpeg({ ffmpegPath, args, timeoutMs: 20_000 });
    expect((await stat(outputPath)).size).toBeLessThan((await stat(path)).size / 2);
    expect(await verifyResult(outputPath, plan, source, programs)).toMatchObject({
      ok: false,
      reason: { code: "result-too-large" },
    });
  });

  test("a disk that refuses is said to refuse", async () => {
    const path = await workshop.make("mkv", { seconds: 1 });
    const { plan } = await workshop.planOf(path);
    // /dev/full answers every write with "no space left".
    expect(existsSync("/dev/full")).toBe(true);
    const args = argsFor(plan, { inputPath: path, outputPath: "/dev/full" });
    await expect(runFfmpeg({ ffmpegPath, args, timeoutMs: 20_000 })).rejects.toMatchObject({
      reason: { code: "media-disk-full" },
    });
  });
});
