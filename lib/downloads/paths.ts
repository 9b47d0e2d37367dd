import { isAbsolute, join, normalize } from "node:path";

/** Two names of the same folder: qBittorrent's and Vigilio's; both absolute, no slash at the end. */
export interface PathPair {
  remote: string;
  local: string;
}

function replacePrefix(path: string, from: string, to: string): string | null {
  if (path === from) return to === "" ? "/" : to;
  return path.startsWith(`${from}/`) ? to + path.slice(from.length) : null;
}

function longestFirst(pairs: readonly PathPair[], side: keyof PathPair): PathPair[] {
  return [...pairs].sort((a, b) => b[side].length - a[side].length);
}

/** A path as qBittorrent sees it. Without a pair that fits, both see the same. */
export function toRemotePath(path: string, pairs: readonly PathPair[]): string {
  for (const pair of longestFirst(pairs, "local")) {
    const mapped = replacePrefix(path, pair.local, pair.remote);
    if (mapped) return mapped;
  }
  return path;
}

/** A path of qBittorrent's as Vigilio sees it. */
export function toLocalPath(path: string, pairs: readonly PathPair[]): string {
  for (const pair of longestFirst(pairs, "remote")) {
    const mapped = replacePrefix(path, pair.remote, pair.local);
    if (mapped) return mapped;
  }
  return path;
}

/**
 * A torrent's file below its folder. Null when the name would leave it: torrents are made by
 * strangers.
 */
export function insideFolder(folder: string, relativePath: string): string | null {
  if (relativePath.includes("\0") || isAbsolute(relativePath)) return null;
  const path = normalize(join(folder, relativePath));
  return path.startsWith(`${normalize(folder)}/`) ? path : null;
}
