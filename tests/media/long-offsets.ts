import { open } from "node:fs/promises";
import { box, boxesIn } from "@/lib/versions/hls/boxes";

const containers = new Set(["moov", "trak", "mdia", "minf", "stbl"]);

/** The index with every stco as co64, and `add` more in each offset. */
function withLongOffsets(moov: Buffer, add: number): Buffer {
  return Buffer.concat(
    boxesIn(moov, 0, moov.length).map(({ type, start, bodyStart, end }) => {
      const body = moov.subarray(bodyStart, end);
      if (containers.has(type)) return box(type, withLongOffsets(body, add));
      if (type !== "stco") return moov.subarray(start, end);
      const count = body.readUInt32BE(4);
      const offsets = Buffer.alloc(count * 8);
      for (let place = 0; place < count; place += 1) {
        offsets.writeBigUInt64BE(BigInt(body.readUInt32BE(8 + place * 4) + add), place * 8);
      }
      return box("co64", body.subarray(0, 8), offsets);
    }),
  );
}

/**
 * Writes an MP4 whose samples lie behind a hole, as in a film of that size: the file says that it
 * is that long, and takes no more room than the one it is made from.
 */
export async function moveBehindHole(source: string, target: string, holeBytes: number) {
  const from = await open(source);
  const to = await open(target, "w");
  try {
    const bytes = Buffer.alloc((await from.stat()).size);
    await from.read(bytes, 0, bytes.length, 0);
    const [ftyp, ...others] = boxesIn(bytes, 0, bytes.length);
    const moov = others.find(({ type }) => type === "moov");
    if (!ftyp || !moov) throw new Error("no MP4");
    const index = (add: number) =>
      box("moov", withLongOffsets(bytes.subarray(moov.bodyStart, moov.end), add));
    const head = bytes.subarray(ftyp.start, ftyp.end);
    const hole = Buffer.alloc(16);
    hole.writeUInt32BE(1, 0);
    hole.write("free", 4, "latin1");
    hole.writeBigUInt64BE(BigInt(holeBytes), 8);
    const before = head.length + index(0).length + holeBytes;
    await to.write(Buffer.concat([head, index(before), hole]), 0);
    // The old file as a whole behind it, in a box of its own kind: offsets only grow.
    await to.write(bytes, 0, bytes.length, before);
  } finally {
    await Promise.all([from.close(), to.close()]);
  }
}
