import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isRefusal, type Plan, type PlanOptions, planFor, storedPlanOf } from "./plan";
import { probeFrom } from "./probe-map";
import type { AudioStream, Probe, VideoStream } from "./probe-types";
import { wireProbe } from "./probe-wire";

const goodMp4 = { isFastStart: true, isFragmented: false, isTruncated: false, majorBrand: "isom" };

/** A probe from what ffprobe said about a film of tests/media/record-probes.ts. */
function recorded(name: string, layout: Partial<typeof goodMp4> = {}): Probe {
  const text = readFileSync(join("tests/media/probes", `${name}.json`), "utf8");
  const isMp4 = /^m(p4|ov)-/.test(name);
  const brand = name.startsWith("mov-") ? { majorBrand: "qt  " } : {};
  return probeFrom(
    wireProbe.parse(JSON.parse(text)),
    1_000_000,
    isMp4 ? { ...goodMp4, ...brand, ...layout } : null,
  );
}

function withVideo(probe: Probe, change: Partial<VideoStream>): Probe {
  return { ...probe, video: probe.video.map((stream) => ({ ...stream, ...change })) };
}

function withAudio(probe: Probe, change: Partial<AudioStream>): Probe {
  return { ...probe, audio: probe.audio.map((stream) => ({ ...stream, ...change })) };
}

function planned(probe: Probe, options: PlanOptions = {}): Plan {
  const plan = planFor(probe, options);
  if (isRefusal(plan)) throw new Error(`refused: ${plan.reason.code}`);
  return plan;
}

function refusalOf(probe: Probe): string {
  const plan = planFor(probe);
  return isRefusal(plan) ? plan.reason.code : "not refused";
}

const codes = (plan: Plan) => plan.why.map(({ code }) => code);

describe("what is done to each kind of file", () => {
  test.each([
    ["mp4-h264-aac", "as-is", ["plan-as-is"]],
    ["mp4-h264-mp3", "as-is", ["plan-as-is"]],
    ["mp4-h264-aac51", "as-is", ["plan-as-is"]],
    ["mp4-h264-silent", "as-is", ["plan-as-is", "plan-no-sound"]],
    ["mp4-rotated", "as-is", ["plan-as-is"]],
    ["mp4-cover-first", "as-is", ["plan-as-is"]],
    ["ts-h264-aac", "container", ["plan-container"]],
    ["webm-vp9-opus", "container", ["plan-container"]],
    ["mov-h264-pcm", "sound", ["plan-sound-codec", "plan-container"]],
    ["mkv-h264-ac3-srt", "sound", ["plan-sound-codec", "plan-container"]],
    ["mkv-h264-flac", "sound", ["plan-sound-codec", "plan-container"]],
    ["mkv-h264-truehd", "sound", ["plan-sound-codec", "plan-container"]],
    ["mkv-h264-opus", "sound", ["plan-sound-codec", "plan-container"]],
    ["mkv-h264-10bit", "picture", ["plan-picture-bits", "plan-container"]],
    ["mkv-h264-444", "picture", ["plan-picture-chroma", "plan-container"]],
    ["mkv-h264-interlaced", "picture", ["plan-picture-interlaced", "plan-container"]],
    ["webm-vp8-vorbis", "picture", ["plan-picture-codec", "plan-sound-codec", "plan-container"]],
    ["ogv-theora-vorbis", "picture", ["plan-picture-codec", "plan-sound-codec", "plan-container"]],
    ["mpg-mpeg2-mp2", "picture", ["plan-picture-codec", "plan-sound-codec", "plan-container"]],
    ["avi-mpeg4-mp3", "picture", ["plan-picture-codec", "plan-container"]],
    ["mp4-hevc-eac3", "picture", ["plan-picture-codec", "plan-sound-codec"]],
  ])("%s: %s", (name, kind, why) => {
    const plan = planned(recorded(name));
    expect(plan.kind).toBe(kind);
    expect(codes(plan)).toEqual(why);
  });

  test("a plan survives being stored, and what a version keeps of it is known", () => {
    const plan = planned(recorded("mpg-mpeg2-mp2"));
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
    const { kind, why } = plan;
    expect(storedPlanOf(plan)).toEqual({ kind, why, clearVoiceTracks: [] });
  });
});

describe("an MP4 with playable streams is rewritten when", () => {
  const film = recorded("mp4-h264-aac");
  test.each([
    ["its index is at the end", recorded("mp4-h264-aac", { isFastStart: false }), "not-fast-start"],
    ["it is fragmented", recorded("mp4-h264-aac", { isFragmented: true }), "fragmented"],
    ["it ends early", recorded("mp4-h264-aac", { isTruncated: true }), "damaged"],
    ["its clock starts late", { ...film, startSeconds: 10 }, "start-offset"],
    ["its label is unusual", withVideo(film, { codecTag: "avc3" }), "unusual-label"],
    [
      "another picture is in it",
      {
        ...film,
        video: [...film.video, ...withVideo(film, { index: 7, pixelFormat: null }).video],
      },
      "extra-pictures",
    ],
  ])("%s", (_, probe, why) => {
    const plan = planned(probe);
    expect(plan.kind).toBe("container");
    expect(codes(plan)).toEqual([`plan-${why}`]);
    expect(plan.video.streamIndex).toBe(film.video[0]?.index);
  });
});

describe("the picture", () => {
  const film = recorded("mp4-h264-aac");
  test.each([
    ["Baseline", { profile: "Baseline" }, "copy"],
    ["full range", { pixelFormat: "yuvj420p" }, "copy"],
    ["level 5.2", { level: 52 }, "copy"],
    ["level 6", { level: 60 }, "encode"],
    ["Extended profile", { profile: "Extended" }, "encode"],
    ["4:2:2", { chroma: "4:2:2" as const, pixelFormat: "yuv422p" }, "encode"],
    ["grey", { chroma: "4:0:0" as const, pixelFormat: "gray" }, "encode"],
    ["VP9 with 8 bits", { codec: "vp9", codecTag: "vp09", profile: "Profile 0" }, "copy"],
    ["VP9 with 10 bits", { codec: "vp9", bitDepth: 10, pixelFormat: "yuv420p10le" }, "encode"],
    ["AV1", { codec: "av1" }, "encode"],
    ["AVI's times, in order", { hasOnlyDecodeTimes: true, reorderedFrames: 0 }, "copy"],
    ["AVI's times, reordered", { hasOnlyDecodeTimes: true, reorderedFrames: 2 }, "encode"],
    ["VC-1", { codec: "vc1" }, "encode"],
    ["WMV", { codec: "wmv3" }, "encode"],
  ])("%s", (_, change, action) => {
    expect(planned(withVideo(film, change)).video.action).toBe(action);
  });

  test("HEVC and AV1 stay when asked", () => {
    const plan = planned(withVideo(film, { codec: "hevc", codecTag: "hvc1" }), {
      keepModern: true,
    });
    expect(plan.kind).toBe("as-is");
  });

  test.each([
    ["odd sizes become even", { width: 853, height: 479 }, {}, [854, 480]],
    [
      "a scope film fits the 16:9 frame",
      { width: 1920, height: 800 },
      { maxHeight: 720 },
      [1280, 534],
    ],
    [
      "an upright film fits lying down",
      { width: 1080, height: 1920 },
      { maxHeight: 720 },
      [720, 1280],
    ],
    ["nothing is enlarged", { width: 640, height: 360 }, { maxHeight: 720 }, [640, 360]],
    ["8K fits level 5.2", { width: 7680, height: 4320 }, {}, [4096, 2304]],
  ])("%s", (_, change, options, size) => {
    const { video } = planned(withVideo(film, { ...change, codec: "mpeg4" }), options);
    expect(video).toMatchObject({ action: "encode", width: size[0], height: size[1] });
  });

  test("anamorphic pixels are made square", () => {
    // 720 × 16/15
    expect(planned(recorded("mpg-mpeg2-mp2")).video).toMatchObject({ width: 768, height: 576 });
  });

  test("a rotated film is encoded upright", () => {
    const probe = withVideo(recorded("mp4-rotated"), { codec: "mpeg4" });
    expect(planned(probe).video).toMatchObject({ width: 180, height: 320 });
  });

  test("a cover is not the film, wherever it stands", () => {
    const probe = recorded("mp4-cover-first");
    expect(probe.video.map((stream) => stream.isAttachedPicture)).toContain(true);
    expect(
      probe.video.find((stream) => stream.index === planned(probe).video.streamIndex)?.codec,
    ).toBe("h264");
  });

  test.each([
    ["even", { frameRate: 25, baseFrameRate: 25 }, null],
    ["uneven", { frameRate: 22, baseFrameRate: 30, isVariableFrameRate: true }, 30],
    ["very uneven", { frameRate: 7, baseFrameRate: 57600, isVariableFrameRate: true }, 60],
  ])("frames that come %s", (_, change, frameRate) => {
    expect(planned(withVideo(film, { ...change, codec: "mpeg4" })).video).toMatchObject({
      frameRate,
    });
  });

  test("interlaced, HDR and fast films are told to the encoder", () => {
    const probe = withVideo(film, {
      codec: "hevc",
      isInterlaced: true,
      hdr: "pq",
      frameRate: 120,
    });
    expect(planned(probe).video).toMatchObject({
      deinterlace: true,
      toneMap: "pq",
      frameRate: 60,
      keyframeFrames: 240,
    });
  });
});

describe("the sound", () => {
  test("all tracks are kept, and a commentary never is the default", () => {
    const plan = planned(recorded("mkv-h264-three-tracks"), { originalLanguage: "de" });
    expect(plan.audio).toMatchObject([
      {
        streamIndex: 3,
        language: "de",
        isDefault: true,
        action: "encode",
        channels: 2,
        downmix: false,
      },
      { streamIndex: 1, language: "en", isDefault: false, action: "copy", isCommentary: true },
      {
        streamIndex: 2,
        language: "fr",
        isDefault: false,
        action: "encode",
        channels: 2,
        downmix: true,
      },
    ]);
  });

  test("a single flag decides before the original language", () => {
    const probe = recorded("mkv-h264-three-tracks");
    const flagged = {
      ...probe,
      audio: probe.audio.map((track) => ({ ...track, isDefault: track.language === "fr" })),
    };
    expect(planned(flagged, { originalLanguage: "de" }).audio[0]?.language).toBe("fr");
  });

  test("without a flag or a known language the first that is no commentary plays", () => {
    expect(planned(recorded("mkv-h264-three-tracks")).audio[0]?.language).toBe("fr");
  });

  test("as it is only when the default is the first", () => {
    const film = recorded("mp4-h264-aac");
    const [track] = film.audio;
    if (!track) throw new Error("no track");
    const audio = [
      { ...track, language: "en", isDefault: false },
      { ...track, index: track.index + 1, language: "tr", isDefault: true },
    ];
    const plan = planned({ ...film, audio });
    expect(codes(plan)).toEqual(["plan-track-order"]);
    expect(plan.audio.map(({ language }) => language)).toEqual(["tr", "en"]);
  });

  test.each([
    ["AAC Main", { profile: "Main" }, "encode"],
    ["HE-AAC", { profile: "HE-AAC" }, "copy"],
    ["AAC in LATM", { codec: "aac_latm" }, "encode"],
    ["MP3", { codec: "mp3" }, "copy"],
    ["MP3 at 8 kHz", { codec: "mp3", sampleRate: 8000 }, "encode"],
    ["DTS", { codec: "dts" }, "encode"],
    ["PCM", { codec: "pcm_s24le" }, "encode"],
  ])("%s", (_, change, action) => {
    expect(
      planned(withAudio(recorded("mkv-h264-opus"), { codec: "aac", ...change })).audio,
    ).toMatchObject([{ action }]);
  });

  test.each([
    ["mono stays mono", { channels: 1 }, { channels: 1, bitRate: 96_000, downmix: false }],
    ["7.1 becomes stereo", { channels: 8 }, { channels: 2, bitRate: 192_000, downmix: true }],
    ["96 kHz becomes 48", { sampleRate: 96_000 }, { sampleRate: 48_000 }],
    ["22 kHz stays", { sampleRate: 22_050 }, { sampleRate: 22_050 }],
  ])("%s", (_, change, wanted) => {
    expect(planned(withAudio(recorded("mkv-h264-flac"), change)).audio).toMatchObject([wanted]);
  });

  test("5.1 is kept beside stereo when asked", () => {
    expect(planned(recorded("mkv-h264-ac3-srt"), { keepSurround: true }).audio).toMatchObject([
      { channels: 2, isDefault: true },
      { channels: 6, isDefault: false, downmix: false },
    ]);
  });

  test("only stereo is kept when asked: a track whose stereo is there is left out", () => {
    const film = recorded("mp4-h264-aac");
    const [track] = film.audio;
    if (!track) throw new Error("no track");
    const surround = { ...track, index: 2, channels: 6, language: "en", isDefault: false };
    const audio = [
      { ...track, language: "en" },
      surround,
      { ...surround, index: 3, title: "Director's cut" },
      { ...surround, index: 4, language: "tr" },
    ];
    const plan = planned({ ...film, audio }, { stereoOnly: true, keepSurround: true });
    expect(plan.audio.map(({ streamIndex, channels }) => [streamIndex, channels])).toEqual([
      [1, 2],
      [3, 2],
      [4, 2],
    ]);
    expect(codes(plan)).not.toContain("plan-sound-left-out");
  });

  test("clear voices are added once, last, never as the default", () => {
    const film = recorded("mp4-h264-aac");
    const added = planned(film, { clearVoice: true });
    expect(added.kind).toBe("sound");
    expect(codes(added)).toEqual(["plan-clear-voice"]);
    expect(added.audio).toMatchObject([
      { action: "copy", isDefault: true, isClearVoice: false },
      { action: "encode", channels: 2, isDefault: false, isClearVoice: true, title: null },
    ]);
    expect(storedPlanOf(added).clearVoiceTracks).toEqual([1]);

    const [track] = film.audio;
    if (!track) throw new Error("no track");
    const audio = [{ ...track, index: 2, isDefault: true }, track];
    const again = planned({ ...film, audio }, { clearVoice: true, clearVoiceStreams: [2] });
    expect(again.audio).toMatchObject([
      { streamIndex: 1, isDefault: true, isClearVoice: false },
      { streamIndex: 2, action: "copy", isDefault: false, isClearVoice: true },
    ]);
    expect(planned({ ...film, audio: [] }, { clearVoice: true }).audio).toEqual([]);
  });

  test("a track that cannot be read is left out, and the file is no longer taken as it is", () => {
    const plan = planned(withAudio(recorded("mp4-h264-aac"), { codec: "unknown", channels: 0 }));
    expect(plan.audio).toEqual([]);
    expect(plan.kind).toBe("container");
    expect(codes(plan)).toEqual(["plan-sound-left-out", "plan-no-sound"]);
  });
});

describe("refused", () => {
  test.each([
    ["sound only", recorded("mkv-sound-only"), "media-only-sound"],
    [
      "a cover and sound",
      withVideo(recorded("mp4-h264-aac"), { isAttachedPicture: true }),
      "media-only-sound",
    ],
    ["no stream", { ...recorded("mkv-sound-only"), audio: [] }, "media-no-video"],
    ["encrypted", withVideo(recorded("mp4-h264-aac"), { isEncrypted: true }), "media-encrypted"],
    [
      "no frame understood",
      withVideo(recorded("mp4-h264-aac"), { pixelFormat: null }),
      "media-picture-unreadable",
    ],
    [
      "no frame understood in a file that ends early",
      { ...withVideo(recorded("mp4-h264-aac"), { pixelFormat: null }), isTruncated: true },
      "media-incomplete",
    ],
    [
      "Dolby Vision without a base layer",
      withVideo(recorded("mp4-hevc-eac3"), { dolbyVision: { profile: 5, hasBaseLayer: false } }),
      "media-dolby-vision-only",
    ],
  ])("%s", (_, probe, code) => {
    expect(refusalOf(probe)).toBe(code);
  });
});

describe("the largest result", () => {
  const film = recorded("mpg-mpeg2-mp2");
  test.each([
    ["a gigabyte for a short one", 4, 1_000_000, 1024 ** 3],
    ["fifty megabytes for each second", 7200, 4e9, 7200 * 50e6],
    ["four times the source", 60, 4e9, 16e9],
    ["no more than a clock that runs wild deserves", 1e12, 1_000_000, 20e9],
  ])("%s", (_, durationSeconds, sizeBytes, maxBytes) => {
    expect(planned({ ...film, durationSeconds, sizeBytes }).maxBytes).toBe(maxBytes);
  });
});

describe("the expected length", () => {
  test("does not count a subtitle that reaches beyond the film", () => {
    const probe = { ...recorded("mkv-h264-ac3-srt"), durationSeconds: 4 };
    expect(planned(probe).durationSeconds).toBeCloseTo(4, 0);
  });

  test("is unknown where ffprobe only guessed", () => {
    expect(
      planned({ ...recorded("mp4-h264-aac"), isDurationEstimated: true }).durationSeconds,
    ).toBeNull();
  });

  test("chapters before the first frame are dropped", () => {
    const probe = { ...recorded("mkv-h264-ac3-srt"), startSeconds: 2.5 };
    expect(planned(probe).chapters.map(({ title }) => title)).toEqual(["The end"]);
  });
});
