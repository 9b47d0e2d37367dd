import { Mp4Fault } from "./boxes";
import type { SourceTrack } from "./movie-index";
import { SampleWalk } from "./sample-tables";

/** A track that begins later than this leaves a hole that players stop at. */
const latestStartSeconds = 1;

/**
 * When the samples of a track are shown, counted from the start of the film in the track's
 * timescale, the edit list applied. Of edit lists players of fragments understand the one that
 * takes back the delay of reordered pictures, at the most: all else goes into the times.
 */
export interface Presentation {
  /** Presentation time = decoding time + composition offset + this. */
  shift: number;
  /** The samples that are played: from this one, counted from 0, */
  first: number;
  /** up to, and without, this one. */
  end: number;
  /** Added to the table's decoding times: those of fragments can't be negative. */
  decodeShift: number;
  /**
   * Composition offsets of fragments are larger by this, and the edit list of their track takes it
   * back. Negative offsets would do without, but ffmpeg shows such pictures too late.
   */
  reorderDelay: number;
}

/**
 * Applies the edit list (ISO/IEC 14496-12, 8.6.6): a pause before a late start, the priming of a
 * sound encoder, the delay of reordered pictures, an end before the last sample.
 *
 * @throws Mp4Fault for cuts inside the film, other speeds, and pictures that have to be decoded
 *   without being shown before the first.
 */
export function presentationOf(track: SourceTrack): Presentation {
  const { shift, endTime } = shiftOf(track);
  const isPicture = track.kind === "picture";
  const decodeShift = isPicture ? Math.max(shift, 0) : shift;
  let reorderDelay = 0;
  let first = -1;
  let end = 0;
  const walk = new SampleWalk(track.tables);
  while (walk.next()) {
    const time = walk.decodeTime + walk.compositionOffset + shift;
    if (first < 0 && (isPicture || time + walk.duration > 0)) {
      first = walk.index;
      checkStart(track, time, walk);
    }
    // In decoding order: a picture that others need may be shown after the end.
    if (first >= 0 && time < endTime) end = walk.index + 1;
    if (isPicture && walk.index !== first) {
      reorderDelay = Math.max(reorderDelay, decodeShift - shift - walk.compositionOffset);
    }
  }
  if (first < 0 || end <= first) throw new Mp4Fault(`a ${track.kind} without samples`);
  return { shift, first, end, decodeShift, reorderDelay };
}

function shiftOf({ edits, timescale, movieTimescale }: SourceTrack): {
  shift: number;
  endTime: number;
} {
  const inTrack = (movieTime: number) => Math.round((movieTime * timescale) / movieTimescale);
  let pause = 0;
  let media: { mediaTime: number; duration: number } | null = null;
  for (const { duration, mediaTime, rate } of edits) {
    if (mediaTime === -1) {
      if (media) throw new Mp4Fault("an edit list with a pause inside the film");
      pause += duration;
      continue;
    }
    if (mediaTime < 0 || rate !== 1) throw new Mp4Fault("an edit list that changes the speed");
    if (media && mediaTime !== media.mediaTime + inTrack(media.duration)) {
      throw new Mp4Fault("an edit list that cuts inside the film");
    }
    if (media) media.duration += duration;
    else media = { mediaTime, duration };
  }
  const shift = inTrack(pause) - (media?.mediaTime ?? 0);
  // A tick of the movie's clock more, which is coarser than the track's and was rounded.
  const endTime =
    media && media.duration > 0 ? inTrack(pause + media.duration + 1) : Number.POSITIVE_INFINITY;
  return { shift, endTime };
}

function checkStart({ kind, timescale }: SourceTrack, time: number, walk: SampleWalk): void {
  if (time > latestStartSeconds * timescale) {
    throw new Mp4Fault(`the ${kind} begins more than ${latestStartSeconds} s late`);
  }
  if (kind === "sound") return;
  if (!walk.isKey) throw new Mp4Fault("the picture doesn't begin with a key frame");
  // A frame's length is rounding; more is a film that was cut without being encoded again.
  if (time < -Math.max(walk.duration, 1)) {
    throw new Mp4Fault("the picture begins before the film does");
  }
}

/** One sample as its fragment has it, in the track's timescale. */
export interface FragmentSample {
  decodeTime: number;
  duration: number;
  /** With the reorder delay. */
  compositionOffset: number;
  /** Without it: when it is shown. */
  time: number;
}

/**
 * The times of the walk's current sample in a fragment. The first is shown from 0 on: a picture
 * that begins late is held, sound that begins within a frame's priming is counted from 0. So all
 * tracks begin together, which is what players line them up by.
 */
export function fragmentTimes(
  kind: SourceTrack["kind"],
  presentation: Presentation,
  walk: SampleWalk,
): FragmentSample {
  const { shift, first, decodeShift, reorderDelay } = presentation;
  const decodeTime = walk.decodeTime + decodeShift;
  if (walk.index === first && (kind === "picture" || decodeTime < 0)) {
    const duration = decodeTime + walk.duration;
    return { decodeTime: 0, duration, compositionOffset: reorderDelay, time: 0 };
  }
  const time = walk.decodeTime + walk.compositionOffset + shift;
  const compositionOffset = time - decodeTime + reorderDelay;
  return { decodeTime, duration: walk.duration, compositionOffset, time };
}
