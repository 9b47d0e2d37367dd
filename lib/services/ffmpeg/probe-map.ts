import { languageOf } from "./languages";
import type { Mp4Layout } from "./mp4-boxes";
import { clockless, durationOf, hasJumpingClock, taggedDuration } from "./probe-length";
import type { AudioStream, Chapter, Probe, SubtitleStream, VideoStream } from "./probe-types";
import type { WireProbe, WireStream } from "./probe-wire";

const containers: [RegExp, string][] = [
  [/matroska/, "Matroska"],
  [/mov|mp4/, "MP4"],
  [/^avi$/, "AVI"],
  [/^mpegts$/, "MPEG-TS"],
  [/^mpeg$/, "MPEG-PS"],
  [/^asf/, "WMV"],
  [/flv$/, "FLV"],
  [/^ogg$/, "Ogg"],
  [/^rm$/, "RealMedia"],
];

const textSubtitles = new Set([
  ...["subrip", "srt", "ass", "ssa", "webvtt", "mov_text", "text", "microdvd", "subviewer"],
  ...["subviewer1", "sami", "realtext", "jacosub", "mpl2", "vplayer", "pjs", "stl"],
]);

const commentarySigns = /comment|kommentar|comentario|comentário|commento|yorum/i;
const descriptionSigns = /\b(audio|video)[ -]?descri|descriptive|\(AD\)/i;

/** Turns ffprobe's answer into ours; pure. `mp4` is the box layout where the file is an MP4. */
export function probeFrom(all: WireProbe, sizeBytes: number, mp4: Mp4Layout | null): Probe {
  const wire = { ...all, streams: streamsOfFilm(all) };
  const format = wire.format?.format_name ?? "unknown";
  const wholeSeconds = wire.format?.duration ?? 0;
  const video = of(wire, "video").map((stream) => videoFrom(stream, format, wholeSeconds));
  const audio = of(wire, "audio").map((stream) => audioFrom(stream, wholeSeconds));
  const subtitles = of(wire, "subtitle").map(subtitleFrom);
  const known = video.length + audio.length + subtitles.length;
  return {
    container: containerOf(wire, format, mp4),
    format,
    durationSeconds: hasJumpingClock(wire, sizeBytes) ? null : durationOf(wire, video, audio),
    isDurationEstimated: clockless.test(format) || hasJumpingClock(wire, sizeBytes),
    sizeBytes,
    bitRate: wire.format?.bit_rate ?? null,
    startSeconds: wire.format?.start_time ?? 0,
    isFastStart: mp4?.isFastStart ?? false,
    isFragmented: mp4?.isFragmented ?? false,
    isTruncated: mp4?.isTruncated ?? false,
    video,
    audio,
    subtitles,
    otherStreamCount: all.streams.length - known,
    chapters: wire.chapters.flatMap(chapterFrom),
  };
}

/**
 * A whole channel of television, recorded, holds several programs: sound and subtitles of another
 * one are not this film's. Its program is the one with the largest picture.
 */
function streamsOfFilm({ streams, programs }: WireProbe): WireStream[] {
  if (programs.length < 2) return streams;
  const pixelsOf = (index: number) => {
    const stream = streams.find((one) => one.index === index);
    return stream?.codec_type === "video" ? (stream.width ?? 0) * (stream.height ?? 0) : 0;
  };
  const largest = (program: (typeof programs)[number]) =>
    Math.max(0, ...program.streams.map(({ index }) => pixelsOf(index)));
  const [film, ...others] = programs.toSorted((a, b) => largest(b) - largest(a));
  const ofFilm = new Set(film?.streams.map(({ index }) => index));
  const ofOthers = new Set(others.flatMap((program) => program.streams.map(({ index }) => index)));
  return streams.filter(({ index }) => ofFilm.has(index) || !ofOthers.has(index));
}

function of(wire: WireProbe, type: string): WireStream[] {
  return wire.streams.filter((stream) => stream.codec_type === type);
}

function containerOf(wire: WireProbe, format: string, mp4: Mp4Layout | null): string {
  if (mp4?.majorBrand === "qt  ") return "MOV";
  // ffprobe has one name for both; WebM is what holds only WebM's codecs.
  if (/matroska/.test(format)) {
    const codecs = wire.streams.map((stream) => stream.codec_name ?? "");
    if (codecs.length > 0 && codecs.every((name) => /^(vp[89]|av1|opus|vorbis|webvtt)$/.test(name)))
      return "WebM";
  }
  return containers.find(([sign]) => sign.test(format))?.[1] ?? format.toUpperCase();
}

function common(stream: WireStream, wholeSeconds: number) {
  const tag = stream.codec_tag_string;
  const tagged = taggedDuration(stream, wholeSeconds);
  return {
    index: stream.index,
    codec: stream.codec_name ?? "unknown",
    codecTag: tag && !tag.startsWith("[") ? tag : null,
    isDefault: stream.disposition.default === 1,
    startSeconds: stream.start_time ?? null,
    // A track of which nothing was written says so; ffprobe then puts the file's length there.
    durationSeconds: tagged === 0 ? 0 : (stream.duration ?? tagged ?? null),
    // What may be: a header can say so of samples that are clear (probe.ts decides).
    isEncrypted:
      ["encv", "enca", "drmi", "drms", "drac"].includes(tag ?? "") ||
      stream.tags.enc_key_id !== undefined ||
      stream.side_data_list.some((data) => /^Encryption/.test(data.side_data_type ?? "")),
  };
}

function videoFrom(stream: WireStream, format: string, wholeSeconds: number): VideoStream {
  const width = stream.width ?? 0;
  const height = stream.height ?? 0;
  const aspect = plausibleAspect(stream.sample_aspect_ratio);
  const turn = turnOf(stream);
  // A pixel is made square by stretching, never by shrinking: no detail is lost.
  const shownWidth = aspect >= 1 ? Math.round(width * aspect) : width;
  const shownHeight = aspect >= 1 ? height : Math.round(height / aspect);
  const isTurned = turn.rotation === 90 || turn.rotation === 270;
  const average = stream.avg_frame_rate;
  const base = stream.r_frame_rate;
  const pixelFormat = stream.pix_fmt ?? null;
  const shared = common(stream, wholeSeconds);
  const vision = stream.side_data_list.find((data) => data.dv_profile !== undefined);
  return {
    ...shared,
    profile: stream.profile ?? null,
    level: stream.level !== undefined && stream.level > 0 ? stream.level : null,
    pixelFormat,
    bitDepth: bitDepthOf(pixelFormat, stream.bits_per_raw_sample),
    chroma: chromaOf(pixelFormat),
    codedWidth: width,
    codedHeight: height,
    width: isTurned ? shownHeight : shownWidth,
    height: isTurned ? shownWidth : shownHeight,
    sampleAspectRatio: aspect,
    ...turn,
    frameRate: average ?? base ?? null,
    baseFrameRate: base ?? null,
    isVariableFrameRate:
      average !== undefined && base !== undefined && Math.abs(average / base - 1) > 0.005,
    isInterlaced: ["tt", "bb", "tb", "bt"].includes(stream.field_order ?? ""),
    reorderedFrames: stream.has_b_frames ?? 0,
    // Matroska has a compatibility mode for AVI's codecs; only there does a stream have a tag.
    hasOnlyDecodeTimes:
      format === "avi" ||
      clockless.test(format) ||
      (/matroska/.test(format) && shared.codecTag !== null),
    isAttachedPicture: isStill(stream, wholeSeconds),
    color: {
      range: stream.color_range ?? null,
      space: stream.color_space ?? null,
      transfer: stream.color_transfer ?? null,
      primaries: stream.color_primaries ?? null,
    },
    hdr:
      stream.color_transfer === "smpte2084"
        ? "pq"
        : stream.color_transfer === "arib-std-b67"
          ? "hlg"
          : null,
    dolbyVision: vision
      ? {
          profile: vision.dv_profile ?? 0,
          hasBaseLayer: (vision.dv_bl_signal_compatibility_id ?? 0) > 0,
        }
      : null,
  };
}

/** Some files carry shapes that no film has (1:200); those are mistakes. */
function plausibleAspect(ratio: number | undefined): number {
  return ratio !== undefined && ratio > 0.2 && ratio < 5 ? ratio : 1;
}

/** Covers are flagged, or are a track with a codec for pictures and a single frame. */
function isStill(stream: WireStream, wholeSeconds: number): boolean {
  if (stream.disposition.attached_pic === 1 || stream.disposition.still_image === 1) return true;
  const isPicture = /^(mjpeg|png|bmp|gif|webp|tiff|jpeg2000)$/.test(stream.codec_name ?? "");
  if (!isPicture) return false;
  const seconds = stream.duration ?? taggedDuration(stream, wholeSeconds) ?? wholeSeconds;
  const isMoment = seconds < 1 && wholeSeconds > 2;
  return stream.nb_frames === 1 || stream.avg_frame_rate === undefined || isMoment;
}

/** The display matrix: ffprobe counts counter-clockwise and does not name mirroring. */
function turnOf(stream: WireStream): Pick<VideoStream, "rotation" | "isMirrored"> {
  const data = stream.side_data_list.find((entry) => entry.rotation !== undefined);
  const tagged = Number(stream.tags.rotate);
  const degrees = data?.rotation !== undefined ? -data.rotation : tagged || 0;
  const quarter = (((Math.round(degrees / 90) % 4) + 4) % 4) * 90;
  const rotation = quarter === 90 || quarter === 180 || quarter === 270 ? quarter : 0;
  // Rows of "offset: a b u": a·d − b·c below zero means that the picture is mirrored.
  const cells = [...(data?.displaymatrix ?? "").matchAll(/:\s+(-?\d+)\s+(-?\d+)\s+-?\d+/g)];
  const [a, b, c, d] = cells.slice(0, 2).flatMap((row) => [Number(row[1]), Number(row[2])]);
  const determinant = (a ?? 1) * (d ?? 1) - (b ?? 0) * (c ?? 0);
  return { rotation, isMirrored: determinant < 0 };
}

/** From names such as yuv420p10le, p010le, gray12be, gbrp16. */
function bitDepthOf(pixelFormat: string | null, raw: number | undefined): number {
  const found = /(?:p|gray|[xy]2rgb|p0|p2|p4)(9|10|12|14|16)(?:le|be)?$/.exec(pixelFormat ?? "");
  return found ? Number(found[1]) : raw && raw > 8 && !pixelFormat ? raw : 8;
}

function chromaOf(pixelFormat: string | null): VideoStream["chroma"] {
  if (!pixelFormat) return "other";
  if (/^(yuvj?420p|yuva420p|nv12|nv21|p01[026])/.test(pixelFormat)) return "4:2:0";
  if (/^(yuvj?422p|yuva422p|yuyv422|uyvy422|nv16|p21)/.test(pixelFormat)) return "4:2:2";
  if (/^(yuvj?444p|yuva444p|nv24|p41)/.test(pixelFormat)) return "4:4:4";
  if (/^gray/.test(pixelFormat)) return "4:0:0";
  return "other";
}

function audioFrom(stream: WireStream, wholeSeconds: number): AudioStream {
  const title = titleOf(stream);
  return {
    ...common(stream, wholeSeconds),
    profile: stream.profile ?? null,
    channels: stream.channels ?? 0,
    layout: stream.channel_layout ?? null,
    sampleRate: stream.sample_rate ?? 0,
    language: languageOf(stream.tags.language, title),
    title,
    isCommentary: stream.disposition.comment === 1 || commentarySigns.test(title ?? ""),
    isDescription:
      stream.disposition.visual_impaired === 1 ||
      stream.disposition.descriptions === 1 ||
      descriptionSigns.test(title ?? ""),
  };
}

function subtitleFrom(stream: WireStream): SubtitleStream {
  const title = titleOf(stream);
  const codec = stream.codec_name ?? "unknown";
  return {
    index: stream.index,
    codec,
    kind: textSubtitles.has(codec) ? "text" : "bitmap",
    language: languageOf(stream.tags.language, title),
    title,
    isDefault: stream.disposition.default === 1,
    isForced: stream.disposition.forced === 1 || /\bforced\b|\bsigns\b/i.test(title ?? ""),
    isHearingImpaired:
      stream.disposition.hearing_impaired === 1 || /\b(sdh|hi|cc)\b/i.test(title ?? ""),
  };
}

/** MP4 keeps a track's title as the name of its handler, next to names that programs leave. */
function titleOf(stream: WireStream): string | null {
  const handler = stream.tags.handler_name ?? "";
  const isProgram = /handle|media|gpac|mainconcept|apple|^(sound|audio|stereo|mono)$/i.test(
    handler,
  );
  const title = (stream.tags.title ?? stream.tags.name ?? (isProgram ? "" : handler)).trim();
  return title === "" ? null : title.slice(0, 200);
}

function chapterFrom(wire: WireProbe["chapters"][number]): Chapter[] {
  const { start_time: startSeconds, end_time: endSeconds } = wire;
  if (startSeconds === undefined || endSeconds === undefined || endSeconds <= startSeconds) {
    return [];
  }
  return [{ startSeconds, endSeconds, title: wire.tags.title?.trim().slice(0, 200) || null }];
}
