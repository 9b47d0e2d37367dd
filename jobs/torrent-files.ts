import { lstat } from "node:fs/promises";
import { join } from "node:path";
import type { StoredTorrentFile } from "@/db/schema";
import { insideFolder } from "@/lib/downloads/paths";
import type { TorrentFile } from "@/lib/services/qbittorrent/map";

/** qBittorrent may be set to call a file so until it is complete. */
const unfinishedEnding = ".!qB";

const exists = (path: string) =>
  lstat(path).then(
    () => true,
    () => false,
  );

/**
 * Whether the movie's file lies where qBittorrent says. It does not notice by itself when a file is
 * deleted under it, and may mean another folder than Vigilio.
 */
export async function lookOnDisk(
  savePath: string,
  files: readonly StoredTorrentFile[],
): Promise<{ hasFeature: boolean; hasFolder: boolean }> {
  const feature = files.find((file) => file.role === "feature");
  const path = feature && insideFolder(savePath, feature.path);
  if (!path) return { hasFeature: false, hasFolder: await exists(savePath) };
  if ((await exists(path)) || (await exists(path + unfinishedEnding))) {
    return { hasFeature: true, hasFolder: true };
  }
  const folder = feature.path.includes("/") ? join(savePath, feature.path.split("/")[0] ?? "") : "";
  return {
    hasFeature: false,
    hasFolder: (await exists(savePath)) || (folder !== "" && (await exists(folder))),
  };
}

/** The stored list under the names that qBittorrent has now; null when nothing was renamed. */
export function renamed(
  stored: readonly StoredTorrentFile[],
  listed: readonly TorrentFile[],
): StoredTorrentFile[] | null {
  const pathOf = new Map(listed.map((file) => [file.index, file.path]));
  const now = stored.map((file) => ({ ...file, path: pathOf.get(file.index) ?? file.path }));
  return now.some((file, at) => file.path !== stored[at]?.path) ? now : null;
}
