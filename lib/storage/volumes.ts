import { stat, statfs } from "node:fs/promises";
import type { Env } from "@/lib/env";
import { type FolderKind, folderKinds } from "./schema";

export interface Volume {
  folders: FolderKind[];
  totalBytes: number;
  freeBytes: number;
}

/** Disks that Vigilio's folders lie on, each once however many folders it holds. */
export async function volumesOf({ mediaDir, downloadsDir, dataDir }: Env): Promise<Volume[]> {
  const places = { media: mediaDir, downloads: downloadsDir, data: dataDir };
  const byDevice = new Map<number, Volume>();
  for (const folder of folderKinds) {
    const path = places[folder];
    const [found, disk] = await Promise.all([stat(path), statfs(path)]).catch(() => []);
    // A disk that is not plugged in has nothing to tell.
    if (!found || !disk) continue;
    const known = byDevice.get(found.dev);
    if (known) {
      known.folders.push(folder);
      continue;
    }
    const totalBytes = disk.blocks * disk.bsize;
    const freeBytes = disk.bavail * disk.bsize;
    byDevice.set(found.dev, { folders: [folder], totalBytes, freeBytes });
  }
  return [...byDevice.values()];
}
