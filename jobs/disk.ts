import { statfs } from "node:fs/promises";

/** Bytes that can still be written to the disk of a folder. */
export async function freeBytes(dir: string): Promise<number> {
  const stats = await statfs(dir);
  return stats.bavail * stats.bsize;
}

/** Gigabytes with one decimal: how sizes are said in reasons. */
export function gigabytes(bytes: number): number {
  return Math.round(bytes / 1e8) / 10;
}
