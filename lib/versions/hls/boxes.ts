/** The file is no MP4 that this packager can cut into pieces; the message says why, for the log. */
export class Mp4Fault extends Error {
  override readonly name = "Mp4Fault";
}

/** A box of ISO/IEC 14496-12, 4.2; its offsets count from the beginning of the buffer. */
export interface Box {
  /** Four characters, as `moov`. */
  type: string;
  start: number;
  /** Where the content begins, after size and type. */
  bodyStart: number;
  /** Behind the last byte. */
  end: number;
}

/** The boxes that lie side by side between two offsets. @throws Mp4Fault when one reaches too far. */
export function boxesIn(buffer: Buffer, start: number, end: number): Box[] {
  const found: Box[] = [];
  let at = start;
  while (at + 8 <= end) {
    let length = buffer.readUInt32BE(at);
    let bodyStart = at + 8;
    if (length === 1 && at + 16 <= end) {
      length = Number(buffer.readBigUInt64BE(at + 8));
      bodyStart = at + 16;
    } else if (length === 0) length = end - at;
    const type = buffer.toString("latin1", at + 4, at + 8);
    if (length < bodyStart - at || at + length > end) {
      // QuickTime ends some lists with four or eight zero bytes; `length` was read as "to the end".
      if (type === "\0\0\0\0") break;
      throw new Mp4Fault(`a box is longer than what it lies in: ${JSON.stringify(type)}`);
    }
    found.push({ type, start: at, bodyStart, end: at + length });
    at += length;
  }
  return found;
}

/** Follows a path of types through the first box of each; undefined where it ends. */
export function boxAt(buffer: Buffer, within: Box, ...path: string[]): Box | undefined {
  let here: Box | undefined = within;
  for (const type of path) {
    if (!here) return undefined;
    here = boxesIn(buffer, here.bodyStart, here.end).find((box) => box.type === type);
  }
  return here;
}

/** As `boxAt`. @throws Mp4Fault when it is not there. */
export function neededBox(buffer: Buffer, within: Box, ...path: string[]): Box {
  const found = boxAt(buffer, within, ...path);
  if (!found) throw new Mp4Fault(`no ${path.join("/")} in ${within.type}`);
  return found;
}

/** The bytes of a whole box, shared with the buffer. */
export function bytesOf(buffer: Buffer, box: Box): Buffer {
  return buffer.subarray(box.start, box.end);
}

/** Writes a box around its content. */
export function box(type: string, ...content: Buffer[]): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt32BE(
    content.reduce((sum, part) => sum + part.length, 8),
    0,
  );
  header.write(type, 4, "latin1");
  return Buffer.concat([header, ...content]);
}

/** Writes a box with version and flags before its content (4.2, FullBox). */
export function fullBox(
  type: string,
  version: number,
  flags: number,
  ...content: Buffer[]
): Buffer {
  return box(type, uint32(((version << 24) | flags) >>> 0), ...content);
}

/** Numbers of 32 bits, unsigned, one after the other. */
export function uint32(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [place, value] of values.entries()) bytes.writeUInt32BE(value, place * 4);
  return bytes;
}
