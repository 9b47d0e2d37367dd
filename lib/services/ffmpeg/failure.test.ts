import { expect, test } from "vitest";
import { reason } from "@/lib/errors";
import { classifyFailure, FfmpegError } from "./failure";

const ending = { exitCode: 1, signal: undefined, timedOut: false, spawnCode: undefined };

// Lines that ffmpeg 5.1 printed.
test.each([
  ["av_interleaved_write_frame(): No space left on device", "media-disk-full"],
  ["file:/films/a.mkv: Permission denied", "media-no-permission"],
  ["file:/films/a.mkv: No such file or directory", "media-file-missing"],
  ["[hls @ 0x55] Format not on whitelist 'matroska'\nfile:/a: Invalid argument", "media-not-video"],
  [
    "[mov,mp4 @ 0x55] moov atom not found\nInvalid data found when processing input",
    "media-unreadable",
  ],
  ["Unknown encoder 'libx264'", "ffmpeg-too-small"],
  ["No such filter: 'zscale'", "ffmpeg-too-small"],
  ["Conversion failed!", "ffmpeg-failed"],
])("%s", (stderr, code) => {
  expect(classifyFailure(ending, stderr).code).toBe(code);
});

test.each([
  [{ spawnCode: "ENOENT" }, "ffmpeg-missing"],
  [{ spawnCode: "EAGAIN" }, "ffmpeg-not-started"],
  [{ signal: "SIGKILL" }, "ffmpeg-killed"],
  [{ timedOut: true, signal: "SIGTERM" }, "ffmpeg-timeout"],
])("%j", (change, code) => {
  expect(classifyFailure({ ...ending, exitCode: undefined, ...change }, "").code).toBe(code);
});

test("what ffmpeg complained about before the system ended it is not why it ended", () => {
  const killed = { ...ending, exitCode: undefined, signal: "SIGKILL" };
  const complaint = "Error while decoding stream #0:0: Invalid data found when processing input";
  expect(classifyFailure(killed, complaint).code).toBe("ffmpeg-killed");
  // A crash of its own is another matter.
  const crashed = { ...ending, exitCode: undefined, signal: "SIGSEGV" };
  expect(classifyFailure(crashed, complaint).code).toBe("media-unreadable");
  expect(classifyFailure(crashed, "").code).toBe("ffmpeg-failed");
});

test.each([
  ["media-unreadable", true],
  ["media-archive", true],
  ["media-disk-full", false],
  ["media-file-missing", false],
  ["media-no-permission", false],
  ["ffmpeg-killed", false],
  ["ffmpeg-failed", false],
])("%s is about the file itself: %s", (code, isAboutFile) => {
  expect(new FfmpegError(reason(code), "").isAboutFile).toBe(isAboutFile);
});
