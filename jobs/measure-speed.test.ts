import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readEnv } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";
import { connect } from "@/lib/settings/connect";
import { saveSpeedTest, workSpeed } from "@/lib/sources/work-speed";
import { testDatabase } from "@/tests/support/database";
import { addMovieRow, addVersionRow } from "@/tests/support/library";
import { madeWithOf } from "./film-speed";
import { measureSpeed } from "./measure-speed";
import { defaultThreads } from "./plan-options";

const start = new Date("2026-03-01T10:00:00Z");
const minutesLater = (minutes: number) => new Date(start.getTime() + minutes * 60_000);
const env = readEnv({}, "/nowhere");
const idle = () => false;

let dir: string;
let db: ReturnType<typeof testDatabase>;
/** A program that notes that it was started, and breaks. */
let ffmpegPath: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "measure-speed-"));
  db = testDatabase();
  ffmpegPath = join(dir, "ffmpeg");
  writeFileSync(ffmpegPath, `#!/bin/sh\necho started >> ${dir}/starts\nexit 1\n`);
  chmodSync(ffmpegPath, 0o755);
});
afterEach(() => {
  db[Symbol.dispose]();
  rmSync(dir, { recursive: true });
});

const starts = () => {
  const log = join(dir, "starts");
  return existsSync(log) ? readFileSync(log, "utf8").trim().split("\n").length : 0;
};

function tick(
  minutes: number,
  isBusy = idle,
  ffmpeg = async () => ({ ffmpegPath, ffprobePath: "" }),
) {
  const services = { ...connect(db, env), ffmpeg, hardwareEncoder: async () => null };
  return measureSpeed({ db, env, services, now: () => minutesLater(minutes) }, isBusy);
}

it("tries a program that breaks once an hour, and another one at once", async () => {
  await tick(0);
  expect(starts()).toBe(1);
  await tick(59);
  expect(starts()).toBe(1);
  await tick(61);
  expect(starts()).toBe(2);
  expect(workSpeed(db)).toBe(null);
  const other = join(dir, "ffmpeg-new");
  writeFileSync(other, readFileSync(ffmpegPath), { mode: 0o755 });
  await tick(62, idle, async () => ({ ffmpegPath: other, ffprobePath: "" }));
  expect(starts()).toBe(3);
});

it("starts nothing beside a film, or on a machine that is busy", async () => {
  await tick(0, () => true);
  const movieId = addMovieRow(db, { title: "The Lantern" });
  const { id: versionId } = addVersionRow(db, { movieId });
  enqueue(db, "make-previews", { versionId, movieId }, { now: start });
  await tick(1);
  expect(starts()).toBe(0);
});

it("starts nothing that was measured with the same program and settings", async () => {
  const preset = "veryfast";
  const madeWith = madeWithOf({ ffmpegPath, preset, threads: defaultThreads(), encoder: null });
  saveSpeedTest(db, { madeWith, speed: { picture: 2, sound: 50 }, now: start });
  await tick(0);
  expect(starts()).toBe(0);
  saveSpeedTest(db, { madeWith: "another", speed: { picture: 2, sound: 50 }, now: start });
  await tick(0);
  expect(starts()).toBe(1);
});

it("says nothing of a program that is missing, and throws what nobody expects", async () => {
  await tick(0, idle, async () => {
    throw new AppError("ffmpeg-missing", { status: 503 });
  });
  const unexpected = tick(0, idle, async () => {
    throw new TypeError("a fault of ours");
  });
  await expect(unexpected).rejects.toThrow("a fault of ours");
});
