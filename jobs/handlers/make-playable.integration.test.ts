import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, expect, it } from "vitest";
import { probe } from "@/lib/services/ffmpeg/probe";
import { runFfmpeg } from "@/lib/services/ffmpeg/run";
import { versionById } from "@/lib/versions/mutations";
import { makeMovie } from "@/tests/media/make";
import { relation } from "@/tests/media/relation";
import { type JobStage, jobStage } from "@/tests/support/job-stage";
import { addMovieRow, addVersionRow } from "@/tests/support/library";
import { smallDisk } from "@/tests/support/small-disk";
import { workFile, workFolder } from "../work-files";
import { makePlayable } from "./make-playable";

const disk = smallDisk("100M");
afterAll(() => disk?.remove());

let stage: JobStage;
beforeEach(() => {
  stage = jobStage();
});
afterEach(() => stage[Symbol.dispose]());

async function imported(more: Parameters<typeof makeMovie>[0] | null) {
  const sourcePath = more?.path ?? join(stage.dir, "gone.mkv");
  if (more) await makeMovie(more);
  const movieId = addMovieRow(stage.db, { title: "The Lantern", status: "processing" });
  return addVersionRow(stage.db, { movieId, status: "queued", sourcePath });
}
const film = (name: string) => ({
  ...{ path: join(stage.dir, name), seconds: 4, width: 320, height: 180 },
  video: "h264" as const,
});
const run = (version: { id: string; movieId: string }, context = stage.context) =>
  makePlayable(context, { versionId: version.id, movieId: version.movieId });
const made = (version: Parameters<typeof workFile>[1]) => workFile(stage.env.mediaDir, version);

it("makes a fast-start MP4 beside the media folder, and leaves the original as it was", async () => {
  const version = await imported(film("film.mkv"));
  const before = statSync(version.sourcePath ?? "").mtimeMs;
  expect(await run(version)).toEqual({ kind: "done" });
  const { ffprobePath } = await stage.context.services.ffmpeg();
  expect(await probe(made(version), { ffprobePath })).toMatchObject({
    container: "MP4",
    isFastStart: true,
  });
  expect(statSync(version.sourcePath ?? "").mtimeMs).toBe(before);
});

it("begins anew over what a dead attempt left", async () => {
  const version = await imported(film("film.mkv"));
  stage.file(join("media", ".work", version.id, `${version.fileName}.mp4`), "half of it");
  stage.file(join("media", ".work", version.id, "stray"));
  expect(await run(version)).toEqual({ kind: "done" });
  expect(existsSync(join(workFolder(stage.env.mediaDir, version.id), "stray"))).toBe(false);
  expect(statSync(made(version)).size).toBeGreaterThan(1000);
});

it("links a film that is ready as it is: no second copy of its bytes", async () => {
  const version = await imported({ ...film("film.mp4"), audio: [{ codec: "aac" }] });
  expect(await run(version)).toEqual({ kind: "done" });
  expect(statSync(made(version)).ino).toBe(statSync(version.sourcePath ?? "").ino);
});

it("keeps sound and picture together in a film that is ready as it is, late sound included", async () => {
  const evenFilm = { ...film("even.mp4"), seconds: 7, audio: [{ codec: "aac" as const }] };
  const even = await imported(evenFilm);
  const latePath = join(stage.dir, "late.mp4");
  const { ffmpegPath } = await stage.context.services.ffmpeg();
  await runFfmpeg({
    ffmpegPath,
    args: [
      ...[
        "-i",
        evenFilm.path,
        "-itsoffset",
        "0.3",
        "-i",
        evenFilm.path,
        "-map",
        "0:v",
        "-map",
        "1:a",
      ],
      ...["-c", "copy", "-movflags", "+faststart", latePath],
    ],
    timeoutMs: 60_000,
  });
  const movieId = addMovieRow(stage.db, { title: "Late", status: "processing" });
  const late = addVersionRow(stage.db, { movieId, status: "queued", sourcePath: latePath });
  for (const [version, seconds] of [
    [even, 0],
    [late, 0.3],
  ] as const) {
    expect(await run(version)).toEqual({ kind: "done" });
    expect(versionById(stage.db, version.id)?.plan).toMatchObject({ kind: "as-is" });
    const { first, last } = await relation(made(version));
    expect(Math.abs(first - seconds)).toBeLessThan(0.04);
    expect(Math.abs(last - seconds)).toBeLessThan(0.04);
  }
});

it.skipIf(!disk)(
  "waits in words for room on the disk, and goes on when there is some",
  async () => {
    stage[Symbol.dispose]();
    stage = jobStage({ VIGILIO_MEDIA_DIR: disk?.dir ?? "" });
    const version = await imported(film("film.mkv"));
    expect(await run(version)).toMatchObject({ kind: "later", reason: { code: "disk-short" } });
    expect(versionById(stage.db, version.id)).toMatchObject({
      status: "queued",
      reason: { code: "disk-short" },
    });
    expect(existsSync(workFolder(stage.env.mediaDir, version.id))).toBe(false);
    disk?.resize("2G");
    expect(await run(version)).toEqual({ kind: "done" });
  },
);

it("says that the original went away", async () => {
  const version = await imported(null);
  expect(await run(version)).toMatchObject({
    kind: "failed",
    reason: { code: "original-missing" },
  });
});

it("makes nothing of a film whose end was cut off", async () => {
  const version = await imported(film("film.mp4"));
  // Its index, in front, promises more than there is: as it is it would only be linked.
  const whole = version.sourcePath ?? "";
  const cut = join(stage.dir, "cut.mp4");
  const bytes = readFileSync(whole);
  writeFileSync(cut, bytes.subarray(0, Math.floor(bytes.length * 0.6)));
  const movieId = addMovieRow(stage.db, { title: "Cut", status: "processing" });
  const half = addVersionRow(stage.db, { movieId, status: "queued", sourcePath: cut });
  expect(await run(half)).toMatchObject({
    kind: "failed",
    reason: { code: expect.stringMatching(/^(media|result)-/) },
  });
  expect(existsSync(workFolder(stage.env.mediaDir, half.id))).toBe(false);
});

it("stops within two seconds when a person cancels, and leaves nothing behind", async () => {
  const abort = new AbortController();
  const version = await imported({
    ...film("film.mkv"),
    ...{ seconds: 40, width: 640, height: 360, video: "mpeg2" as const },
  });
  let begun = 0;
  const progress = () => {
    begun ||= performance.now();
    abort.abort(new Error("cancelled"));
  };
  await expect(run(version, { ...stage.context, signal: abort.signal, progress })).rejects.toThrow(
    "cancelled",
  );
  expect(performance.now() - begun).toBeLessThan(2_000);
  expect(existsSync(workFolder(stage.env.mediaDir, version.id))).toBe(false);
});
