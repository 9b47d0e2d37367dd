import { isAbsolute, join, normalize } from "node:path";

/**
 * A torrent's file below its folder. Null when the name would leave it: torrents are made by
 * strangers.
 */
export function insideFolder(folder: string, relativePath: string): string | null {
  if (relativePath.includes("\0") || isAbsolute(relativePath)) return null;
  const path = normalize(join(folder, relativePath));
  return path.startsWith(`${normalize(folder)}/`) ? path : null;
}
