import iconv from "iconv-lite";
import { expect, it } from "vitest";
import { joinSubtitles } from "./join";

const how = { language: "tr", fps: 25 };
const srt = (time: string, words: string) =>
  Buffer.from(`1\n${time},000 --> ${time},900\n${words}\n`);
const textOf = (joined: ReturnType<typeof joinSubtitles>) => {
  if (!Buffer.isBuffer(joined)) throw new Error(joined.reason.code);
  return joined.toString("utf8");
};

it("moves each part's words to where the part begins, whatever they are written in", () => {
  const turkish = iconv.encode(
    "1\n00:00:02,500 --> 00:00:04,000\nŞimdi değil, ışık hâlâ yanıyor\n",
    "windows-1254",
  );
  const frames = Buffer.from("{25}{50}Third\n");
  const joined = joinSubtitles(
    [
      { bytes: srt("00:00:01", "First"), startMs: 0 },
      { bytes: turkish, startMs: 3_000_250 },
      { bytes: frames, startMs: 6_000_000 },
    ],
    how,
  );
  expect(textOf(joined)).toBe(
    [
      "WEBVTT\n\n00:00:01.000 --> 00:00:01.900\nFirst\n",
      "00:50:02.750 --> 00:50:04.250\nŞimdi değil, ışık hâlâ yanıyor\n",
      "01:40:01.000 --> 01:40:02.000\nThird\n",
    ].join("\n"),
  );
});

it("leaves a part alone that counts from the beginning of the film", () => {
  const joined = joinSubtitles([{ bytes: srt("00:51:00", "Later"), startMs: 3_000_000 }], how);
  expect(textOf(joined)).toContain("00:51:00.000 --> 00:51:00.900");
});

it("goes without a part that can't be read, and says why when none can", () => {
  const broken = { bytes: Buffer.from("no subtitle at all"), startMs: 0 };
  const good = { bytes: srt("00:00:01", "Second"), startMs: 60_000 };
  expect(textOf(joinSubtitles([broken, good], how))).toContain("00:01:01.000");
  expect(joinSubtitles([broken, broken], how)).toEqual({
    reason: { code: "subtitle-format-unknown" },
  });
  expect(joinSubtitles([], how)).toEqual({ reason: { code: "subtitle-empty" } });
});
