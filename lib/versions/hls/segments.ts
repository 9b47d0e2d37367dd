import { Mp4Fault } from "./boxes";
import { fragmentHeaderBytes } from "./fragments";
import type { SourceTrack } from "./movie-index";
import { fragmentTimes, type Presentation } from "./presentation";
import { type SamplePosition, SampleWalk } from "./sample-tables";

/** Long enough to ask seldom, short enough to begin and to change the sound soon. */
const targetSeconds = 6;
/**
 * Players load half a minute ahead, and go on without a track that has ended only when they have
 * loaded all others to their end.
 */
const mostEndGapSeconds = 20;
/** What the 32 bits of a box's size can say. */
const mostSegmentBytes = 0xffff_ffff;

/** A piece of a track that can be decoded by itself: one fragment of the track's own file. */
export interface Segment {
  /** Where the walk through the sample tables begins. */
  from: SamplePosition;
  sampleCount: number;
  /** Presentation, from the start of the film. */
  startSeconds: number;
  durationSeconds: number;
  /** In the track's own file. */
  offset: number;
  /** Boxes before the samples. */
  headerBytes: number;
  dataBytes: number;
}

export interface SegmentedTrack {
  track: SourceTrack;
  presentation: Presentation;
  segments: Segment[];
  /** Presentation, of the whole track. */
  endSeconds: number;
  frameCount: number;
}

/** Lengths that segments have to fit between. */
interface FilePlace {
  /** Of what stands before the first segment in the track's own file. */
  firstOffset: number;
  /** Of the published file, which every sample has to lie in. */
  fileBytes: number;
}

/** Cuts the picture at those key frames that lie nearest to six seconds apart. */
export function segmentPicture(
  track: SourceTrack,
  presentation: Presentation,
  place: FilePlace,
): SegmentedTrack {
  const keyTimes: number[] = [];
  const keyIndexes: number[] = [];
  let endSeconds = 0;
  const walk = new SampleWalk(track.tables);
  while (walk.next() && walk.index < presentation.end) {
    endSeconds = (walk.decodeTime + walk.duration + presentation.decodeShift) / track.timescale;
    if (!walk.isKey) continue;
    keyTimes.push(fragmentTimes("picture", presentation, walk).time / track.timescale);
    keyIndexes.push(walk.index);
  }
  const places = cutsNear(keyTimes, endSeconds, targetSeconds);
  const cuts = new Set(places.map((place) => keyIndexes[place]));
  return segment(track, presentation, place, (index) => cuts.has(index));
}

/**
 * Cuts a sound track where the picture is cut, at the frame nearest to each of its cuts. Where
 * there is no sound, a segment reaches over several of the picture's.
 */
export function segmentSound(
  track: SourceTrack,
  presentation: Presentation,
  picture: SegmentedTrack,
  place: FilePlace,
): SegmentedTrack {
  const starts = picture.segments.map(({ startSeconds }) => startSeconds * track.timescale);
  let next = 1;
  const segmented = segment(track, presentation, place, (index, time, duration) => {
    if (index === presentation.first) return true;
    const before = next;
    while (next < starts.length && time + duration / 2 > (starts[next] ?? 0)) next += 1;
    return next > before;
  });
  if (Math.abs(segmented.endSeconds - picture.endSeconds) > mostEndGapSeconds) {
    throw new Mp4Fault(`sound and picture end more than ${mostEndGapSeconds} s apart`);
  }
  return segmented;
}

/**
 * Places of the moments to cut at: from each cut on, the one nearest to `target` away, unless the
 * end is nearer.
 *
 * @param times rising, in seconds; the first is always a cut.
 */
export function cutsNear(times: readonly number[], end: number, target: number): number[] {
  const cuts: number[] = [];
  let at = 0;
  while (at < times.length) {
    cuts.push(at);
    const wanted = (times[at] ?? 0) + target;
    const distance = (place: number) => Math.abs((times[place] ?? end) - wanted);
    let best = at + 1;
    while (best < times.length && distance(best + 1) <= distance(best)) best += 1;
    at = best;
  }
  return cuts;
}

function segment(
  track: SourceTrack,
  presentation: Presentation,
  { firstOffset, fileBytes }: FilePlace,
  isCut: (index: number, time: number, duration: number) => boolean,
): SegmentedTrack {
  const segments: Segment[] = [];
  const starts: number[] = [];
  const walk = new SampleWalk(track.tables);
  let endTime = 0;
  while (walk.next() && walk.index < presentation.end) {
    if (walk.index < presentation.first) continue;
    const { time, duration } = fragmentTimes(track.kind, presentation, walk);
    if (walk.fileOffset + walk.sizeBytes > fileBytes) {
      throw new Mp4Fault("samples lie behind the end of the file");
    }
    if (isCut(walk.index, time, duration)) {
      starts.push(time);
      segments.push({
        from: walk.position(),
        ...{ sampleCount: 0, startSeconds: 0, durationSeconds: 0 },
        ...{ offset: 0, headerBytes: 0, dataBytes: 0 },
      });
    }
    const current = segments.at(-1);
    if (!current) throw new Mp4Fault("the first sample is no cut");
    current.sampleCount += 1;
    current.dataBytes += walk.sizeBytes;
    endTime = Math.max(endTime, time + duration);
  }

  let offset = firstOffset;
  for (const [place, current] of segments.entries()) {
    // The first one is counted from the start of the film, so that the times of all playlists agree.
    const start = place === 0 ? 0 : (starts[place] ?? 0);
    current.startSeconds = start / track.timescale;
    current.durationSeconds = ((starts[place + 1] ?? endTime) - start) / track.timescale;
    if (current.durationSeconds < 0) throw new Mp4Fault("times that don't rise");
    current.headerBytes = fragmentHeaderBytes(track, current.sampleCount);
    current.offset = offset;
    offset += current.headerBytes + current.dataBytes;
    if (current.headerBytes + current.dataBytes > mostSegmentBytes) {
      throw new Mp4Fault("key frames lie too far apart");
    }
  }
  return {
    ...{ track, presentation, segments },
    endSeconds: endTime / track.timescale,
    frameCount: presentation.end - presentation.first,
  };
}
