import { expect, test } from "vitest";
import { classifyFailure } from "./failure";

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
