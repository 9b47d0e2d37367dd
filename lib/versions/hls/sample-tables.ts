import { type Box, boxAt, Mp4Fault, neededBox } from "./boxes";

/** Far more than a film has; a table that claims more is there to make a server work. */
const mostSamples = 5_000_000;

/** A list of entries of equal length, in the bytes of the index as they were read. */
interface Table {
  /** Read through a DataView: a Buffer's own methods take several times as long. */
  view: DataView;
  count: number;
}

/** The sample tables of a track (ISO/IEC 14496-12, 8.6 and 8.7), unread until they are walked. */
export interface SampleTables {
  sampleCount: number;
  /** Size of every sample, or null when each has its own in `sizes`. */
  equalSizeBytes: number | null;
  sizes: Table;
  /** Run length and duration. */
  durations: Table;
  /** Run length and composition offset; null when pictures are shown in the order they come. */
  compositionOffsets: Table | null;
  /** First chunk, samples per chunk, sample entry. */
  chunkRuns: Table;
  chunkOffsets: Table;
  /** True when chunk offsets have 64 bits (co64). */
  hasLongOffsets: boolean;
  /** Numbers of key frames, from 1; null when every sample is one. */
  keys: Table | null;
}

/** Reads where the tables of a track lie. @throws Mp4Fault when they are missing or don't fit. */
export function sampleTablesOf(buffer: Buffer, stbl: Box): SampleTables {
  const table = (type: string, entryBytes: number): Table | null => {
    const found = boxAt(buffer, stbl, type);
    return found ? tableIn(buffer, found, found.bodyStart + 4, entryBytes) : null;
  };
  const needed = (type: string, entryBytes: number): Table => {
    const found = table(type, entryBytes);
    if (!found) throw new Mp4Fault(`no ${type} in a track`);
    return found;
  };
  const stsz = neededBox(buffer, stbl, "stsz");
  if (stsz.end - stsz.bodyStart < 12) throw new Mp4Fault("stsz is too short");
  const equal = buffer.readUInt32BE(stsz.bodyStart + 4);
  const sampleCount = buffer.readUInt32BE(stsz.bodyStart + 8);
  if (sampleCount > mostSamples) throw new Mp4Fault("more samples than a film has");
  const sizes = tableIn(buffer, stsz, stsz.bodyStart + 8, equal > 0 ? 0 : 4);
  const long = table("co64", 8);
  return {
    sampleCount,
    equalSizeBytes: equal > 0 ? equal : null,
    sizes,
    durations: needed("stts", 8),
    compositionOffsets: table("ctts", 8),
    chunkRuns: needed("stsc", 12),
    chunkOffsets: long ?? needed("stco", 4),
    hasLongOffsets: long !== null,
    keys: table("stss", 4),
  };
}

function tableIn(buffer: Buffer, box: Box, countAt: number, entryBytes: number): Table {
  if (countAt + 4 > box.end) throw new Mp4Fault(`${box.type} is too short`);
  const count = buffer.readUInt32BE(countAt);
  const end = countAt + 4 + count * entryBytes;
  if (end > box.end) throw new Mp4Fault(`${box.type} has fewer entries than it says`);
  const view = new DataView(buffer.buffer, buffer.byteOffset + countAt + 4, count * entryBytes);
  return { view, count };
}

/** Where a walk through the tables stands: enough to go on from there. */
export interface SamplePosition {
  /** Of the sample that comes next, from 0. */
  index: number;
  decodeTime: number;
  durationEntry: number;
  durationUsed: number;
  compositionEntry: number;
  compositionUsed: number;
  chunk: number;
  chunkRun: number;
  usedOfChunk: number;
  bytesIntoChunk: number;
  keyEntry: number;
}

export const firstPosition: Readonly<SamplePosition> = {
  ...{ index: 0, decodeTime: 0, durationEntry: 0, durationUsed: 0 },
  ...{ compositionEntry: 0, compositionUsed: 0 },
  ...{ chunk: 0, chunkRun: 0, usedOfChunk: 0, bytesIntoChunk: 0, keyEntry: 0 },
};

/**
 * Walks through the samples of a track in decoding order. One object, whose fields are those of the
 * current sample after each `next()`: a film has hundreds of thousands. Times are in the track's
 * timescale.
 */
export class SampleWalk {
  index = -1;
  decodeTime = 0;
  duration = 0;
  /** Presentation minus decoding time, before any edit list. */
  compositionOffset = 0;
  sizeBytes = 0;
  /** In the file. */
  fileOffset = 0;
  isKey = true;
  readonly #tables: SampleTables;
  readonly #at: SamplePosition;
  readonly #before: SamplePosition;

  constructor(tables: SampleTables, from: Readonly<SamplePosition> = firstPosition) {
    this.#tables = tables;
    this.#at = { ...from };
    this.#before = { ...from };
  }

  /** Where a walk begins whose first sample is the current one. */
  position(): SamplePosition {
    return { ...this.#before };
  }

  /** Goes to the next sample; false after the last. @throws Mp4Fault when a table ends too early. */
  next(): boolean {
    const at = this.#at;
    if (at.index >= this.#tables.sampleCount) return false;
    // Field by field: this runs for every sample of a film, and a copied object costs ten times that.
    const before = this.#before;
    before.index = at.index;
    before.decodeTime = at.decodeTime;
    before.durationEntry = at.durationEntry;
    before.durationUsed = at.durationUsed;
    before.compositionEntry = at.compositionEntry;
    before.compositionUsed = at.compositionUsed;
    before.chunk = at.chunk;
    before.chunkRun = at.chunkRun;
    before.usedOfChunk = at.usedOfChunk;
    before.bytesIntoChunk = at.bytesIntoChunk;
    before.keyEntry = at.keyEntry;
    this.index = at.index;
    this.#readTimes();
    this.#readPlace();
    this.isKey = this.#readKey();
    at.index += 1;
    return true;
  }

  #readTimes(): void {
    const { durations, compositionOffsets } = this.#tables;
    const at = this.#at;
    for (; ; at.durationEntry += 1, at.durationUsed = 0) {
      if (at.durationEntry >= durations.count) throw new Mp4Fault("stts ends before the samples");
      if (at.durationUsed < durations.view.getUint32(at.durationEntry * 8)) break;
    }
    // Signed: some writers mend their clock with a step back, which no player can follow.
    this.duration = durations.view.getInt32(at.durationEntry * 8 + 4);
    if (this.duration < 0) throw new Mp4Fault("a sample lasts less than nothing");
    this.decodeTime = at.decodeTime;
    at.durationUsed += 1;
    at.decodeTime += this.duration;
    if (!compositionOffsets) return;
    for (; ; at.compositionEntry += 1, at.compositionUsed = 0) {
      if (at.compositionEntry >= compositionOffsets.count) {
        throw new Mp4Fault("ctts ends before the samples");
      }
      const length = compositionOffsets.view.getUint32(at.compositionEntry * 8);
      if (at.compositionUsed < length) break;
    }
    // Signed in version 1; in version 0 too, since QuickTime writes negative ones there.
    this.compositionOffset = compositionOffsets.view.getInt32(at.compositionEntry * 8 + 4);
    at.compositionUsed += 1;
  }

  #readPlace(): void {
    const { chunkRuns, chunkOffsets, hasLongOffsets, equalSizeBytes, sizes } = this.#tables;
    const at = this.#at;
    const nextRunAt = (at.chunkRun + 1) * 12;
    if (at.chunkRun >= chunkRuns.count || at.chunk >= chunkOffsets.count) {
      throw new Mp4Fault("there are fewer chunks than samples need");
    }
    const perChunk = chunkRuns.view.getUint32(at.chunkRun * 12 + 4);
    if (perChunk === 0) throw new Mp4Fault("a chunk without samples");
    const { view } = chunkOffsets;
    const base = hasLongOffsets
      ? view.getUint32(at.chunk * 8) * 2 ** 32 + view.getUint32(at.chunk * 8 + 4)
      : view.getUint32(at.chunk * 4);
    this.sizeBytes = equalSizeBytes ?? sizes.view.getUint32(at.index * 4);
    this.fileOffset = base + at.bytesIntoChunk;
    at.usedOfChunk += 1;
    at.bytesIntoChunk += this.sizeBytes;
    if (at.usedOfChunk < perChunk) return;
    at.usedOfChunk = 0;
    at.bytesIntoChunk = 0;
    at.chunk += 1;
    const hasNextRun = at.chunkRun + 1 < chunkRuns.count;
    if (hasNextRun && chunkRuns.view.getUint32(nextRunAt) === at.chunk + 1) at.chunkRun += 1;
  }

  #readKey(): boolean {
    const { keys } = this.#tables;
    if (!keys) return true;
    const at = this.#at;
    const isKey = at.keyEntry < keys.count && keys.view.getUint32(at.keyEntry * 4) === at.index + 1;
    if (isKey) at.keyEntry += 1;
    return isKey;
  }
}
