export interface PathPair {
  /** As qBittorrent sees it. */
  remote: string;
  /** As Vigilio sees it. */
  local: string;
}

/** A path of qBittorrent as Vigilio sees it; as it is when no pair fits. */
export function toLocal(path: string, pairs: PathPair[]): string {
  return swap(path, pairs, "remote", "local");
}

/** A path of Vigilio as qBittorrent sees it. */
export function toRemote(path: string, pairs: PathPair[]): string {
  return swap(path, pairs, "local", "remote");
}

function swap(path: string, pairs: PathPair[], from: keyof PathPair, to: keyof PathPair): string {
  // The longest fits best; /data is no part of /database.
  const fitting = pairs
    .filter((pair) => path === pair[from] || path.startsWith(`${pair[from]}/`))
    .sort((a, b) => b[from].length - a[from].length)[0];
  return fitting ? fitting[to] + path.slice(fitting[from].length) : path;
}
