import type { StoredTorrentFile } from "@/db/schema";
import { chooseFiles } from "@/lib/downloads/choose-files";
import { downloadById, saveChosenFiles, saveWaiting } from "@/lib/downloads/mutations";
import { insideFolder } from "@/lib/downloads/paths";
import { reason } from "@/lib/errors";
import { nameFromRelease } from "@/lib/movies/metadata";
import { done, type Handler, later } from "../context";
import { freeBytes, gigabytes } from "../disk";

/** Kept free for everything else on the disk. */
const reserveBytes = 1024 ** 3;

/** Room for the download and, in the worst case, for a converted copy of it. */
function neededBytes(files: StoredTorrentFile[]): number {
  const wanted = files.filter((file) => file.role !== "skipped");
  return wanted.reduce((sum, file) => sum + file.sizeBytes, 0) + reserveBytes;
}

/**
 * Looks before it downloads: chooses the movie and its subtitles among the torrent's files, skips
 * the rest, holds the size against the free disk, and only then lets data flow.
 */
export const prepareDownload: Handler<"prepare-download"> = async (context, { downloadId }) => {
  const { db, env, services, now } = context;
  const download = downloadById(db, downloadId);
  if (!download || download.files) return done;
  const client = services.qbittorrent();
  const torrent = await client.findByTag(download.tag);
  if (!torrent) return { kind: "failed", reason: reason("torrent-gone") };
  const listed = await client.files(torrent.hash);
  if (listed.length === 0) return later(context, 2_000, reason("torrent-metadata-pending"));

  const folder = download.savePath ?? env.downloadsDir;
  if (listed.some((file) => insideFolder(folder, file.path) === null)) {
    await client.delete(torrent.hash, { deleteFiles: true });
    return { kind: "failed", reason: reason("torrent-escapes") };
  }
  const choice = chooseFiles(listed);
  if ("reason" in choice) {
    await client.delete(torrent.hash, { deleteFiles: true });
    return { kind: "failed", reason: choice.reason };
  }
  const roleOf = (index: number): StoredTorrentFile["role"] =>
    index === choice.feature.index
      ? "feature"
      : choice.subtitles.includes(index)
        ? "subtitle"
        : "skipped";
  const files = listed.map(({ index, path, sizeBytes }) => ({
    index,
    path,
    sizeBytes,
    role: roleOf(index),
  }));

  const needed = neededBytes(files);
  const free = await freeBytes(env.downloadsDir);
  if (free < needed) {
    const why = reason("disk-short", {
      neededGigabytes: gigabytes(needed),
      freeGigabytes: gigabytes(free),
    });
    saveWaiting(db, download, why, now());
    return later(context, 60_000, why);
  }

  const skipped = files.filter((file) => file.role === "skipped").map((file) => file.index);
  const wanted = files.filter((file) => file.role !== "skipped").map((file) => file.index);
  if (skipped.length > 0) await client.setPriority(torrent.hash, skipped, 0);
  await client.setPriority(torrent.hash, wanted, 1);
  await client.setShareLimits(torrent.hash, services.seedingLimits());
  nameFromRelease(db, download, torrent.name, now());
  // The row first: should this stop here, the next tick sees a stopped torrent with chosen files
  // and starts it.
  saveChosenFiles(db, download, files, now());
  await client.start(torrent.hash);
  return done;
};
