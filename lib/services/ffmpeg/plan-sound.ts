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
export function canCopy(stream: AudioStream, videoCodec: string): boolean {
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

/**
 * What is done to the tracks: the default first, the others in their order. With `keepSurround`
 * a track of more than two channels that has to be converted is also kept in 5.1.
 */
export function soundFor(
  tracks: AudioStream[],
  videoCodec: string,
  options: PlanOptions,
): AudioPlan[] {
  const first = defaultTrack(tracks, options.originalLanguage);
  const ordered = first ? [first, ...tracks.filter((track) => track !== first)] : [];
  return ordered.flatMap((track) => {
    const shared = {
      streamIndex: track.index,
      language: track.language,
      title: track.title,
      isDefault: track === first,
      isCommentary: track.isCommentary,
    };
    if (canCopy(track, videoCodec)) {
      return [{ ...shared, action: "copy" as const, codec: track.codec, channels: track.channels }];
    }
    const stereo = encoded(shared, track, Math.min(2, track.channels) as 1 | 2);
    const hasSurround = options.keepSurround && track.channels > 2;
    return hasSurround ? [stereo, { ...encoded(shared, track, 6), isDefault: false }] : [stereo];
  });
}

type Shared = Pick<AudioPlan, "streamIndex" | "language" | "title" | "isDefault" | "isCommentary">;

function encoded(shared: Shared, track: AudioStream, channels: 1 | 2 | 6): AudioPlan {
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
