import { expect, it } from "vitest";
import { locateBinaries } from "./locate";
import { testSpeed } from "./speed-test";

it("measures how fast a picture and its sound are encoded, and writes nothing", async () => {
  const found = await locateBinaries();
  if (!found.ok) throw new Error("no ffmpeg");
  const { ffmpegPath } = found;
  const test = { ffmpegPath, crf: 20, threads: 2, encoder: undefined, longestMs: 90_000 };
  const speed = await testSpeed({ ...test, preset: "ultrafast" });
  expect(speed.picture).toBeGreaterThan(0);
  // Sound is a small part of a film's work.
  expect(speed.sound).toBeGreaterThan(speed.picture);
});

it("ends when it is told to", async () => {
  const found = await locateBinaries();
  if (!found.ok) throw new Error("no ffmpeg");
  const signal = AbortSignal.abort(new Error("stopping"));
  const test = { ffmpegPath: found.ffmpegPath, crf: 20, threads: 2, encoder: undefined, signal };
  await expect(testSpeed({ ...test, preset: "veryfast" })).rejects.toThrow("stopping");
});
