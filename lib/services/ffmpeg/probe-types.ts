/** What is in a file, in our words. Plain JSON throughout. */
export interface Probe {
  /** As Matroska, WebM, MP4, MOV, AVI, MPEG-TS, MPEG-PS …: for people; see `format` for rules. */
  container: string;
  /** ffprobe's own name of the format: `mov,mp4,m4a,3gp,3g2,mj2`, `matroska,webm`. */
  format: string;
  /** Of the film: its picture and sound, else of the file. Null when it cannot be told. */
  durationSeconds: number | null;
  /** True when it was guessed from size and bit rate: raw streams have no clock. */
  isDurationEstimated: boolean;
  sizeBytes: number;
  /** Bits per second of the whole file. */
  bitRate: number | null;
  /** Timestamp of what comes first; players begin there. */
  startSeconds: number;
  /** MP4 and MOV only: the index stands before the samples. */
  isFastStart: boolean;
  isFragmented: boolean;
  /** The file ends before its own index says. */
  isTruncated: boolean;
  video: VideoStream[];
  audio: AudioStream[];
  subtitles: SubtitleStream[];
  /** Data, attachments, timecodes: counted, never kept. */
  otherStreamCount: number;
  chapters: Chapter[];
}

interface Stream {
  /** Number of the stream in the file: what `-map 0:<index>` takes. */
  index: number;
  /** ffmpeg's name: h264, hevc, aac, eac3, subrip; `unknown` when it has none. */
  codec: string;
  /** Four characters of the container, `avc1` for instance; null outside MP4 and AVI. */
  codecTag: string | null;
  isDefault: boolean;
  startSeconds: number | null;
  durationSeconds: number | null;
  isEncrypted: boolean;
}

export interface VideoStream extends Stream {
  profile: string | null;
  /** As the codec counts: 41 is H.264 4.1, 120 is HEVC 4.0; null when unknown. */
  level: number | null;
  /** ffmpeg's name, such as yuv420p10le; null when no frame could be understood. */
  pixelFormat: string | null;
  bitDepth: number;
  chroma: "4:0:0" | "4:2:0" | "4:2:2" | "4:4:4" | "other";
  /** Stored pixels. */
  codedWidth: number;
  codedHeight: number;
  /** As people see it: pixels made square, turned upright. */
  width: number;
  height: number;
  /** Width of a pixel by its height. */
  sampleAspectRatio: number;
  /** Degrees clockwise to turn for showing: 0, 90, 180 or 270. */
  rotation: 0 | 90 | 180 | 270;
  isMirrored: boolean;
  /** Frames per second on average; null when unknown. */
  frameRate: number | null;
  isVariableFrameRate: boolean;
  /** The lowest rate at whose beats all frames lie; null when unknown. */
  baseFrameRate: number | null;
  isInterlaced: boolean;
  /** How many frames a decoder holds back to bring them in order. */
  reorderedFrames: number;
  /** AVI and the like store when frames are decoded, not when they are shown. */
  hasOnlyDecodeTimes: boolean;
  /** A cover or another still, not a film. */
  isAttachedPicture: boolean;
  /** ffmpeg's names; null when the file does not say. */
  color: {
    range: string | null;
    space: string | null;
    transfer: string | null;
    primaries: string | null;
  };
  hdr: "pq" | "hlg" | null;
  /** Dolby Vision profile, and whether its picture makes sense without Dolby's data. */
  dolbyVision: { profile: number; hasBaseLayer: boolean } | null;
}

export interface AudioStream extends Stream {
  profile: string | null;
  channels: number;
  layout: string | null;
  sampleRate: number;
  /** BCP 47; null when the file does not say. */
  language: string | null;
  title: string | null;
  isCommentary: boolean;
  /** Describes the picture for those who cannot see it. */
  isDescription: boolean;
}

export interface SubtitleStream {
  index: number;
  codec: string;
  /** Bitmaps are pictures of text: they cannot become WebVTT. */
  kind: "text" | "bitmap";
  /** BCP 47; null when the file does not say. */
  language: string | null;
  title: string | null;
  isDefault: boolean;
  isForced: boolean;
  isHearingImpaired: boolean;
}

export interface Chapter {
  startSeconds: number;
  endSeconds: number;
  title: string | null;
}
