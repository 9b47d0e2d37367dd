import { describe, expect, test } from "vitest";
import { argsFor } from "./args";
import type { HardwareEncoder } from "./encoders";
import type { AudioPlan, Plan, VideoPlan } from "./plan";

const paths = { inputPath: "/in/-odd:name.mkv", outputPath: "/out/a.mp4" };

const copied: VideoPlan = { action: "copy", streamIndex: 2, codec: "h264" };
const encoded: VideoPlan = {
  action: "encode",
  streamIndex: 0,
  codec: "h264",
  width: 854,
  height: 480,
  crf: 21,
  preset: "veryfast",
  keyframeFrames: 100,
  frameRate: null,
  startAtZero: false,
  deinterlace: false,
  toneMap: null,
  isRgb: false,
};
const stereo: Extract<AudioPlan, { action: "encode" }> = {
  action: "encode",
  streamIndex: 3,
  codec: "aac",
  channels: 2,
  sampleRate: 48_000,
  bitRate: 192_000,
  downmix: true,
  language: "tr",
  title: "5.1",
  isDefault: true,
  isCommentary: false,
  isClearVoice: false,
};

function argsOf(change: Partial<Plan>): string[] {
  return argsFor(
    {
      kind: "sound",
      why: [],
      durationSeconds: 1,
      video: copied,
      audio: [],
      chapters: [],
      ...change,
    },
    paths,
  );
}

/** The value behind an option, or undefined. */
const optionOf = (args: string[], option: string) => args[args.indexOf(option) + 1];
const filterOf = (video: VideoPlan) => optionOf(argsOf({ video }), "-filter:v:0") ?? "";

describe("argsFor", () => {
  test("names files so that dashes and colons mean nothing, and opens nothing but files", () => {
    const args = argsOf({});
    expect(optionOf(args, "-i")).toBe("file:/in/-odd:name.mkv");
    expect(args.at(-1)).toBe("file:/out/a.mp4");
    expect(args.indexOf("-protocol_whitelist")).toBeLessThan(args.indexOf("-i"));
    expect(optionOf(args, "-protocol_whitelist")).toBe("file");
    expect(optionOf(args, "-format_whitelist")?.split(",")).not.toContain("hls");
    expect(optionOf(args, "-format_whitelist")?.split(",")).not.toContain("concat");
  });

  test("maps what the plan chose and nothing else", () => {
    const args = argsOf({ audio: [stereo, { ...stereo, streamIndex: 1, isDefault: false }] });
    expect(args.filter((_, place) => args[place - 1] === "-map")).toEqual(["0:2", "0:3", "0:1"]);
  });

  test("takes no metadata along but languages, titles of tracks and chapters", () => {
    const chapters = [
      { startSeconds: 0, endSeconds: 1, title: null },
      { startSeconds: 1, endSeconds: 2, title: "Two = 2" },
    ];
    const args = argsOf({ audio: [stereo], chapters });
    expect(optionOf(args, "-map_metadata")).toBe("-1");
    expect(optionOf(args, "-map_chapters")).toBe("0");
    expect(optionOf(args, "-metadata:c:1")).toBe("title=Two = 2");
    expect(args).not.toContain("-metadata:c:0");
    expect(args).toContain("language=tur");
    expect(args).toContain("title=5.1");
    expect(optionOf(argsOf({}), "-map_chapters")).toBe("-1");
  });

  test("only the first track is the default; a commentary is marked", () => {
    const second = { ...stereo, isDefault: false, isCommentary: true };
    const args = argsOf({ audio: [stereo, second, { ...stereo, isDefault: false }] });
    expect(optionOf(args, "-disposition:a:0")).toBe("default");
    expect(optionOf(args, "-disposition:a:1")).toBe("comment");
    expect(optionOf(args, "-disposition:a:2")).toBe("0");
  });

  test("copies without filters and encodes to what every browser shows", () => {
    expect(argsOf({})).not.toContain("-filter:v:0");
    const args = argsOf({ video: encoded });
    expect(optionOf(args, "-c:v:0")).toBe("libx264");
    expect(optionOf(args, "-profile:v:0")).toBe("high");
    expect(optionOf(args, "-pix_fmt:v:0")).toBe("yuv420p");
    expect(args).not.toContain("-threads:v:0");
  });

  test("takes headers off copied AAC, and leaves other copied sound alone", () => {
    const copiedSound = { ...stereo, action: "copy" as const, codec: "aac" };
    const args = argsOf({ audio: [copiedSound, { ...copiedSound, codec: "mp3" }] });
    expect(optionOf(args, "-bsf:a:0")).toBe("aac_adtstoasc");
    expect(args).not.toContain("-bsf:a:1");
  });

  test("a result has a largest size where the plan gives one", () => {
    expect(optionOf(argsOf({ maxBytes: 5_000_000 }), "-fs")).toBe("5000000");
    expect(argsOf({})).not.toContain("-fs");
  });

  test("filters stand in the order that keeps fields and colours right", () => {
    expect(filterOf(encoded)).toBe("scale=w=854:h=480:flags=bicubic,setsar=1");
    const names = filterOf({ ...encoded, deinterlace: true, frameRate: 60, toneMap: "pq" })
      .split(",")
      .map((filter) => filter.split("=")[0]);
    expect(names.slice(0, 3)).toEqual(["bwdif", "fps", "zscale"]);
    expect(names.slice(-3)).toEqual(["format", "scale", "setsar"]);
  });

  test("folds channels in floating point and limits only then", () => {
    const folded = optionOf(argsOf({ audio: [stereo] }), "-filter:a:0");
    expect(folded).toContain("sample_fmts=fltp");
    expect(folded).toContain("alimiter");
    const plain = optionOf(argsOf({ audio: [{ ...stereo, downmix: false }] }), "-filter:a:0");
    expect(plain).not.toContain("alimiter");
  });
});

describe("the encoder", () => {
  const argsWith = (encoder: HardwareEncoder | undefined, video: VideoPlan = encoded) =>
    argsFor(
      { kind: "picture", why: [], durationSeconds: 1, video, audio: [], chapters: [] },
      { ...paths, encoder, threads: 3 },
    );
  const device = "/dev/dri/renderD128";

  test("is x264 with its rate factor, preset and threads", () => {
    const args = argsWith(undefined);
    expect(optionOf(args, "-c:v:0")).toBe("libx264");
    expect(optionOf(args, "-crf")).toBe("21");
    expect(optionOf(args, "-preset")).toBe("veryfast");
    expect(optionOf(args, "-threads:v:0")).toBe("3");
    expect(optionOf(args, "-pix_fmt:v:0")).toBe("yuv420p");
  });

  test.each([
    ["nvenc", null, "h264_nvenc", "-cq:v:0"],
    ["qsv", device, "h264_qsv", "-global_quality:v:0"],
    ["vaapi", device, "h264_vaapi", "-qp:v:0"],
  ] as const)(
    "is that of the chip with its own scale of quality: %s",
    (kind, node, name, scale) => {
      const args = argsWith({ kind, device: node });
      expect(optionOf(args, "-c:v:0")).toBe(name);
      expect(optionOf(args, scale)).toBe("21");
      expect(args).not.toContain("-crf");
      expect(optionOf(args, "-profile:v:0")).toBe("high");
      expect(optionOf(args, "-g:v:0")).toBe("100");
      const uploads = (optionOf(args, "-filter:v:0") ?? "").includes("hwupload");
      expect(uploads).toBe(kind !== "nvenc");
      // What opens the chip stands before the film, and only then counts.
      expect(args.join(" ").includes(device)).toBe(kind !== "nvenc");
      expect(args.findIndex((arg) => arg.includes(device))).toBeLessThan(args.indexOf("-i"));
    },
  );

  test("is left alone where the picture is copied", () => {
    expect(argsWith({ kind: "vaapi", device }, copied).join(" ")).not.toContain(device);
  });
});

describe("clear voices", () => {
  const lifted = { ...stereo, isClearVoice: true, title: null };
  const filterOfSound = (audio: AudioPlan) => optionOf(argsOf({ audio: [audio] }), "-filter:a:0");

  test("come from the centre of 5.1, or from what both channels share", () => {
    expect(filterOfSound(lifted)).toContain("pan=stereo|c0=c2+");
    expect(filterOfSound({ ...lifted, downmix: false })).toContain("0.7*c0+0.3*c1");
    expect(filterOfSound(stereo)).not.toContain("acompressor");
  });
});
