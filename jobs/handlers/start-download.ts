import { join } from "node:path";
import { downloadById, downloadByTag, saveStarted, saveWaiting } from "@/lib/downloads/mutations";
import { finishReplacement } from "@/lib/downloads/replacements";
import { type Reason, reason } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";
import { vigilioCategory, vigilioTagPrefix } from "@/lib/services/qbittorrent/client";
import type { Torrent } from "@/lib/services/qbittorrent/map";
import { settingOf } from "@/lib/settings/data";
import { done, type Handler, type JobContext, later, type Outcome } from "../context";
import { orWait } from "../wait-for-qbittorrent";

/** How soon it is looked whether what is in the way has gone. */
const removalPauseMs = 3_000;
const inTheWayPauseMs = 15_000;

/** Somebody else's torrent with the same hash is in qBittorrent: why, and how soon to look again. */
function inTheWay(context: JobContext, torrent: Torrent): { why: Reason; pauseMs: number } {
  const ours = torrent.tags.filter((tag) => tag.startsWith(vigilioTagPrefix));
  if (ours.some((tag) => downloadByTag(context.db, tag))) {
    return { why: reason("torrent-twice"), pauseMs: inTheWayPauseMs };
  }
  // A movie that was just deleted is still being cleared away: its torrent goes in a moment.
  if (ours.length > 0) return { why: reason("torrent-being-removed"), pauseMs: removalPauseMs };
  return { why: reason("torrent-elsewhere"), pauseMs: inTheWayPauseMs };
}

async function start(context: JobContext, downloadId: string): Promise<Outcome> {
  const { db, env, services } = context;
  const download = downloadById(db, downloadId);
  if (!download) return done;
  const client = services.qbittorrent();
  // Nothing is downloaded to where Vigilio would not find it.
  const isExternal = settingOf(db, env, "qbittorrentUrl") !== null;
  if (isExternal) await client.proveFolder(env.downloadsDir);
  const savePath = join(env.downloadsDir, download.id);
  const { torrent, isDuplicate } = await client.add({
    ...(download.torrentFile
      ? { torrentFile: download.torrentFile }
      : { magnet: download.magnet ?? "" }),
    tag: download.tag,
    category: vigilioCategory,
    savePath,
    infoHashV1: download.infoHashV1,
    infoHashV2: download.infoHashV2,
    signal: context.signal,
  });
  if (isDuplicate) {
    const { why, pauseMs } = inTheWay(context, torrent);
    saveWaiting(db, download, why, context.now());
    return later(context, pauseMs, why);
  }
  const now = context.now();
  db.transaction((tx) => {
    saveStarted(
      tx,
      download.id,
      {
        clientHash: torrent.hash,
        infoHashV1: torrent.infoHashV1,
        infoHashV2: torrent.infoHashV2,
        savePath,
      },
      now,
    );
    finishReplacement(tx, download, now);
    // A .torrent file brings its list along; a magnet's arrives when peers have sent it, and
    // jobs/watch-downloads.ts enqueues this then.
    if (download.torrentFile) {
      enqueue(tx, "prepare-download", { downloadId, movieId: download.movieId }, { now });
    }
  });
  return done;
}

/**
 * Gives the torrent to qBittorrent, in a folder of its own, in a way that no data flows yet: a
 * magnet stops when its file list is there, a .torrent is added stopped. One that is there already
 * (an earlier attempt died after adding) is taken over by its tag; one that somebody else put there
 * is left alone, and waited for until it is gone.
 */
export const startDownload: Handler<"start-download"> = (context, { downloadId }) =>
  orWait(context, downloadId, () => start(context, downloadId));
