import { join } from "node:path";
import { downloadById, saveStarted } from "@/lib/downloads/mutations";
import { reason } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";
import { vigilioCategory, vigilioTagPrefix } from "@/lib/services/qbittorrent/client";
import { done, type Handler, later } from "../context";

/**
 * Gives the torrent to qBittorrent, in a folder of its own, in a way that no data flows yet: a
 * magnet stops when its file list is there, a .torrent is added stopped. One that is there already
 * (an earlier attempt died after adding) is taken over by its tag.
 */
export const startDownload: Handler<"start-download"> = async (context, { downloadId }) => {
  const { db, env, services } = context;
  const download = downloadById(db, downloadId);
  if (!download) return done;
  const client = services.qbittorrent();
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
    // A movie that was just deleted is still being cleared away: its torrent goes in a moment.
    const isOurs = torrent.tags.some((tag) => tag.startsWith(vigilioTagPrefix));
    if (isOurs) return later(context, 3_000, reason("torrent-being-removed"));
    return { kind: "failed", reason: reason("torrent-elsewhere") };
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
    // A .torrent file brings its list along; a magnet's arrives when peers have sent it, and
    // jobs/watch-downloads.ts enqueues this then.
    if (download.torrentFile) {
      enqueue(tx, "prepare-download", { downloadId, movieId: download.movieId }, { now });
    }
  });
  return done;
};
