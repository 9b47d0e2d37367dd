import type { Db } from "@/lib/db";
import {
  completeDownload,
  type DownloadRow,
  failDownload,
  followedDownloads,
  type ObservedTorrent,
  saveObserved,
} from "@/lib/downloads/mutations";
import { type Reason, reason, UpstreamError } from "@/lib/errors";
import { logFor } from "@/lib/log";
import { enqueue } from "@/lib/queue/enqueue";
import type { Torrent } from "@/lib/services/qbittorrent/map";
import type { Services } from "@/lib/settings/connect";

const log = logFor("downloads");

type Followed = Omit<DownloadRow, "torrentFile">;

export interface WatchContext {
  db: Db;
  services: Services;
  now(): Date;
}

/** What a person is told about a torrent that does not move. */
function reasonOf(torrent: Torrent, download: Followed): Reason | null {
  if (torrent.failure === "missing-files") return reason("torrent-missing-files");
  if (torrent.failure === "error") return reason("torrent-error");
  if (download.completedAt || torrent.isComplete) return null;
  if (torrent.state === "metadata") return reason("torrent-metadata-pending");
  if (torrent.state === "stalled") {
    return torrent.seeds > 0 ? reason("torrent-stalled") : reason("torrent-no-seeds");
  }
  return null;
}

function observed(torrent: Torrent, download: Followed): ObservedTorrent {
  // Stopped by us until the files are chosen: that is no pause of a person's.
  const isHeld = torrent.state === "paused" && !download.files;
  return {
    clientHash: torrent.hash,
    infoHashV1: torrent.infoHashV1,
    infoHashV2: torrent.infoHashV2,
    name: torrent.totalSizeBytes ? torrent.name : download.name,
    state: isHeld ? "metadata" : torrent.state === "other" ? download.state : torrent.state,
    reason: isHeld ? null : reasonOf(torrent, download),
    progress: download.completedAt ? 1 : torrent.progress,
    speedBytesPerSecond: torrent.speedBytesPerSecond,
    etaSeconds: torrent.etaSeconds,
    seeds: torrent.seeds,
    peers: torrent.peers,
    ratio: Math.round(torrent.ratio * 1000) / 1000,
  };
}

function watchOne(context: WatchContext, download: Followed, torrent: Torrent | undefined): void {
  const { db } = context;
  const now = context.now();
  if (!torrent) {
    // Not yet added (start-download is on it), or taken away by a person.
    if (download.clientHash && download.state !== "failed" && !download.completedAt) {
      failDownload(db, download, reason("torrent-gone"), now);
    }
    return;
  }
  if (!download.clientHash) return;
  saveObserved(db, download, observed(torrent, download), now);
  if (!download.files && torrent.hasMetadata && download.state !== "failed") {
    const payload = { downloadId: download.id, movieId: download.movieId };
    enqueue(db, "prepare-download", payload, { now });
    return;
  }
  if (download.files && torrent.isComplete && !download.completedAt) {
    completeDownload(db, download, now);
    log.info({ downloadId: download.id, movieId: download.movieId }, "download complete");
  }
}

let wasReachable = true;

/**
 * One tick: asks qBittorrent once for all torrents and writes down what changed. A torrent is known
 * by its tag. A qBittorrent that does not answer is said once, and asked again at the next tick.
 */
export async function watchDownloads(context: WatchContext): Promise<void> {
  const followed = followedDownloads(context.db);
  if (followed.length === 0) return;
  let torrents: Torrent[];
  try {
    torrents = await context.services.qbittorrent().snapshot();
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    if (wasReachable) log.warn({ why: error.fault }, "qBittorrent does not answer");
    wasReachable = false;
    return;
  }
  if (!wasReachable) log.info("qBittorrent answers again");
  wasReachable = true;
  const byTag = new Map(torrents.flatMap((torrent) => torrent.tags.map((tag) => [tag, torrent])));
  for (const download of followed) watchOne(context, download, byTag.get(download.tag));
}
