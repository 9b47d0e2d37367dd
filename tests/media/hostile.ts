import { randomBytes } from "node:crypto";
import { readFile, truncate, writeFile } from "node:fs/promises";

/** An EBML element (RFC 8794) with its length in eight bytes. */
function element(id: string, content: Buffer, length = content.length): Buffer {
  const size = Buffer.alloc(8);
  size.writeBigUInt64BE(BigInt(length) | (1n << 56n));
  return Buffer.concat([Buffer.from(id, "hex"), size, content]);
}

const matroskaHead = element("1a45dfa3", element("4282", Buffer.from("matroska")));

/** A Matroska file with nothing in it but tags within tags (RFC 9559, 5.1.8.1.2), so many deep. */
export async function writeNestedMatroska(path: string, depth: number): Promise<void> {
  const headBytes = 10;
  const nested = Array.from({ length: depth }, (_, level) =>
    element("67c8", Buffer.alloc(0), (depth - level - 1) * headBytes),
  );
  const tags = element("1254c367", element("7373", Buffer.concat(nested)));
  await writeFile(path, Buffer.concat([matroskaHead, element("18538067", tags)]));
}

/**
 * What a download leaves that took its room first and then stopped: the beginning of a film, and
 * zeros for as long as one likes. Takes no room itself.
 */
export async function leaveUnfinished(
  path: string,
  beginning: Buffer,
  sizeBytes: number,
): Promise<void> {
  await writeFile(path, beginning);
  await truncate(path, sizeBytes);
}

/** Bytes without any meaning, which no format begins with. */
export async function writeNoise(path: string, sizeBytes: number): Promise<void> {
  const noise = randomBytes(sizeBytes);
  noise[0] = 0x91;
  await writeFile(path, noise);
}

/** Turns over a byte at even distances, as bad reception or a bad disk does; the head stays whole. */
export async function damage(path: string, everyBytes: number): Promise<void> {
  const bytes = await readFile(path);
  for (let at = 5000; at < bytes.length; at += everyBytes) bytes[at] = (bytes[at] ?? 0) ^ 0xff;
  await writeFile(path, bytes);
}

interface Box {
  type: string;
  content: Buffer;
}

/** Boxes of an MP4 one after the other (ISO/IEC 14496-12, 4.2), none above 4 GB. */
function boxesIn(bytes: Buffer): Box[] {
  const boxes: Box[] = [];
  for (let at = 0; at + 8 <= bytes.length; ) {
    const size = bytes.readUInt32BE(at) || bytes.length - at;
    boxes.push({
      type: bytes.toString("latin1", at + 4, at + 8),
      content: bytes.subarray(at + 8, at + size),
    });
    at += size;
  }
  return boxes;
}

function box(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length + 8);
  head.write(type, 4, "latin1");
  return Buffer.concat([head, content]);
}

/** QuickTime's alias record with an absolute path, as far as readers of films look at it. */
function aliasTo(path: string): Buffer {
  const name = Buffer.from(path);
  const tail = Buffer.alloc(4);
  tail.writeUInt16BE(2, 0);
  tail.writeUInt16BE(name.length, 2);
  // Flags, ten bytes, a volume of 28, twelve, a name of 64, sixteen, two levels, sixteen.
  const record = Buffer.alloc(4 + 10 + 28 + 12 + 64 + 16 + 4 + 16);
  return box("alis", Buffer.concat([record, tail, name, Buffer.from("ffff0000", "hex")]));
}

/**
 * Makes an MP4 whose samples are said to lie in another file (a data reference), and whose own are
 * gone. The index of the source has to stand at its end.
 */
export async function pointElsewhere(
  sourcePath: string,
  path: string,
  otherPath: string,
): Promise<void> {
  const rewrite = ({ type, content }: Box): Buffer => {
    if (["moov", "trak", "mdia", "minf", "dinf"].includes(type)) {
      return box(type, Buffer.concat(boxesIn(content).map(rewrite)));
    }
    if (type === "dref") {
      return box(type, Buffer.concat([content.subarray(0, 8), aliasTo(otherPath)]));
    }
    return box(type, type === "mdat" ? Buffer.alloc(content.length) : content);
  };
  const boxes = boxesIn(await readFile(sourcePath));
  if (boxes.at(-1)?.type !== "moov") throw new Error("the index has to stand at the end");
  await writeFile(path, Buffer.concat(boxes.map(rewrite)));
}
