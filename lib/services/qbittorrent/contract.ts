import type { Torrent, TorrentFault, TorrentFile } from "./map";
import type { ExpectedTorrent } from "./snapshot";

export interface AddRequest {
  /** One of the two. A magnet is never a plain link: qBittorrent would fetch that itself. */
  magnet?: string | undefined;
  torrentFile?: Uint8Array | undefined;
  /** What the torrent is followed by (`vigilio-<id>`): letters, digits, dashes. */
  tag: string;
  category: string;
  /** Absolute, as Vigilio sees it. */
  savePath: string;
  /** In the order of the file, for watching while it loads. */
  sequential?: boolean | undefined;
  /** Where known: a torrent that qBittorrent refuses is looked for by them. */
  infoHashV1?: string | null | undefined;
  infoHashV2?: string | null | undefined;
  signal?: AbortSignal | undefined;
}

export interface AddResult {
  torrent: Torrent;
  /** qBittorrent had it before, under another tag: nothing was added or changed. */
  isDuplicate: boolean;
}

export interface QbittorrentVersion {
  appVersion: string;
  apiVersion: string;
  isSupported: boolean;
}

/**
 * One qBittorrent, 4.5 to 5.3. All paths are as Vigilio sees them. Every method throws
 * UpstreamError("qbittorrent", …); after `credentials` no further login is tried until the client
 * is made anew. A hash is 40 hex digits as in `Torrent.hash`; commands for one that is not there
 * do nothing, reads of one throw `not-found`.
 */
export interface Qbittorrent {
  /**
   * Counts sign-ins. When it changed, qBittorrent may have been started anew, and may not list
   * everything for a while.
   */
  readonly generation: number;
  /**
   * Signs in and reads what answers. `isSupported` is false below 4.5.
   *
   * @throws AppError 503 when `proveFolder` last found that the folder is not the same.
   */
  check(): Promise<QbittorrentVersion>;
  /** The same, whatever was found about the folder. */
  version(): Promise<QbittorrentVersion>;
  /**
   * Adds without letting data flow: a magnet stops when its list of files is known
   * (`hasMetadata`, state paused), a .torrent is stopped from the start. Adding the same tag again
   * answers with the torrent that is there.
   */
  add(request: AddRequest): Promise<AddResult>;
  findByTag(tag: string): Promise<Torrent | null>;
  /** By any of its hashes, also a hybrid by its version 1 alone. */
  findByHash(hashes: {
    infoHashV1?: string | null | undefined;
    infoHashV2?: string | null | undefined;
  }): Promise<Torrent | null>;
  /**
   * Proves that qBittorrent sees and may write the folder that Vigilio calls `dir` (absolute): a
   * file that Vigilio writes there has to be found by qBittorrent and removed by it again. Known
   * until the next sign-in; a failure is looked at again after ten seconds.
   *
   * @param options.isAnew looks again, whatever is known.
   * @throws AppError 503 `qbittorrent-folder-unseen` or `qbittorrent-folder-read-only`.
   */
  proveFolder(dir: string, options?: { isAnew?: boolean }): Promise<void>;
  /**
   * All torrents of the category vigilio or with a tag vigilio-…, and those with the hashes of what
   * is expected, most often in one request.
   */
  snapshot(expected?: readonly ExpectedTorrent[]): Promise<Torrent[]>;
  /** Empty before the metadata is there. */
  files(hash: string): Promise<TorrentFile[]>;
  /** 0 leaves files out, 1 loads them. Throws `refused` before the metadata is there. */
  setPriority(hash: string, indexes: number[], priority: 0 | 1): Promise<void>;
  start(hash: string): Promise<void>;
  stop(hash: string): Promise<void>;
  /** Loads whatever the queue's limits are. */
  forceStart(hash: string, on: boolean): Promise<void>;
  delete(hash: string, options: { deleteFiles: boolean }): Promise<void>;
  /** Null for no limit. Reaching one stops the torrent. */
  setShareLimits(
    hash: string,
    limits: { ratio: number | null; seedingMinutes: number | null },
  ): Promise<void>;
  /** Looks at every byte on the disk again. A start that follows while it is stopped is lost. */
  recheck(hash: string): Promise<void>;
  addTag(hash: string, tag: string): Promise<void>;
  /** Makes the category when there is none of this name. */
  setCategory(hash: string, category: string): Promise<void>;
  /** Why a torrent of this name failed, from the log; null when the log does not tell. */
  errorOf(name: string): Promise<TorrentFault | null>;
  preferences(): Promise<Record<string, unknown>>;
  /** Throws `refused` when a value was not taken: qBittorrent itself says nothing then. */
  setPreferences(values: Record<string, string | number | boolean>): Promise<void>;
  /** State of every piece. Empty before the metadata is there. */
  pieceStates(hash: string): Promise<{ pieceSizeBytes: number; have: boolean[] }>;
  /** Where qBittorrent saves by default; null when it does not say. */
  freeSpaceBytes(): Promise<number | null>;
}
