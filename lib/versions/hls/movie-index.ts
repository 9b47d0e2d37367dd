import type { FileHandle } from "node:fs/promises";
import { type Box, boxAt, boxesIn, bytesOf, Mp4Fault, neededBox } from "./boxes";
import { codecString } from "./codec-string";
import { type SampleTables, sampleTablesOf } from "./sample-tables";

/** An index of this size belongs to no film; it is not read into memory. */
const mostIndexBytes = 128 * 1024 * 1024;
/** Outermost boxes that are looked at before the index is found. */
const mostBoxes = 100;
/** Still pictures that QuickTime keeps as a track: covers and chapter pictures. */
const stillPictures = new Set(["jpeg", "mjpa", "mjpb", "png ", "tiff"]);

/** One entry of an edit list (ISO/IEC 14496-12, 8.6.6). */
export interface Edit {
  /** In the movie's timescale; 0 for "to the end". */
  duration: number;
  /** Where it begins in the track, in its timescale; -1 for a pause. */
  mediaTime: number;
  /** 1 for normal speed. */
  rate: number;
}

export interface SourceTrack {
  kind: "picture" | "sound";
  trackId: number;
  /** Units per second of everything in its tables. */
  timescale: number;
  movieTimescale: number;
  edits: Edit[];
  tables: SampleTables;
  /** RFC 6381, as `avc1.640028`; null for a codec without such a name here. */
  codec: string | null;
  /** Whole boxes that go into the track's own file as they are. */
  boxes: { tkhd: Buffer; mdhd: Buffer; hdlr: Buffer; mediaHeader: Buffer; stsd: Buffer };
}

/** The index of a published MP4: its picture and its sound tracks, in the order of the file. */
export interface SourceMovie {
  picture: SourceTrack;
  sounds: SourceTrack[];
  /** Memory that it holds on to. */
  sizeBytes: number;
}

/**
 * Reads the index (moov) of an MP4, wherever it stands, and nothing else of the file.
 *
 * @throws Mp4Fault when there is none, or it describes nothing that can be cut into pieces.
 */
export async function readMovieIndex(file: FileHandle, fileBytes: number): Promise<SourceMovie> {
  const moov = await readMoov(file, fileBytes);
  const root: Box = { type: "moov", start: 0, bodyStart: 0, end: moov.length };
  if (boxAt(moov, root, "mvex")) throw new Mp4Fault("it is cut into fragments already");
  const mvhd = neededBox(moov, root, "mvhd");
  const movieTimescale = moov.readUInt32BE(mvhd.bodyStart + (moov[mvhd.bodyStart] === 1 ? 20 : 12));
  if (movieTimescale === 0) throw new Mp4Fault("the movie has no timescale");
  const tracks = boxesIn(moov, 0, moov.length)
    .filter(({ type }) => type === "trak")
    .flatMap((trak) => trackOf(moov, trak, movieTimescale) ?? []);
  const picture = tracks.find(({ kind }) => kind === "picture");
  if (!picture) throw new Mp4Fault("there is no picture");
  const sounds = tracks.filter(({ kind }) => kind === "sound");
  return { picture, sounds, sizeBytes: moov.length };
}

async function readMoov(file: FileHandle, fileBytes: number): Promise<Buffer> {
  const header = Buffer.alloc(16);
  let offset = 0;
  for (let count = 0; count < mostBoxes && offset + 8 <= fileBytes; count += 1) {
    const { bytesRead } = await file.read(header, 0, 16, offset);
    if (bytesRead < 8) break;
    let length = header.readUInt32BE(0);
    let headerBytes = 8;
    if (length === 1 && bytesRead === 16) {
      length = Number(header.readBigUInt64BE(8));
      headerBytes = 16;
    } else if (length === 0) length = fileBytes - offset;
    if (length < headerBytes || offset + length > fileBytes) break;
    if (header.toString("latin1", 4, 8) === "moov") {
      if (length > mostIndexBytes) throw new Mp4Fault("the index is larger than any film's");
      const body = Buffer.allocUnsafeSlow(length - headerBytes);
      const read = await file.read(body, 0, body.length, offset + headerBytes);
      if (read.bytesRead < body.length) break;
      return body;
    }
    offset += length;
  }
  throw new Mp4Fault("there is no index");
}

function trackOf(moov: Buffer, trak: Box, movieTimescale: number): SourceTrack | null {
  const mdia = neededBox(moov, trak, "mdia");
  const hdlr = neededBox(moov, mdia, "hdlr");
  const handler = moov.toString("latin1", hdlr.bodyStart + 8, hdlr.bodyStart + 12);
  const kind = ({ vide: "picture", soun: "sound" } as const)[handler];
  if (!kind) return null;
  const minf = neededBox(moov, mdia, "minf");
  const stbl = neededBox(moov, minf, "stbl");
  const stsd = neededBox(moov, stbl, "stsd");
  const entry = moov.toString("latin1", stsd.bodyStart + 12, stsd.bodyStart + 16);
  if (stillPictures.has(entry)) return null;
  if (moov.readUInt32BE(stsd.bodyStart + 4) !== 1) {
    throw new Mp4Fault("a track changes its codec on the way");
  }
  const tkhd = neededBox(moov, trak, "tkhd");
  const mdhd = neededBox(moov, mdia, "mdhd");
  const isLong = (box: Box) => moov[box.bodyStart] === 1;
  const timescale = moov.readUInt32BE(mdhd.bodyStart + (isLong(mdhd) ? 20 : 12));
  if (timescale === 0) throw new Mp4Fault("a track has no timescale");
  const mediaHeader = neededBox(moov, minf, kind === "picture" ? "vmhd" : "smhd");
  return {
    kind,
    trackId: moov.readUInt32BE(tkhd.bodyStart + (isLong(tkhd) ? 20 : 12)),
    timescale,
    movieTimescale,
    edits: editsOf(moov, boxAt(moov, trak, "edts", "elst")),
    tables: sampleTablesOf(moov, stbl),
    codec: codecString(bytesOf(moov, stsd)),
    boxes: {
      tkhd: bytesOf(moov, tkhd),
      mdhd: bytesOf(moov, mdhd),
      hdlr: bytesOf(moov, hdlr),
      mediaHeader: bytesOf(moov, mediaHeader),
      stsd: bytesOf(moov, stsd),
    },
  };
}

function editsOf(moov: Buffer, elst: Box | undefined): Edit[] {
  if (!elst) return [];
  const isLong = moov[elst.bodyStart] === 1;
  const entryBytes = isLong ? 20 : 12;
  const count = moov.readUInt32BE(elst.bodyStart + 4);
  if (elst.bodyStart + 8 + count * entryBytes > elst.end) throw new Mp4Fault("elst is too short");
  return Array.from({ length: count }, (_, place) => {
    const at = elst.bodyStart + 8 + place * entryBytes;
    return {
      duration: isLong ? Number(moov.readBigUInt64BE(at)) : moov.readUInt32BE(at),
      mediaTime: isLong ? Number(moov.readBigInt64BE(at + 8)) : moov.readInt32BE(at + 4),
      rate: moov.readInt32BE(at + entryBytes - 4) / 65_536,
    };
  });
}
