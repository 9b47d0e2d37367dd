import type { AudioPlan, Plan } from "./plan";
import { filmStream } from "./plan-picture";
import type { AudioStream, Probe, VideoStream } from "./probe-types";

/** One file of a film that comes in several. */
export interface JoinPart {
  path: string;
  probe: Probe;
  /** What would be done to it alone. */
  plan: Plan;
  /** Of each stream's codec parameters, by stream; the same parameters have the same. */
  parameterHashes: ReadonlyMap<number, string>;
}

/**
 * `copy`: streams of all parts are of one kind, and go into one file as they are, to be looked at
 * like any other. `convert`: each is made like the others first, by a plan of its own; what comes
 * out plays in every browser.
 */
export type JoinPlan =
  | { kind: "copy"; container: "avi" | "matroska"; keepsSubtitles: boolean }
  | { kind: "convert"; plans: Plan[] };

/** A silent disc cannot follow one that speaks. */
export type UnjoinableReason = "no-sound";

/** Parts of one film have the same shape, give or take a crop. */
const shapeTolerance = 0.1;
/** A part shorter than this share of the longest is no part but something about the film. */
const shortestShare = 0.03;
/** TMDB's runtime and a file's length differ by credits, by PAL's 4 %, by rounding. */
const runtimeTolerance = 0.08;

/**
 * Whether files whose names say so can be parts of one film: of one shape, none of them a snippet,
 * and not each as long as the film already is.
 *
 * @param runtimeSeconds of the film, as TMDB has it; null when it does not.
 */
export function canBeParts(probes: readonly Probe[], runtimeSeconds: number | null): boolean {
  const films = probes.map((probe) => filmStream(probe));
  const shapes = films.map((film) => (film ? film.width / film.height : 0));
  const [shape = 0] = shapes;
  if (shapes.some((other) => Math.abs(other - shape) > shape * shapeTolerance)) return false;
  const lengths = probes.map(({ durationSeconds }) => durationSeconds ?? 0);
  const longest = Math.max(...lengths);
  if (lengths.some((length) => length <= longest * shortestShare)) return false;
  const isWhole = (length: number) =>
    runtimeSeconds !== null &&
    Math.abs(length - runtimeSeconds) <= runtimeSeconds * runtimeTolerance;
  return !lengths.some(isWhole);
}

/**
 * How parts become one file. Pure.
 *
 * @returns why they can't, when they can't.
 */
export function planJoin(parts: readonly JoinPart[]): JoinPlan | { unjoinable: UnjoinableReason } {
  const [first] = parts;
  if (first && parts.every((part) => isLike(first, part))) {
    const isAvi = parts.every(({ probe }) => probe.format === "avi");
    const keepsSubtitles = parts.every((part) => subtitleKinds(part) === subtitleKinds(first));
    // AVI stores when frames are decoded and not when they are shown: in another container the
    // difference would no longer be known.
    return { kind: "copy", container: isAvi ? "avi" : "matroska", keepsSubtitles };
  }
  const counts = parts.map(({ plan }) => plan.audio.length);
  if (counts.includes(0) && counts.some((count) => count > 0)) return { unjoinable: "no-sound" };
  return { kind: "convert", plans: alikePlans(parts) };
}

const subtitleKinds = ({ probe }: JoinPart) =>
  probe.subtitles.map(({ codec, language }) => `${codec} ${language}`).join();

const isNear = (a: number | null, b: number | null) =>
  a === b || (a !== null && b !== null && Math.abs(a - b) <= Math.max(a, b) * 0.001);

/** True when streams of one can follow those of the other in one file. */
function isLike(first: JoinPart, other: JoinPart): boolean {
  const [film, next] = [filmStream(first.probe), filmStream(other.probe)];
  return (
    film !== undefined &&
    next !== undefined &&
    // What is turned for showing, or shown from another moment, is so in one container alone.
    [film, next].every(({ rotation, isMirrored }) => rotation === 0 && !isMirrored) &&
    (first.probe.format === "avi") === (other.probe.format === "avi") &&
    isPictureLike(film, next) &&
    isSameHash(first, film.index, other, next.index) &&
    first.probe.audio.length === other.probe.audio.length &&
    first.probe.audio.every((track, place) => {
      const follower = other.probe.audio[place];
      return (
        follower !== undefined &&
        isSoundLike(track, follower) &&
        isSameHash(first, track.index, other, follower.index)
      );
    })
  );
}

function isSameHash(first: JoinPart, index: number, other: JoinPart, otherIndex: number): boolean {
  return first.parameterHashes.get(index) === other.parameterHashes.get(otherIndex);
}

function isPictureLike(a: VideoStream, b: VideoStream): boolean {
  return (
    a.codec === b.codec &&
    a.profile === b.profile &&
    a.pixelFormat === b.pixelFormat &&
    a.codedWidth === b.codedWidth &&
    a.codedHeight === b.codedHeight &&
    a.sampleAspectRatio === b.sampleAspectRatio &&
    a.isInterlaced === b.isInterlaced &&
    isNear(a.frameRate, b.frameRate)
  );
}

function isSoundLike(a: AudioStream, b: AudioStream): boolean {
  return (
    a.codec === b.codec &&
    a.profile === b.profile &&
    a.channels === b.channels &&
    a.sampleRate === b.sampleRate &&
    a.language === b.language
  );
}

/** Quality of what is encoded here, where no part's own plan says one. */
const usual = { crf: 21, preset: "veryfast" };

/** Plans whose results are of one kind: shape and beat of the first part, sound in AAC. */
function alikePlans(parts: readonly JoinPart[]): Plan[] {
  const [first] = parts;
  const film = first && filmStream(first.probe);
  const tracks = isSpokenAlike(parts) ? (first?.plan.audio.length ?? 0) : 1;
  const even = (side: number | undefined) => Math.max(2, Math.round((side ?? 2) / 2) * 2);
  const shape =
    first?.plan.video.action === "encode"
      ? first.plan.video
      : { width: even(film?.width), height: even(film?.height) };
  const encoded = parts.find(({ plan }) => plan.video.action === "encode")?.plan.video;
  // An encoder writes its quality into the parameters that all parts share.
  const { crf, preset } = encoded?.action === "encode" ? encoded : usual;
  const frameRate = Math.min(60, film?.baseFrameRate ?? film?.frameRate ?? 25);
  return parts.map(({ plan, probe }) => {
    const own = filmStream(probe);
    return {
      ...plan,
      kind: "picture",
      chapters: [],
      video: {
        action: "encode",
        codec: "h264",
        streamIndex: plan.video.streamIndex,
        ...{ width: shape.width, height: shape.height, frameRate, crf, preset },
        keyframeFrames: Math.max(12, Math.round(frameRate * 4)),
        startAtZero: own?.hasOnlyDecodeTimes ?? false,
        deinterlace: own?.isInterlaced ?? false,
        toneMap: own?.hdr ?? null,
        isRgb: plan.video.action === "encode" && plan.video.isRgb,
      },
      audio: plan.audio.slice(0, tracks).map((track) => asStereo(track)),
    };
  });
}

/** True when all parts have the same tracks in the same order. */
function isSpokenAlike(parts: readonly JoinPart[]): boolean {
  const spoken = parts.map(({ plan }) => plan.audio.map(({ language }) => language).join());
  return new Set(spoken).size === 1;
}

function asStereo(track: AudioPlan): AudioPlan {
  const { streamIndex, language, title, isDefault, isCommentary, isClearVoice, channels } = track;
  return {
    ...{ streamIndex, language, title, isDefault, isCommentary, isClearVoice },
    action: "encode",
    codec: "aac",
    channels: 2,
    sampleRate: 48_000,
    bitRate: 192_000,
    downmix: channels > 2,
  };
}
