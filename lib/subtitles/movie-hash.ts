import { type FileHandle, open } from "node:fs/promises";

/** Bytes read from each end. */
const windowBytes = 65_536;
const mask = 0xffff_ffff_ffff_ffffn;

/**
 * The hash that OpenSubtitles knows files by: the size plus the little-endian 64-bit words of the
 * first and of the last 64 KiB, modulo 2^64. Of the whole, untouched original only: a file that is
 * still downloading, or was remuxed, gives a plausible wrong value.
 * Source: https://trac.opensubtitles.org/opensubtitles/wiki/HashSourceCodes
 *
 * @returns 16 lower-case hexadecimal digits, or null below 128 KiB, where the two windows overlap
 *   and the rule says not to hash.
 * @throws when the file cannot be read, or becomes shorter meanwhile.
 */
export async function movieHash(path: string): Promise<string | null> {
  const file = await open(path, "r");
  try {
    const sizeBytes = (await file.stat()).size;
    if (sizeBytes < 2 * windowBytes) return null;
    const buffer = Buffer.alloc(windowBytes);
    let sum = BigInt(sizeBytes);
    for (const position of [0, sizeBytes - windowBytes]) {
      await readExactly(file, buffer, position);
      for (let offset = 0; offset < windowBytes; offset += 8) {
        sum += buffer.readBigUInt64LE(offset);
      }
    }
    return (sum & mask).toString(16).padStart(16, "0");
  } finally {
    await file.close();
  }
}

/**
 * A read may give less than was asked for, so it goes on until the buffer is full. The position is
 * a number: Node.js 20 takes a bigint there and silently reads from the current position instead.
 */
async function readExactly(file: FileHandle, buffer: Buffer, position: number): Promise<void> {
  for (let filled = 0; filled < buffer.length; ) {
    const left = buffer.length - filled;
    const { bytesRead } = await file.read(buffer, filled, left, position + filled);
    if (bytesRead === 0) throw new Error("the file became shorter while it was hashed");
    filled += bytesRead;
  }
}
