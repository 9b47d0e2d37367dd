import type { AudioPlan, PlanOptions } from "./plan";
import type { AudioStream } from "./probe-types";

/** AAC that browsers decode; ffprobe leaves the profile out where it did not see a frame. */
const copiedAacProfiles = new Set(["LC", "HE-AAC", "HE-AACv2"]);

/** What AAC can carry (ISO/IEC 14496-3, table 1.16), up to what players are sure to take. */
const aacRates = [8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000];

/**
 * False for a track whose codec or form could not be told, or that is announced and empty: nothing
 * can be made of it.
 */
export function isAudible(stream: AudioStream): boolean {
  const isKnown = stream.codec !== "unknown" && stream.channels > 0 && stream.sampleRate > 0;
  return isKnown && stream.durationSeconds !== 0;
}

/**
 * The track that plays when nobody chose: the file's flag when exactly one track bears it, then
 * the film's original language, then the flag at all, then order. A commentary or a description
 * for the blind only when there is nothing else.
 */
export function defaultTrack(
  tracks: AudioStream[],
  originalLanguage: string | null | undefined,
): AudioStream | undefined {
  const plain = tracks.filter((track) => !track.isCommentary && !track.isDescription);
  const candidates = plain.length > 0 ? plain : tracks;
  const flagged = candidates.filter((track) => track.isDefault);
  if (flagged.length === 1) return flagged[0];
  const spoken = originalLanguage?.split("-")[0];
  const original = candidates.find((track) => spoken && track.language?.split("-")[0] === spoken);
  return original ?? flagged[0] ?? candidates[0];
}

/** True when the track may stay as it is next to a picture of this codec. */
export function canCopy(
  stream: AudioStream,
  videoCodec: string,
  options: PlanOptions = {},
): boolean {
  if (options.stereoOnly && stream.channels > 2) return false;
  if (stream.codec === "aac") {
    return (
      (stream.profile === null || copiedAacProfiles.has(stream.profile)) && stream.channels <= 8
    );
  }
  // MPEG-2.5 rates have no place in MP4.
  if (stream.codec === "mp3") return stream.sampleRate >= 16_000;
  // Opus in MP4 is for browsers that play VP9 or AV1 in it as well.
  return stream.codec === "opus" && ["vp9", "av1"].includes(videoCodec);
}

/** True for a track in 5.1 whose stereo stands beside it: what `keepSurround` made once. */
function hasStereoTwin(track: AudioStream, tracks: readonly AudioStream[]): boolean {
  const isTwin = (other: AudioStream) =>
    other.channels <= 2 &&
    other.language === track.language &&
    other.title === track.title &&
    other.isCommentary === track.isCommentary;
  return track.channels > 2 && tracks.some((other) => other !== track && isTwin(other));
}

/**
 * What is done to the tracks: the default first, the others in their order, a clear-voice track
 * last. With `keepSurround` a track of more than two channels that has to be converted is also
 * kept in 5.1; with `stereoOnly` it becomes stereo, or is left out where its stereo is there.
 */
export function soundFor(
  tracks: AudioStream[],
  videoCodec: string,
  options: PlanOptions,
): AudioPlan[] {
  const isClearVoice = (track: AudioStream) =>
    options.clearVoiceStreams?.includes(track.index) ?? false;
  const plain = tracks.filter((track) => !isClearVoice(track));
  const wanted = options.stereoOnly
    ? tracks.filter((track) => !hasStereoTwin(track, plain))
    : tracks;
  const first = defaultTrack(
    wanted.filter((track) => !isClearVoice(track)),
    options.originalLanguage,
  );
  const ordered = first ? [first, ...wanted.filter((track) => track !== first)] : wanted;
  const made = ordered.flatMap((track): AudioPlan[] => {
    const shared = {
      streamIndex: track.index,
      language: track.language,
      title: track.title,
      isDefault: track === first,
      isCommentary: track.isCommentary,
      isClearVoice: isClearVoice(track),
    };
    if (canCopy(track, videoCodec, options)) {
      return [{ ...shared, action: "copy" as const, codec: track.codec, channels: track.channels }];
    }
    const stereo = encoded(shared, track, Math.min(2, track.channels) as 1 | 2);
    const hasSurround = options.keepSurround && !options.stereoOnly && track.channels > 2;
    return hasSurround ? [stereo, { ...encoded(shared, track, 6), isDefault: false }] : [stereo];
  });
  const isAdded = options.clearVoice && first && !made.some((track) => track.isClearVoice);
  return isAdded ? [...made, clearVoiceOf(first)] : made;
}

/** A copy of a track in which dialogue is easy to follow, in stereo; without the track's own title. */
function clearVoiceOf(track: AudioStream): AudioPlan {
  const shared = {
    streamIndex: track.index,
    language: track.language,
    title: null,
    isDefault: false,
    isCommentary: false,
    isClearVoice: true,
  };
  return { ...encoded(shared, track, 2), downmix: track.channels > 2 };
}

type EncodedAudio = Extract<AudioPlan, { action: "encode" }>;
type Shared = Pick<
  AudioPlan,
  "streamIndex" | "language" | "title" | "isDefault" | "isCommentary" | "isClearVoice"
>;

function encoded(shared: Shared, track: AudioStream, channels: 1 | 2 | 6): EncodedAudio {
  const sampleRate = aacRates.includes(track.sampleRate) ? track.sampleRate : 48_000;
  return {
    ...shared,
    action: "encode",
    codec: "aac",
    channels,
    sampleRate,
    bitRate: { 1: 96_000, 2: 192_000, 6: 384_000 }[channels],
    downmix: track.channels > channels,
  };
}
