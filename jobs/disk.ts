import { statfs } from "node:fs/promises";
import { type Reason, reason } from "@/lib/errors";

/** Bytes that can still be written to the disk of a folder. */
export async function freeBytes(dir: string): Promise<number> {
  const stats = await statfs(dir);
  return stats.bavail * stats.bsize;
}

/** Why a folder's disk has no room for so many bytes, in words; null when it has. */
export async function whyShort(dir: string, neededBytes: number): Promise<Reason | null> {
  const free = await freeBytes(dir);
  if (free >= neededBytes) return null;
  return reason("disk-short", {
    neededGigabytes: gigabytes(neededBytes),
    freeGigabytes: gigabytes(free),
  });
}

/** Gigabytes with one decimal: how sizes are said in reasons. */
export function gigabytes(bytes: number): number {
  return Math.round(bytes / 1e8) / 10;
}
