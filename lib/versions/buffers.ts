/** Length of each buffer: large reads are what makes streaming cheap. */
export const bufferBytes = 2 * 1024 * 1024;
/** At rest no more memory than this is kept: 16 buffers, enough for eight streams at once. */
const mostKept = 16;

/** ECMAScript 2024, which the types of our target do not know yet and every Node.js from 20 on does. */
const ResizableBuffer = ArrayBuffer as new (
  byteLength: number,
  options: { maxByteLength: number },
) => ArrayBuffer;

/**
 * A buffer that begins at a page of memory, since a resizable ArrayBuffer is mapped and not
 * allocated. An allocated one begins 16 bytes into a page, and there some processors copy pages of
 * a file four times as slowly (docs/decisions/streaming.md).
 */
function pageAlignedBuffer(): Buffer {
  const bytes = new ResizableBuffer(bufferBytes, { maxByteLength: bufferBytes });
  return Buffer.from(bytes, 0, bufferBytes);
}

const holder = globalThis as typeof globalThis & { vigilioBuffers?: Buffer[] };

/**
 * Takes a buffer of `bufferBytes` from the pool that all streams of the process share. Fresh
 * memory for every request is what costs when small ranges are served (page faults, not copies).
 */
export function takeBuffer(): Buffer {
  holder.vigilioBuffers ??= [];
  return holder.vigilioBuffers.pop() ?? pageAlignedBuffer();
}

/** Gives a buffer back. Only when nothing reads into it or sends from it any more. */
export function giveBuffer(buffer: Buffer): void {
  holder.vigilioBuffers ??= [];
  if (holder.vigilioBuffers.length < mostKept) holder.vigilioBuffers.push(buffer);
}
