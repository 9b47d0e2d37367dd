import type { ByteRange } from "@/lib/web/range";
import type { Piece } from "../pieces";
import { fragmentHeader, initialization } from "./fragments";
import type { SourceTrack } from "./movie-index";
import { presentationOf } from "./presentation";
import { SampleWalk } from "./sample-tables";
import { type Segment, type SegmentedTrack, segmentPicture, segmentSound } from "./segments";

/**
 * A track as a CMAF file of its own, that nobody ever writes: its headers are made when they are
 * asked for, and its samples are read from the published MP4. Its length and the place of
 * everything in it follow from the sample tables alone, so every range of it is always the same.
 */
export interface TrackFile extends SegmentedTrack {
  /** ftyp and moov, the first bytes of it. */
  init: Buffer;
  sizeBytes: number;
}

export function pictureFile(track: SourceTrack, fileBytes: number): TrackFile {
  const presentation = presentationOf(track);
  const init = initialization(track, presentation);
  return whole(init, segmentPicture(track, presentation, { firstOffset: init.length, fileBytes }));
}

export function soundFile(track: SourceTrack, picture: TrackFile, fileBytes: number): TrackFile {
  const presentation = presentationOf(track);
  const init = initialization(track, presentation);
  const place = { firstOffset: init.length, fileBytes };
  return whole(init, segmentSound(track, presentation, picture, place));
}

function whole(init: Buffer, segmented: SegmentedTrack): TrackFile {
  const last = segmented.segments.at(-1);
  return { ...segmented, init, sizeBytes: last ? endOf(last) : init.length };
}

/** Behind a segment's last byte, in the track's file. */
export function endOf({ offset, headerBytes, dataBytes }: Segment): number {
  return offset + headerBytes + dataBytes;
}

/**
 * What a range of a track's file is made of: bytes that are written here, and ranges of the
 * published MP4. Made one segment at a time, while the one before is sent.
 */
export function* piecesOf(file: TrackFile, range: ByteRange): Generator<Piece> {
  const { init, segments } = file;
  if (range.first < init.length) yield init.subarray(range.first, range.last + 1);
  for (let place = segmentOf(segments, range.first); place < segments.length; place += 1) {
    const current = segments[place];
    if (!current || current.offset > range.last) return;
    const dataStart = current.offset + current.headerBytes;
    if (range.first < dataStart) {
      const header = headerOf(file, current, place);
      const from = Math.max(range.first - current.offset, 0);
      yield header.subarray(from, range.last + 1 - current.offset);
    }
    yield* samplesOf(file, current, {
      first: Math.max(range.first - dataStart, 0),
      last: Math.min(range.last - dataStart, current.dataBytes - 1),
    });
  }
}

/** The last segment that begins at or before an offset; the first when none does. */
function segmentOf(segments: readonly Segment[], offset: number): number {
  let low = 0;
  let high = segments.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((segments[middle]?.offset ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function headerOf({ track, presentation }: TrackFile, current: Segment, place: number): Buffer {
  return fragmentHeader({
    ...{ track, presentation, sequence: place + 1 },
    ...{ from: current.from, sampleCount: current.sampleCount, dataBytes: current.dataBytes },
  });
}

/** Where the bytes of a segment's samples lie, neighbours joined; `within` counts in its data. */
function* samplesOf(
  { track }: TrackFile,
  { from, sampleCount }: Segment,
  within: ByteRange,
): Generator<ByteRange> {
  const walk = new SampleWalk(track.tables, from);
  let at = 0;
  let open: ByteRange | null = null;
  for (let count = 0; count < sampleCount && at <= within.last && walk.next(); count += 1) {
    const first = walk.fileOffset + Math.max(within.first - at, 0);
    const last = walk.fileOffset + Math.min(within.last - at, walk.sizeBytes - 1);
    at += walk.sizeBytes;
    if (last < first) continue;
    if (open && open.last + 1 === first) open.last = last;
    else {
      if (open) yield open;
      open = { first, last };
    }
  }
  if (open) yield open;
}
