import { Mp4Fault } from "./boxes";
import { fragmentHeaderBytes } from "./fragments";
import type { SourceTrack } from "./movie-index";
import { fragmentTimes, type Presentation, presentationOf } from "./presentation";
import { type SamplePosition, SampleWalk } from "./sample-tables";

/** Long enough to ask seldom, short enough to begin and to change the sound soon. */
const targetSeconds = 6;
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

/**
 * Cuts the picture at those key frames that lie nearest to six seconds apart.
 *
 * @param firstOffset length of what stands before the first segment in the track's file.
 * @param fileBytes length of the published file, which every sample has to lie in.
 */
export function segmentPicture(
  track: SourceTrack,
  { firstOffset, fileBytes }: { firstOffset: number; fileBytes: number },
): SegmentedTrack {
  const presentation = presentationOf(track);
  const keyTimes: number[] = [];
  const keyIndexes: number[] = [];
  const walk = new SampleWalk(track.tables);
  while (walk.next() && walk.index < presentation.end) {
    if (!walk.isKey) continue;
    const times = fragmentTimes("picture", presentation, walk);
    keyTimes.push((times.decodeTime + times.compositionOffset) / track.timescale);
    keyIndexes.push(walk.index);
  }
  const cuts = new Set(cutsNear(keyTimes, targetSeconds).map((place) => keyIndexes[place] ?? -1));
  return segment(track, presentation, { firstOffset, fileBytes }, (index) => cuts.has(index));
}

/**
 * Cuts a sound track where the picture is cut, at the frame nearest to each of its cuts. Where
 * there is no sound, a segment reaches over several of the picture's.
 */
export function segmentSound(
  track: SourceTrack,
  picture: SegmentedTrack,
  { firstOffset, fileBytes }: { firstOffset: number; fileBytes: number },
): SegmentedTrack {
  const presentation = presentationOf(track);
  const starts = picture.segments.map(({ startSeconds }) => startSeconds * track.timescale);
  let next = 1;
  return segment(track, presentation, { firstOffset, fileBytes }, (index, time, duration) => {
    if (index === presentation.first) return true;
    const before = next;
    while (next < starts.length && time + duration / 2 > (starts[next] ?? 0)) next += 1;
    return next > before;
  });
}

/**
 * Places of the moments to cut at: from each cut on, the one nearest to `target` away.
 *
 * @param times rising, in seconds; the first is always a cut.
 */
export function cutsNear(times: readonly number[], target: number): number[] {
  const cuts: number[] = [];
  let at = 0;
  while (at < times.length) {
    cuts.push(at);
    const wanted = (times[at] ?? 0) + target;
    let best = at + 1;
    const distance = (place: number) => Math.abs((times[place] ?? 0) - wanted);
    while (best + 1 < times.length && distance(best + 1) <= distance(best)) best += 1;
    at = best;
  }
  return cuts;
}

function segment(
  track: SourceTrack,
  presentation: Presentation,
  { firstOffset, fileBytes }: { firstOffset: number; fileBytes: number },
  isCut: (index: number, time: number, duration: number) => boolean,
): SegmentedTrack {
  const segments: Segment[] = [];
  const starts: number[] = [];
  const walk = new SampleWalk(track.tables);
  let position = walk.position();
  let endTime = 0;
  for (; walk.next() && walk.index < presentation.end; position = walk.position()) {
    if (walk.index < presentation.first) continue;
    const times = fragmentTimes(track.kind, presentation, walk);
    const time = times.decodeTime + times.compositionOffset;
    if (walk.fileOffset + walk.sizeBytes > fileBytes) {
      throw new Mp4Fault("samples lie behind the end of the file");
    }
    if (isCut(walk.index, time, times.duration)) {
      starts.push(time);
      segments.push({
        from: position,
        ...{ sampleCount: 0, startSeconds: 0, durationSeconds: 0 },
        ...{ offset: 0, headerBytes: 0, dataBytes: 0 },
      });
    }
    const current = segments.at(-1);
    if (!current) throw new Mp4Fault("the first sample is no cut");
    current.sampleCount += 1;
    current.dataBytes += walk.sizeBytes;
    endTime = Math.max(endTime, time + times.duration);
  }

  let offset = firstOffset;
  for (const [place, current] of segments.entries()) {
    // The first one is counted from the start of the film, so that the times of all playlists agree.
    const start = place === 0 ? 0 : (starts[place] ?? 0);
    current.startSeconds = start / track.timescale;
    current.durationSeconds = ((starts[place + 1] ?? endTime) - start) / track.timescale;
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
