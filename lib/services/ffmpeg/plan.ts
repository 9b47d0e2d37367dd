import { type Reason, reason } from "@/lib/errors";
import { codecName } from "./names";
import { filmStream, isModern, isReadable, pictureFor, whyEncode } from "./plan-picture";
import { canCopy, isAudible, soundFor } from "./plan-sound";
import type { AudioStream, Chapter, Probe, VideoStream } from "./probe-types";

/** Least work first: a hard link, a new container, sound to AAC, picture to H.264. */
export type PlanKind = "as-is" | "container" | "sound" | "picture";

/** What is done to a file and why. Plain JSON: it may be stored. */
export interface Plan {
  kind: PlanKind;
  /** What people read on the movie page, most important first. */
  why: Reason[];
  /** How long the result has to be; null when the source does not tell. */
  durationSeconds: number | null;
  video: VideoPlan;
  /** In the order of the result: the default first. */
  audio: AudioPlan[];
  chapters: Chapter[];
  /** Larger than this the result cannot be: a clock that runs wild must not fill the disk. */
  maxBytes?: number | undefined;
}

export type VideoPlan = { streamIndex: number; codec: string } & (
  | { action: "copy" }
  | {
      action: "encode";
      codec: "h264";
      /** Upright, with square pixels, even. */
      width: number;
      height: number;
      /** x264's constant rate factor: lower is better and larger, 18 to 28 makes sense. */
      crf: number;
      preset: string;
      keyframeFrames: number;
      /** Frames per second to bring an uneven or too fast film to; null leaves them. */
      frameRate: number | null;
      /** The first frame is shown at once: its time is that of decoding, which lags behind. */
      startAtZero: boolean;
      deinterlace: boolean;
      toneMap: "pq" | "hlg" | null;
      /** RGB sources name no matrix; the result gets BT.709 and says so. */
      isRgb: boolean;
    }
);

export type AudioPlan = {
  streamIndex: number;
  codec: string;
  channels: number;
  /** BCP 47; null when unknown. */
  language: string | null;
  title: string | null;
  isDefault: boolean;
  isCommentary: boolean;
  /** Dialogue lifted and loud peaks held: made of another track, now or when the source was made. */
  isClearVoice: boolean;
} & (
  | { action: "copy" }
  | {
      action: "encode";
      codec: "aac";
      sampleRate: number;
      /** Bits per second. */
      bitRate: number;
      /** True when channels are folded into fewer. */
      downmix: boolean;
    }
);

/** Nothing can be made of the file. */
export interface Refusal {
  kind: "refused";
  reason: Reason;
}

export interface PlanOptions {
  /** BCP 47, from the film's metadata: settles which track is the default where flags do not. */
  originalLanguage?: string | null | undefined;
  crf?: number | undefined;
  /** x264's names: ultrafast … placebo. */
  preset?: string | undefined;
  /** Makes the picture smaller than it is, never larger. */
  maxHeight?: number | undefined;
  /** Leaves HEVC and AV1 as they are: only some browsers show them. */
  keepModern?: boolean | undefined;
  /** Keeps a 5.1 track beside the stereo one that is made of it. */
  keepSurround?: boolean | undefined;
  /** Nothing above stereo: for a version that is to be small. */
  stereoOnly?: boolean | undefined;
  /** Adds a track of the default one in which dialogue is lifted and loud peaks are held. */
  clearVoice?: boolean | undefined;
  /** Streams of the source that are such tracks already. */
  clearVoiceStreams?: readonly number[] | undefined;
}

/**
 * Decides what is done to a file so that every current browser plays it, with the least work that
 * it needs. Pure: the same probe and options give the same plan.
 */
export function planFor(probe: Probe, options: PlanOptions = {}): Plan | Refusal {
  const film = filmStream(probe);
  const refused = whyRefuse(probe, film, options);
  if (refused || !film) return { kind: "refused", reason: refused ?? reason("media-no-video") };

  const whyPicture = whyEncode(film, options);
  const video = pictureFor(film, whyPicture.length > 0, options);
  const audible = probe.audio.filter(isAudible);
  const audio = soundFor(audible, video.codec, options);
  const whySound = audible
    .filter((track) => !canCopy(track, video.codec))
    .map((track) => soundReason(track));
  if (audio.some((track) => track.isClearVoice && track.action === "encode")) {
    whySound.push(reason("plan-clear-voice"));
  }
  const whyContainer = containerReasons(probe, film, audio);

  const kind: PlanKind =
    whyPicture.length > 0
      ? "picture"
      : whySound.length > 0
        ? "sound"
        : whyContainer.length > 0
          ? "container"
          : "as-is";
  const why = [...whyPicture, ...unique(whySound), ...whyContainer];
  if (kind === "as-is" && !isModern(film)) why.push(reason("plan-as-is"));
  if (audible.length === 0) why.push(reason("plan-no-sound"));
  return {
    kind,
    why,
    durationSeconds: expectedDuration(probe, film, audible),
    maxBytes: largestResult(probe),
    video,
    audio,
    // ffmpeg drops chapters that end before the first frame.
    chapters: probe.chapters.filter((chapter) => chapter.endSeconds > probe.startSeconds),
  };
}

export function isRefusal(plan: Plan | Refusal): plan is Refusal {
  return plan.kind === "refused";
}

/** The part of a plan that a version keeps: for its page, and for what is made of it later. */
export function storedPlanOf(
  plan: Plan,
): Pick<Plan, "kind" | "why"> & { clearVoiceTracks: number[] } {
  return {
    kind: plan.kind,
    why: plan.why,
    clearVoiceTracks: plan.audio.flatMap((track, place) => (track.isClearVoice ? [place] : [])),
  };
}

function whyRefuse(
  probe: Probe,
  film: VideoStream | undefined,
  options: PlanOptions,
): Reason | undefined {
  if (!film) return reason(probe.audio.length > 0 ? "media-only-sound" : "media-no-video");
  if (film.isEncrypted || probe.audio.some((track) => track.isEncrypted)) {
    return reason("media-encrypted");
  }
  if (!isReadable(film)) {
    return reason(probe.isTruncated ? "media-incomplete" : "media-picture-unreadable", {
      codec: codecName(film.codec),
    });
  }
  const needsDolby = film.dolbyVision !== null && !film.dolbyVision.hasBaseLayer;
  if (needsDolby && !options.keepModern) return reason("media-dolby-vision-only");
  return undefined;
}

/** From the film's first moment to the end of its last kept stream. */
function expectedDuration(probe: Probe, film: VideoStream, audio: AudioStream[]): number | null {
  if (probe.isDurationEstimated) return null;
  let endSeconds = 0;
  for (const { startSeconds, durationSeconds } of [film, ...audio]) {
    if (durationSeconds === null) return probe.durationSeconds;
    const offset = startSeconds === null ? 0 : startSeconds - probe.startSeconds;
    endSeconds = Math.max(endSeconds, offset + durationSeconds);
  }
  // Stream tags that a cutter left behind say more than the file holds.
  const whole = probe.durationSeconds ?? endSeconds;
  return endSeconds > 0 ? Math.min(endSeconds, whole * 1.02 + 1) : probe.durationSeconds;
}

/** Ten times what a film on a Blu-ray takes for its length, and more than any copy needs. */
const mostBytesPerSecond = 50_000_000;
const leastMaxBytes = 1024 ** 3;

/** What a result may take at the most, in bytes: far from what any film needs. */
function largestResult(probe: Probe): number {
  // A length that the file's own bytes cannot fill is no measure: 20 kbit/s is next to nothing.
  const seconds = Math.min(probe.durationSeconds ?? 0, probe.sizeBytes / 2500);
  const bytes = Math.max(leastMaxBytes, probe.sizeBytes * 4, seconds * mostBytesPerSecond);
  return Math.min(Math.ceil(bytes), Number.MAX_SAFE_INTEGER);
}

function soundReason(track: AudioStream): Reason {
  return reason("plan-sound-codec", { codec: codecName(track.codec), channels: track.channels });
}

/** Why the file cannot simply be linked, apart from what is in its streams. */
function containerReasons(probe: Probe, film: VideoStream, audio: AudioPlan[]): Reason[] {
  const why: Reason[] = [];
  const kept = [...new Set(audio.map((track) => track.streamIndex))];
  const hasUnreadable = !probe.audio.every(isAudible);
  if (probe.container !== "MP4") {
    why.push(reason("plan-container", { container: probe.container }));
    if (hasUnreadable) why.push(reason("plan-sound-left-out"));
    return why;
  }
  if (probe.isTruncated) why.push(reason("plan-damaged"));
  if (probe.isFragmented) why.push(reason("plan-fragmented"));
  else if (!probe.isFastStart) why.push(reason("plan-not-fast-start"));
  // Browsers would show a film that begins with nothing.
  if (Math.abs(probe.startSeconds) > 0.2) why.push(reason("plan-start-offset"));
  const isOrdered = kept.every((index, place) => index === probe.audio[place]?.index);
  if (hasUnreadable) why.push(reason("plan-sound-left-out"));
  else if (!isOrdered) why.push(reason("plan-track-order"));
  const films = probe.video.filter((stream) => !stream.isAttachedPicture);
  if (films.length > 1) why.push(reason("plan-extra-pictures"));
  const usual: Record<string, string> = { h264: "avc1", hevc: "hvc1", vp9: "vp09", av1: "av01" };
  if (film.codecTag !== usual[film.codec]) why.push(reason("plan-unusual-label"));
  return why;
}

function unique(reasons: Reason[]): Reason[] {
  const seen = new Set<string>();
  return reasons.filter((entry) => {
    const key = JSON.stringify(entry);
    return !seen.has(key) && seen.add(key);
  });
}
