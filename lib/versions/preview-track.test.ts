import { createRequire } from "node:module";
import { expect, it } from "vitest";
import {
  previewAt,
  previewCues,
  readPreviewTrack,
  withTicket,
  writePreviewTrack,
} from "./preview-track";

// It brings no types.
const { WebVTTParser } = createRequire(import.meta.url)("webvtt-parser") as {
  WebVTTParser: new () => {
    parse(text: string, mode: string): { cues: unknown[]; errors: unknown[] };
  };
};

const drawn = {
  durationSeconds: 3_725.5,
  intervalSeconds: 100,
  pictureCount: 38,
  width: 284,
  height: 118,
  columns: 5,
  picturesPerSheet: 25,
  sheets: ["aaaaaaaaaaaaaaaa.jpg", "bbbbbbbbbbbbbbbb.jpg"],
};
const address = "http://vigilio.test/media/00112233445566ff/preview.vtt";

it("lays pictures row by row on sheets, each for the moments around its own", () => {
  const cues = previewCues(drawn);
  expect(cues).toHaveLength(38);
  expect(cues[0]).toMatchObject({ startSeconds: 0, endSeconds: 50, x: 0, y: 0 });
  expect(cues[7]).toMatchObject({ startSeconds: 650, endSeconds: 750, x: 568, y: 118 });
  expect(cues[25]).toMatchObject({ sheet: "bbbbbbbbbbbbbbbb.jpg", x: 0, y: 0 });
  expect(cues.at(-1)?.endSeconds).toBe(3_750);
  for (const [at, cue] of cues.entries()) {
    expect(cue.startSeconds).toBe(at === 0 ? 0 : cues[at - 1]?.endSeconds);
  }
});

it("is WebVTT to a strict parser, and comes back as it was, with addresses", () => {
  const cues = previewCues(drawn);
  const track = writePreviewTrack(cues, "preview/");
  const strict = new WebVTTParser().parse(track, "metadata");
  expect(strict.errors).toEqual([]);
  expect(strict.cues).toHaveLength(38);
  const base = "http://vigilio.test/media/00112233445566ff/preview/";
  expect(readPreviewTrack(track, address)).toEqual(
    cues.map((cue) => ({ ...cue, sheet: base + cue.sheet })),
  );
});

it("hands a ticket on to every sheet, whatever is in it", () => {
  const track = withTicket(writePreviewTrack(previewCues(drawn), "preview/"), 'a.b"#\n&c');
  const cues = readPreviewTrack(track, address);
  expect(cues).toHaveLength(38);
  for (const { sheet } of cues) {
    expect(new URL(sheet).searchParams.get("ticket")).toBe('a.b"#\n&c');
  }
});

it("finds the picture for every moment, past the end the last", () => {
  const cues = previewCues(drawn);
  expect(previewAt(cues, 0)).toBe(cues[0]);
  expect(previewAt(cues, 49.9)).toBe(cues[0]);
  expect(previewAt(cues, 50)).toBe(cues[1]);
  expect(previewAt(cues, 9e9)).toBe(cues.at(-1));
  expect(previewAt([], 5)).toBeUndefined();
});
