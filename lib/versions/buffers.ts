/** Length of each buffer: large reads are what makes streaming cheap. */
export const bufferBytes = 2 * 1024 * 1024;
/** At rest no more memory than this is kept: 16 buffers, enough for eight streams at once. */
const mostKept = 16;

const holder = globalThis as typeof globalThis & { vigilioBuffers?: Buffer[] };

/**
 * Takes a buffer of `bufferBytes` from the pool that all streams of the process share. Fresh
 * memory for every request is what costs when small ranges are served (page faults, not copies).
 */
export function takeBuffer(): Buffer {
  holder.vigilioBuffers ??= [];
  return holder.vigilioBuffers.pop() ?? Buffer.allocUnsafeSlow(bufferBytes);
}

/** Gives a buffer back. Only when nothing reads into it or sends from it any more. */
export function giveBuffer(buffer: Buffer): void {
  holder.vigilioBuffers ??= [];
  if (holder.vigilioBuffers.length < mostKept) holder.vigilioBuffers.push(buffer);
}
