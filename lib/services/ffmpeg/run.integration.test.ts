import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { getPriority, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { binaryVersion, locateBinaries } from "./locate";
import { endAll, type FfmpegRun, runFfmpeg, runFfprobe } from "./run";

const ffmpegPath = process.env.FFMPEG_PATH ?? "ffmpeg";
let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "vigilio-run-"));
});
afterEach(() => endAll());
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A run that would go on for hours, slowly enough to spare the machine. */
function endless(change: Partial<FfmpegRun> = {}): FfmpegRun {
  return {
    ffmpegPath,
    args: ["-re", "-f", "lavfi", "-i", "testsrc2=size=64x64:rate=5", "-f", "null", "-"],
    timeoutMs: 3_600_000,
    ...change,
  };
}

/** Starts it and resolves once it reports progress, with the promise of its end. */
async function started(change: Partial<FfmpegRun> = {}) {
  let begun = () => {};
  const isRunning = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const end = runFfmpeg(endless({ ...change, onProgress: () => begun() })).then(
    () => "ended",
    (error: unknown) => error,
  );
  await isRunning;
  return { end };
}

/** A program of ours that stands in for ffmpeg, to see what it is given. */
async function script(name: string, body: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\n${body}\n`);
  await chmod(path, 0o755);
  return path;
}

describe("a run ends", () => {
  test("within two seconds when cancelled, with the signal's reason", async () => {
    const controller = new AbortController();
    const { end } = await started({ signal: controller.signal });
    const asked = performance.now();
    controller.abort(new Error("not wanted"));
    expect(await end).toMatchObject({ message: "not wanted" });
    expect(performance.now() - asked).toBeLessThan(2000);
  });

  test("within two seconds also when it does not listen", async () => {
    const controller = new AbortController();
    const deaf = await script(
      "deaf",
      "trap '' TERM INT; echo progress=continue; while :; do sleep 0.1; done",
    );
    const { end } = await started({ ffmpegPath: deaf, signal: controller.signal });
    const asked = performance.now();
    controller.abort(new Error("not wanted"));
    expect(await end).toMatchObject({ message: "not wanted" });
    expect(performance.now() - asked).toBeLessThan(2000);
  });

  test("before it begins when cancelled already", async () => {
    const signal = AbortSignal.abort(new Error("too late"));
    await expect(runFfmpeg(endless({ signal }))).rejects.toThrow("too late");
  });

  test("at its time limit", async () => {
    await expect(runFfmpeg(endless({ timeoutMs: 400 }))).rejects.toMatchObject({
      reason: { code: "ffmpeg-timeout" },
    });
  });

  test("with all others at shutdown", async () => {
    const runs = [await started(), await started()];
    await endAll();
    for (const { end } of runs) {
      expect(await end).toMatchObject({ reason: { code: "ffmpeg-stopped" } });
    }
  });
});

describe("a program", () => {
  test("that is not there is named as missing", async () => {
    await expect(runFfmpeg(endless({ ffmpegPath: join(folder, "absent") }))).rejects.toMatchObject({
      reason: { code: "ffmpeg-missing" },
    });
  });

  test("sees no secret of ours and nothing that makes it write reports", async () => {
    vi.stubEnv("VIGILIO_SECRET", "do-not-tell");
    vi.stubEnv("FFREPORT", "file=/tmp/report.log");
    const path = await script("show", "env");
    const output = await runFfprobe({ ffprobePath: path, args: [], timeoutMs: 5000 });
    vi.unstubAllEnvs();
    expect(output).toContain("PATH=");
    expect(output).not.toMatch(/do-not-tell|FFREPORT|VIGILIO/);
  });

  test("that converts gives way to others", async () => {
    const pidFile = join(folder, "pid");
    const path = await script(
      "nice",
      `echo $$ > ${pidFile}; echo progress=continue; exec sleep 60`,
    );
    await started({ ffmpegPath: path });
    const pid = Number((await import("node:fs")).readFileSync(pidFile, "utf8"));
    expect(getPriority(pid)).toBeGreaterThan(getPriority());
  });

  test("that floods its error output is kept to the end of it", async () => {
    const path = await script(
      "loud",
      "yes 'a line of trouble' | head -c 500000 >&2; echo last >&2; exit 1",
    );
    const error = await runFfmpeg(endless({ ffmpegPath: path })).catch((thrown: unknown) => thrown);
    const { detail } = error as { detail: string };
    expect(detail.length).toBeLessThanOrEqual(8000);
    expect(detail.endsWith("last")).toBe(true);
  });
});

describe("locateBinaries", () => {
  test("finds both on PATH and says their versions", async () => {
    const found = await locateBinaries();
    if (!found.ok) throw new Error(`not found: ${JSON.stringify(found.missing)}`);
    expect(await binaryVersion(found.ffmpegPath)).toMatch(/^\S+$/);
    expect(await binaryVersion(found.ffprobePath)).toMatch(/^\S+$/);
  });

  test("takes the named one, and nothing else when that is not there", async () => {
    const mine = await script("mine", "exit 0");
    expect(await locateBinaries({ ffmpegPath: mine })).toMatchObject({ ffmpegPath: mine });
    expect(await locateBinaries({ ffmpegPath: join(folder, "absent") })).toEqual({
      ok: false,
      missing: [
        { code: "ffmpeg-not-at-path", values: { program: "ffmpeg", variable: "FFMPEG_PATH" } },
      ],
    });
  });

  test("names what is missing", async () => {
    const found = await locateBinaries({ searchPath: folder });
    if (found.ok) throw new Error("found in an empty folder");
    expect(found.missing.at(-1)).toEqual({
      code: "ffmpeg-not-found",
      values: { program: "ffprobe", variable: "FFPROBE_PATH" },
    });
  });
});
