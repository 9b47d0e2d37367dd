import type { AudioStream, VideoStream } from "./probe-types";
import type { WireProbe, WireStream } from "./probe-wire";

/** Raw streams: no clock, so ffprobe guesses the duration from the bit rate. */
export const clockless =
  /^(mpegvideo|h264|hevc|m4v|vc1|vc1test|av1|obu|mjpeg|h261|h263|cavsvideo|dirac)$/;

/** A film in an MPEG stream has more than this, in bits per second. */
const leastStreamBitRate = 200_000;

/**
 * MPEG streams say what time it is, not how long they are: ffprobe takes the last time from the
 * first. In recordings that were joined the clock jumps, and that can say a day.
 */
export function hasJumpingClock(wire: WireProbe, sizeBytes: number): boolean {
  const seconds = wire.format?.duration ?? 0;
  const isMpeg = /^mpeg(ts)?$/.test(wire.format?.format_name ?? "");
  const mostSeconds = (sizeBytes * 8) / leastStreamBitRate;
  // An hour may be as empty as it likes.
  return isMpeg && seconds > Math.max(3600, mostSeconds);
}

/**
 * The film's length. Picture and sound count; a subtitle that reaches beyond them does not.
 * Matroska carries no stream durations of its own, so the format's is the rule there.
 */
export function durationOf(
  wire: WireProbe,
  video: VideoStream[],
  audio: AudioStream[],
): number | null {
  const film = video.filter((stream) => !stream.isAttachedPicture);
  const firstSeconds = wire.format?.start_time ?? 0;
  const ends = [...film, ...audio].map(({ startSeconds, durationSeconds }) =>
    durationSeconds === null
      ? 0
      : Math.max(0, (startSeconds ?? firstSeconds) - firstSeconds) + durationSeconds,
  );
  const longest = Math.max(0, ...ends);
  // Matroska's is the end of the file as well: what lies before its first moment is not the film.
  const lead = /matroska/.test(wire.format?.format_name ?? "") ? (wire.format?.start_time ?? 0) : 0;
  const whole = Math.max(0, (wire.format?.duration ?? 0) - Math.max(0, lead));
  // A stream's tag that disagrees wildly with the file is an old one that a cutter left behind.
  if (longest > 0 && (whole === 0 || longest <= whole * 1.02 + 1)) return longest;
  return whole > 0 ? whole : longest > 0 ? longest : null;
}

/**
 * `01:42:07.123000000`: Matroska's DURATION tag. mkvmerge says how long a track is, ffmpeg when it
 * ends. A length that would reach beyond the file, for a track that begins late, is an end.
 */
export function taggedDuration(stream: WireStream, wholeSeconds: number): number | undefined {
  const found = /^(\d+):(\d\d):(\d\d(?:\.\d+)?)$/.exec(stream.tags.duration ?? "");
  if (!found) return undefined;
  const seconds = Number(found[1]) * 3600 + Number(found[2]) * 60 + Number(found[3]);
  const startSeconds = Math.max(0, stream.start_time ?? 0);
  const isEnd = wholeSeconds > 0 && startSeconds + seconds > wholeSeconds + 0.5;
  return isEnd && seconds > startSeconds ? seconds - startSeconds : seconds;
}
