import { box, fullBox, uint32 } from "./boxes";
import type { SourceTrack } from "./movie-index";
import { fragmentTimes, type Presentation } from "./presentation";
import type { SamplePosition, SampleTables } from "./sample-tables";
import { SampleWalk } from "./sample-tables";

/** Flags of samples (ISO/IEC 14496-12, 8.8.3.1): depends on no other; depends on others. */
const keySample = 0x0200_0000;
const dependentSample = 0x0101_0000;

/** Offsets count from the beginning of the moof (tfhd). */
const defaultBaseIsMoof = 0x02_0000;
/** What each sample of a trun has, and where the first one's bytes begin. */
const trunOf = { dataOffset: 0x1, duration: 0x100, size: 0x200, flags: 0x400, offset: 0x800 };

interface SampleFields {
  flags: number;
  bytesPerSample: number;
}

/** The same for every fragment of a track, so that its length follows from the number of samples. */
function fieldsOf({
  kind,
  tables,
}: {
  kind: SourceTrack["kind"];
  tables: SampleTables;
}): SampleFields {
  // The first picture may be held longer than its table says, which moves it against the others.
  const hasOffsets = kind === "picture" || tables.compositionOffsets !== null;
  const hasFlags = tables.keys !== null;
  return {
    flags:
      trunOf.dataOffset |
      trunOf.duration |
      trunOf.size |
      (hasFlags ? trunOf.flags : 0) |
      (hasOffsets ? trunOf.offset : 0),
    bytesPerSample: 8 + (hasFlags ? 4 : 0) + (hasOffsets ? 4 : 0),
  };
}

const trunHeadBytes = 8 + 4 + 4 + 4;
/** moof, mfhd, traf, tfhd and tfdt of version 1, and the header of the mdat. */
const fixedBytes = 8 + 16 + 8 + 16 + 20 + trunHeadBytes + 8;

/** Length of what stands before the samples of a fragment: moof and the header of its mdat. */
export function fragmentHeaderBytes(track: SourceTrack, sampleCount: number): number {
  return fixedBytes + sampleCount * fieldsOf(track).bytesPerSample;
}

/**
 * Writes moof and the header of its mdat (ISO/IEC 14496-12, 8.8; CMAF: ISO/IEC 23000-19, 7.3.2).
 *
 * @param args.sequence from 1.
 * @returns exactly `fragmentHeaderBytes` long.
 */
export function fragmentHeader(args: {
  track: SourceTrack;
  presentation: Presentation;
  from: SamplePosition;
  sampleCount: number;
  dataBytes: number;
  sequence: number;
}): Buffer {
  const { track, presentation, sampleCount } = args;
  const fields = fieldsOf(track);
  const length = fragmentHeaderBytes(track, sampleCount);
  const samples = Buffer.alloc(sampleCount * fields.bytesPerSample);
  const walk = new SampleWalk(track.tables, args.from);
  let firstDecodeTime = 0;
  let at = 0;
  for (let count = 0; count < sampleCount && walk.next(); count += 1) {
    const times = fragmentTimes(track.kind, presentation, walk);
    if (count === 0) firstDecodeTime = times.decodeTime;
    at = samples.writeUInt32BE(times.duration, at);
    at = samples.writeUInt32BE(walk.sizeBytes, at);
    if (fields.flags & trunOf.flags) {
      at = samples.writeUInt32BE(walk.isKey ? keySample : dependentSample, at);
    }
    if (fields.flags & trunOf.offset) at = samples.writeInt32BE(times.compositionOffset, at);
  }
  const decodeTime = Buffer.alloc(8);
  decodeTime.writeBigUInt64BE(BigInt(firstDecodeTime));
  const moof = box(
    "moof",
    fullBox("mfhd", 0, 0, uint32(args.sequence)),
    box(
      "traf",
      fullBox("tfhd", 0, defaultBaseIsMoof, uint32(track.trackId)),
      fullBox("tfdt", 1, 0, decodeTime),
      fullBox("trun", 1, fields.flags, uint32(sampleCount, length), samples),
    ),
  );
  const mdat = uint32(args.dataBytes + 8, 0);
  mdat.write("mdat", 4, "latin1");
  return Buffer.concat([moof, mdat], length);
}

/**
 * The initialization segment of a track: its own headers and codec configuration as they are in
 * the published file, with empty sample tables (CMAF: ISO/IEC 23000-19, 7.3.1).
 */
export function initialization(
  { trackId, boxes, movieTimescale }: SourceTrack,
  { reorderDelay }: Presentation,
): Buffer {
  const noSamples = [
    fullBox("stts", 0, 0, uint32(0)),
    fullBox("stsc", 0, 0, uint32(0)),
    fullBox("stsz", 0, 0, uint32(0, 0)),
    fullBox("stco", 0, 0, uint32(0)),
  ];
  const dataInThisFile = box("dinf", fullBox("dref", 0, 0, uint32(1), fullBox("url ", 0, 1)));
  return Buffer.concat([
    box("ftyp", Buffer.from("iso6\0\0\0\0iso6cmfcmp41", "latin1")),
    box(
      "moov",
      movieHeader(movieTimescale, trackId + 1),
      box(
        "trak",
        enabled(withoutDuration(boxes.tkhd, { short: 20, long: 28 })),
        ...(reorderDelay > 0 ? [editList(reorderDelay)] : []),
        box(
          "mdia",
          withoutDuration(boxes.mdhd, { short: 16, long: 24 }),
          boxes.hdlr,
          box("minf", boxes.mediaHeader, dataInThisFile, box("stbl", boxes.stsd, ...noSamples)),
        ),
      ),
      // Track, sample entry, and defaults that every fragment replaces, except for the flags.
      box("mvex", fullBox("trex", 0, 0, uint32(trackId, 1, 0, 0, keySample))),
    ),
  ]);
}

/** 8.2.2: times and duration unknown, normal speed, full volume, nothing turned. */
function movieHeader(timescale: number, nextTrackId: number): Buffer {
  const unity = uint32(0x1_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000);
  return fullBox(
    "mvhd",
    0,
    0,
    uint32(0, 0, timescale, 0, 0x1_0000, 0x0100_0000, 0, 0),
    unity,
    uint32(0, 0, 0, 0, 0, 0, nextTrackId),
  );
}

/** 8.6.6: one entry up to the end, at normal speed, that begins where the first picture is shown. */
function editList(mediaTime: number): Buffer {
  return box("edts", fullBox("elst", 0, 0, uint32(1, 0, mediaTime, 0x1_0000)));
}

/** A copy of a header with a duration of 0: in fragments it is the sum of theirs (8.2.2.3). */
function withoutDuration(header: Buffer, body: { short: number; long: number }): Buffer {
  const copy = Buffer.from(header);
  // Where the content begins: behind size and type.
  if (copy[8] === 1) copy.writeBigUInt64BE(0n, 8 + body.long);
  else copy.writeUInt32BE(0, 8 + body.short);
  return copy;
}

/** Marks a track as enabled and part of the film (8.3.2): in the published file only one sound is. */
function enabled(tkhd: Buffer): Buffer {
  tkhd.writeUInt8((tkhd[11] ?? 0) | 3, 11);
  return tkhd;
}
