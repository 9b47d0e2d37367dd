import type { z } from "zod";
import type { WireTorrent, wireFiles, wireLog } from "./wire";

type TorrentState =
  | "metadata"
  | "checking"
  | "downloading"
  | "stalled"
  | "paused"
  | "queued"
  | "moving"
  | "seeding"
  | "failed"
  | "other";

export interface Torrent {
  /** What qBittorrent calls it now: version 1's hash, else version 2's cut to 40 digits. Changes. */
  hash: string;
  infoHashV1: string | null;
  infoHashV2: string | null;
  tags: string[];
  category: string;
  name: string;
  state: TorrentState;
  /** The chosen files are there and checked. A finished torrent may be paused too. */
  isComplete: boolean;
  /** False for a magnet whose list of files is not known yet. */
  hasMetadata: boolean;
  isForced: boolean;
  isSequential: boolean;
  /** 0 to 1, of the chosen files. */
  progress: number;
  /** Of the chosen files, up to whole pieces; null before the metadata. */
  sizeBytes: number | null;
  /** Of all files; null before the metadata. */
  totalSizeBytes: number | null;
  speedBytesPerSecond: number;
  uploadBytesPerSecond: number;
  etaSeconds: number | null;
  /** Connected now. */
  seeds: number;
  peers: number;
  /** Whole copies among everybody connected, this one included; null when nobody counts. */
  availability: number | null;
  /** In the whole swarm, as trackers say; null when they do not. */
  swarmSeeds: number | null;
  swarmPeers: number | null;
  ratio: number;
  /** Stopped, with a limit of its seeding reached: it is not going to be given on any further. */
  hasSeededEnough: boolean;
  addedAt: Date;
  /** When something of it was last sent or received; null when it never was. */
  lastActivityAt: Date | null;
  savePath: string;
  /** The file, or the folder of several. Null until it is an absolute path. */
  contentPath: string | null;
  failure: "error" | "missing-files" | null;
}

export interface TorrentFile {
  index: number;
  /** Relative to the save path, with `/`. */
  path: string;
  sizeBytes: number;
  progress: number;
  isWanted: boolean;
  /** First and last piece, both included. */
  pieces: { first: number; last: number };
}

/** Why a torrent stands in `error`, as far as qBittorrent's log tells. */
export interface TorrentFault {
  kind: "disk-full" | "not-permitted" | "read-only" | "path-missing" | "disk-error" | "other";
  /** The system's own words. May hold paths. */
  detail: string;
}

const states: Record<string, TorrentState> = {
  metaDL: "metadata",
  forcedMetaDL: "metadata",
  checkingUP: "checking",
  checkingDL: "checking",
  checkingResumeData: "checking",
  allocating: "checking",
  downloading: "downloading",
  forcedDL: "downloading",
  stalledDL: "stalled",
  queuedDL: "queued",
  pausedDL: "paused",
  stoppedDL: "paused",
  pausedUP: "paused",
  stoppedUP: "paused",
  uploading: "seeding",
  stalledUP: "seeding",
  queuedUP: "seeding",
  forcedUP: "seeding",
  moving: "moving",
  error: "failed",
  missingFiles: "failed",
};
const doneStates = new Set([
  "uploading",
  "stalledUP",
  "queuedUP",
  "forcedUP",
  "pausedUP",
  "stoppedUP",
]);

/** Version 5 has another name for it. */
const stoppedStates = new Set(["pausedUP", "stoppedUP"]);

function reachedLimit(wire: WireTorrent): boolean {
  const byRatio = wire.max_ratio >= 0 && wire.ratio >= wire.max_ratio;
  const byTime = wire.max_seeding_time >= 0 && wire.seeding_time >= wire.max_seeding_time * 60;
  return byRatio || byTime;
}

/** What qBittorrent says when it does not know: a hundred days. */
const unknownEta = 8_640_000;

/** Turns a torrent of `torrents/info` or `sync/maindata` into ours. */
export function toTorrent(hash: string, wire: WireTorrent): Torrent {
  // Before the metadata: size 0, total_size -1, amount_left 0. None of it means "done".
  const hasMetadata = wire.total_size > 0;
  const isComplete =
    hasMetadata &&
    wire.size > 0 &&
    wire.progress >= 1 &&
    wire.amount_left === 0 &&
    doneStates.has(wire.state);
  const isLoading = wire.state === "downloading" || wire.state === "forcedDL";
  return {
    hash: hash.toLowerCase(),
    infoHashV1: wire.infohash_v1.toLowerCase() || null,
    infoHashV2: wire.infohash_v2.toLowerCase() || null,
    tags: wire.tags
      .split(",")
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ""),
    category: wire.category,
    name: wire.name,
    state: states[wire.state] ?? "other",
    isComplete,
    hasMetadata,
    isForced: wire.force_start,
    isSequential: wire.seq_dl,
    progress: Math.min(Math.max(wire.progress, 0), 1),
    sizeBytes: hasMetadata ? wire.size : null,
    totalSizeBytes: hasMetadata ? wire.total_size : null,
    speedBytesPerSecond: wire.dlspeed,
    uploadBytesPerSecond: wire.upspeed,
    etaSeconds: isLoading && wire.eta >= 0 && wire.eta < unknownEta ? wire.eta : null,
    seeds: wire.num_seeds,
    peers: wire.num_leechs,
    availability: wire.availability >= 0 ? wire.availability : null,
    swarmSeeds: wire.num_complete >= 0 ? wire.num_complete : null,
    swarmPeers: wire.num_incomplete >= 0 ? wire.num_incomplete : null,
    ratio: Math.max(wire.ratio, 0),
    hasSeededEnough: isComplete && stoppedStates.has(wire.state) && reachedLimit(wire),
    addedAt: new Date(wire.added_on * 1000),
    lastActivityAt: wire.last_activity > 0 ? new Date(wire.last_activity * 1000) : null,
    savePath: wire.save_path,
    contentPath: isAbsolute(wire.content_path) ? wire.content_path : null,
    failure:
      wire.state === "error" ? "error" : wire.state === "missingFiles" ? "missing-files" : null,
  };
}

/** Also Windows paths: qBittorrent may run elsewhere. */
function isAbsolute(path: string): boolean {
  return /^(\/|[a-z]:[/\\])/i.test(path);
}

export function toFile(wire: z.output<typeof wireFiles>[number]): TorrentFile {
  return {
    index: wire.index,
    path: wire.name,
    sizeBytes: wire.size,
    progress: wire.progress,
    isWanted: wire.priority > 0,
    pieces: { first: wire.piece_range[0], last: wire.piece_range[1] },
  };
}

const faultWords: [TorrentFault["kind"], RegExp][] = [
  ["disk-full", /no space left|disk quota|file too large|not enough space/i],
  ["not-permitted", /permission denied|operation not permitted|access is denied/i],
  ["read-only", /read-only file system/i],
  ["path-missing", /no such file|not a directory|cannot find the path/i],
  ["disk-error", /input\/output error|i\/o error|stale (nfs )?file handle|no such device/i],
];

/** The newest line about this torrent in qBittorrent's log (its interface in English). */
export function faultIn(log: z.output<typeof wireLog>, name: string): TorrentFault | null {
  const start = `File error alert. Torrent: "${name}". `;
  const message = log.findLast((line) => line.message.startsWith(start))?.message;
  if (message === undefined) return null;
  const detail = /Reason: "(.*)"$/s.exec(message)?.[1] ?? message.slice(start.length);
  const kind = faultWords.find(([, words]) => words.test(detail))?.[0] ?? "other";
  return { kind, detail };
}
