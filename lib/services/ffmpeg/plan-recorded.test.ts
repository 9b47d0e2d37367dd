import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isRefusal, type Plan, planFor } from "./plan";
import { probeFrom } from "./probe-map";
import type { Probe } from "./probe-types";
import { wireProbe } from "./probe-wire";

/** A probe from what ffprobe said about a film of tests/media/record-probes.ts. */
function recorded(name: string): Probe {
  const text = readFileSync(join("tests/media/probes", `${name}.json`), "utf8");
  const boxes = {
    ...{ isFastStart: true, isFragmented: false, isTruncated: false },
    majorBrand: name.startsWith("mov-") ? "qt  " : "isom",
  };
  const isMp4 = /^m(p4|ov)-/.test(name);
  return probeFrom(wireProbe.parse(JSON.parse(text)), 1_000_000, isMp4 ? boxes : null);
}

function planned(name: string): Plan {
  const plan = planFor(recorded(name));
  if (isRefusal(plan)) throw new Error(`refused: ${plan.reason.code}`);
  return plan;
}

/** Why, without the word that they all begin with. */
const why = (plan: Plan) => plan.why.map(({ code }) => code.replace("plan-", "")).join(" ");
const sound = (plan: Plan) => plan.audio.map(({ action, codec }) => `${action} ${codec}`).join();

describe("what is done to each kind of file", () => {
  test.each([
    ["mp4-edit-list", "as-is", "as-is", "copy aac"],
    ["mp4-h264-422", "picture", "picture-chroma", "copy aac"],
    ["mp4-mpeg4-alac", "picture", "picture-codec sound-codec unusual-label", "encode aac"],
    ["mp4-av1-aac", "picture", "picture-codec", "copy aac"],
    ["mp4-uneven", "picture", "picture-codec unusual-label", "copy aac"],
    ["mkv-av1-opus", "picture", "picture-codec sound-codec container", "encode aac"],
    ["mkv-vp9-aac", "container", "container", "copy aac"],
    ["mkv-attachment", "container", "container", "copy aac"],
    ["mkv-two-pictures", "sound", "sound-codec container", "encode aac"],
    [
      "mkv-hevc-10bit-hdr",
      "picture",
      "picture-codec picture-hdr sound-codec container",
      "encode aac",
    ],
    ["webm-vp9-10bit", "picture", "picture-bits sound-codec container", "encode aac"],
    ["avi-h264-reordered", "picture", "picture-timing sound-codec container", "encode aac"],
    ["avi-h264-in-order", "container", "container", "copy mp3"],
    ["avi-mjpeg-pcm", "picture", "picture-codec sound-codec container", "encode aac"],
    ["mov-prores-alac", "picture", "picture-codec sound-codec container", "encode aac"],
    ["mov-timecode", "container", "container", "copy aac"],
    ["wmv-wmv2-wma", "picture", "picture-codec sound-codec container", "encode aac"],
    ["flv-h264-mp3", "container", "container", "copy mp3"],
    ["ts-starts-late", "container", "container", "copy aac"],
  ])("%s: %s", (name, kind, reasons, tracks) => {
    const plan = planned(name);
    expect([plan.kind, why(plan), sound(plan)]).toEqual([kind, reasons, tracks]);
  });
});

describe("what is in the way", () => {
  test("of two pictures the larger is the film, wherever it stands", () => {
    expect(recorded("mkv-two-pictures").video.map(({ width }) => width)).toEqual([160, 320]);
    expect(planned("mkv-two-pictures").video.streamIndex).toBe(1);
  });

  test("attachments, timecodes and the like are counted and left behind", () => {
    expect(recorded("mkv-attachment").otherStreamCount).toBe(1);
    expect(recorded("mov-timecode").otherStreamCount).toBe(1);
    expect(planned("mov-timecode").video.streamIndex).toBe(0);
  });

  test("a clock that begins after an hour makes no film longer", () => {
    expect(recorded("ts-starts-late").startSeconds).toBeGreaterThan(5000);
    expect(planned("ts-starts-late").durationSeconds).toBeCloseTo(4, 0);
  });

  test("what an edit list leaves out is no part of the film", () => {
    expect(planned("mp4-edit-list").durationSeconds).toBeCloseTo(2.7, 0);
  });

  test("frames that come unevenly are encoded at their own beat", () => {
    expect(planned("mp4-uneven").video).toMatchObject({ action: "encode", frameRate: 30 });
    expect(planned("mp4-mpeg4-alac").video).toMatchObject({ action: "encode", frameRate: null });
  });

  test("HDR is told to the encoder, and 10 bits are not kept", () => {
    expect(planned("mkv-hevc-10bit-hdr").video).toMatchObject({ toneMap: "pq", codec: "h264" });
    expect(planned("webm-vp9-10bit").video).toMatchObject({ toneMap: null, codec: "h264" });
  });

  test("six channels become two, and sound of a kind that stays keeps all", () => {
    expect(planned("mkv-hevc-10bit-hdr").audio).toMatchObject([{ channels: 2, downmix: true }]);
  });

  test("ffprobe alone calls MP2 in an MP4 MP3: the first packet says what it is", () => {
    const probe = recorded("mp4-h264-mp2");
    expect(probe.audio[0]?.codec).toBe("mp3");
    const read = { ...probe, audio: probe.audio.map((track) => ({ ...track, codec: "mp2" })) };
    const plan = planFor(read);
    expect(isRefusal(plan) ? "" : `${plan.kind} ${sound(plan)}`).toBe("sound encode aac");
  });
});
