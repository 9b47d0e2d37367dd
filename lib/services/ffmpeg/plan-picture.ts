import { type Reason, reason } from "@/lib/errors";
import { codecName } from "./names";
import type { PlanOptions, VideoPlan } from "./plan";
import type { Probe, VideoStream } from "./probe-types";

/** H.264 level 5.2 ends here (ITU-T H.264, table A-1): what hardware decoders are built for. */
const maxLevel = 52;
const maxWidth = 4096;
const maxHeight = 2304;
const maxFrameRate = 60;

/** Time between key frames: what a seek lands on, and what HLS segments will be cut at. */
const keyframeSeconds = 4;

const copiedProfiles = new Set([
  ...["Baseline", "Constrained Baseline", "Main", "High", "Constrained High", "Progressive High"],
]);

/**
 * The stream that is the film: one that can be decoded before one that cannot, then the longest,
 * the largest, the one that the file calls default, the first. Undefined when there is none.
 */
export function filmStream(probe: Probe): VideoStream | undefined {
  const rank = (stream: VideoStream) => [
    isReadable(stream) ? 1 : 0,
    // Tracks of one film differ by a few frames.
    Math.round((stream.durationSeconds ?? probe.durationSeconds ?? 0) / 10),
    stream.codedWidth * stream.codedHeight,
    stream.isDefault ? 1 : 0,
    -stream.index,
  ];
  return probe.video
    .filter((stream) => !stream.isAttachedPicture)
    .toSorted((a, b) => {
      const [left, right] = [rank(a), rank(b)];
      const at = left.findIndex((value, place) => value !== right[place]);
      return (right[at] ?? 0) - (left[at] ?? 0);
    })[0];
}

/** False when ffprobe saw no frame that it understood. */
export function isReadable(stream: VideoStream): boolean {
  return stream.pixelFormat !== null && stream.codedWidth > 0 && stream.codedHeight > 0;
}

/** HEVC and AV1 in the forms that some browsers show: HDR included, finer colours not. */
export function isModern(stream: VideoStream): boolean {
  const isPlain = stream.chroma === "4:2:0" && stream.bitDepth <= 10 && !stream.isInterlaced;
  return ["hevc", "av1"].includes(stream.codec) && isPlain;
}

/** Why a picture cannot stay as it is; empty when every browser shows it (or it is to be kept). */
export function whyEncode(stream: VideoStream, options: PlanOptions): Reason[] {
  const why: Reason[] = [];
  const isTooLarge = options.maxHeight !== undefined && fitted(stream, options).isSmaller;
  if (isTooLarge) why.push(reason("plan-picture-size", { height: options.maxHeight ?? 0 }));
  if (isModern(stream) && options.keepModern) return why;
  if (stream.codec === "vp9") {
    if (stream.bitDepth > 8) why.push(reason("plan-picture-bits", { bits: stream.bitDepth }));
    else if (stream.chroma !== "4:2:0") why.push(reason("plan-picture-chroma"));
    return why;
  }
  if (stream.codec !== "h264") {
    why.push(reason("plan-picture-codec", { codec: codecName(stream.codec) }));
    if (stream.hdr) why.push(reason("plan-picture-hdr"));
  } else if (stream.bitDepth > 8) {
    why.push(reason("plan-picture-bits", { bits: stream.bitDepth }));
  } else if (stream.chroma !== "4:2:0") {
    why.push(reason("plan-picture-chroma"));
  } else if (stream.profile !== null && !copiedProfiles.has(stream.profile)) {
    why.push(reason("plan-picture-profile", { profile: stream.profile }));
  } else if ((stream.level ?? 0) > maxLevel) {
    why.push(reason("plan-picture-level", { level: ((stream.level ?? 0) / 10).toFixed(1) }));
  }
  if (stream.isInterlaced) why.push(reason("plan-picture-interlaced"));
  // Copied, such frames would be shown in the order in which they are decoded.
  if (why.length === 0 && stream.hasOnlyDecodeTimes && stream.reorderedFrames > 0) {
    why.push(reason("plan-picture-timing"));
  }
  return why;
}

/** What is done to the picture, given whether it has to be encoded. */
export function pictureFor(
  stream: VideoStream,
  mustEncode: boolean,
  options: PlanOptions,
): VideoPlan {
  if (!mustEncode) {
    return { action: "copy", streamIndex: stream.index, codec: stream.codec };
  }
  const { width, height } = fitted(stream, options);
  const frameRate = evenFrameRate(stream);
  return {
    action: "encode",
    streamIndex: stream.index,
    codec: "h264",
    width,
    height,
    crf: options.crf ?? 20,
    preset: options.preset ?? "veryfast",
    keyframeFrames: Math.max(
      12,
      Math.round((frameRate ?? stream.frameRate ?? 25) * keyframeSeconds),
    ),
    frameRate,
    startAtZero: stream.hasOnlyDecodeTimes,
    deinterlace: stream.isInterlaced,
    toneMap: stream.hdr,
    isRgb: /^(gbr|rgb|bgr|argb|abgr|0rgb|0bgr|pal8|x2rgb|x2bgr)/.test(stream.pixelFormat ?? ""),
  };
}

/**
 * Uneven films are brought to their own beat, at most 60 a second (8 ms from where a frame was):
 * ffmpeg would otherwise fill up to any beat that the file claims, thousands a second for some,
 * and cut a long last frame off. Repeated frames cost next to nothing.
 */
function evenFrameRate(stream: VideoStream): number | null {
  const rate = stream.isVariableFrameRate ? stream.baseFrameRate : stream.frameRate;
  if (rate !== null && rate > maxFrameRate * 1.02) return maxFrameRate;
  return stream.isVariableFrameRate ? rate : null;
}

/**
 * The size to encode at: as displayed, even numbers as 4:2:0 wants, within level 5.2 and the
 * asked height (a wide film counts by the 16:9 frame that it would lie in).
 */
function fitted(stream: VideoStream, options: PlanOptions) {
  const limitHeight = Math.min(maxHeight, options.maxHeight ?? maxHeight);
  const limitWidth = Math.min(maxWidth, options.maxHeight ? limitHeight * (16 / 9) : maxWidth);
  // The limits lie along the sides: a film held upright is measured lying down.
  const [longSide, shortSide] = [
    Math.max(stream.width, stream.height),
    Math.min(stream.width, stream.height),
  ];
  const scale = Math.min(1, limitWidth / longSide, limitHeight / shortSide);
  const even = (side: number) => Math.max(2, Math.round((side * scale) / 2) * 2);
  return { width: even(stream.width), height: even(stream.height), isSmaller: scale < 1 };
}
