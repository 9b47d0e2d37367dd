import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Db } from "@/lib/db";
import type { Env } from "@/lib/env";
import { AppError, type Reason, reason, UpstreamError } from "@/lib/errors";
import { retryOpenJobs } from "@/lib/queue/commands";
import type { Services } from "@/lib/settings/connect";
import { isFollowed } from "./held";
import { saveCommanded } from "./interface-hold";
import { goneInterface } from "./interfaces";
import { type DownloadRow, downloadById, forgetDownload, startOver } from "./mutations";

export interface CommandContext {
  db: Db;
  env: Env;
  services: Services;
  now: Date;
}

export const downloadCommands = ["pause", "resume", "force-start"] as const;
export type DownloadCommand = (typeof downloadCommands)[number];

/**
 * Pauses, continues or forces a torrent. One that was removed in qBittorrent is given to it again.
 *
 * @throws AppError 409 while qBittorrent does not have it; UpstreamError when it does not answer.
 */
export async function commandDownload(
  { services, db, env, now }: CommandContext,
  download: DownloadRow,
  command: DownloadCommand,
): Promise<void> {
  const client = services.qbittorrent();
  const torrent = await client.findByTag(download.tag);
  if (!torrent) {
    if (command === "pause" || download.reason?.code !== "torrent-gone") {
      throw new AppError("torrent-not-there", { status: 409 });
    }
    startOver(db, download, now);
    return;
  }
  if (command === "pause") {
    // A forced torrent goes on through a pause.
    await client.forceStart(torrent.hash, false);
    await client.stop(torrent.hash);
    // One that waits for its network interface does not go on any more when that is back.
    saveCommanded(db, download.id, "paused", null, now);
    return;
  }
  // Nothing flows before the files were looked at, whoever asks.
  if (!download.files && torrent.hasMetadata) {
    retryOpenJobs(db, download.movieId, now);
    return;
  }
  // It goes on when the interface is back, and not before.
  const gone = goneInterface(db, env);
  if (gone !== null) {
    const hold = { name: gone, wasForced: command === "force-start" };
    saveCommanded(db, download.id, "paused", hold, now);
    return;
  }
  await client.start(torrent.hash);
  if (command === "force-start") await client.forceStart(torrent.hash, true);
  if (torrent.state === "paused") saveCommanded(db, download.id, "queued", null, now);
}

/**
 * Ends a torrent. What was made of it stays playable; with `deleteFiles` what it downloaded goes.
 *
 * @throws UpstreamError when qBittorrent does not answer: nothing is changed then.
 */
export async function deleteDownload(
  { services, db, env, now }: CommandContext,
  download: DownloadRow,
  deleteFiles: boolean,
): Promise<void> {
  const client = services.qbittorrent();
  const torrent = await client.findByTag(download.tag);
  if (torrent) await client.delete(torrent.hash, { deleteFiles });
  forgetDownload(db, download, reason("download-deleted"), now);
  if (deleteFiles) {
    await rm(join(env.downloadsDir, download.id), { recursive: true, force: true });
  }
}

/** Commands that are given to qBittorrent at once; it answers as many at the same time. */
const atOnce = 10;

/**
 * Does the same with several downloads, each by itself: what fails with one holds no other up.
 *
 * @returns why it was not done, by id. A deletion of what is gone already is done.
 */
export async function commandDownloads(
  context: CommandContext,
  ids: readonly string[],
  command: DownloadCommand | "delete",
  { deleteFiles }: { deleteFiles: boolean },
): Promise<Map<string, Reason>> {
  const failed = new Map<string, Reason>();
  const doOne = async (id: string) => {
    const download = isFollowed(context.db, id) ? downloadById(context.db, id) : undefined;
    try {
      if (command === "delete") {
        if (download) await deleteDownload(context, download, deleteFiles);
        return;
      }
      if (!download) throw new AppError("download-unknown", { status: 404 });
      await commandDownload(context, download, command);
    } catch (error) {
      if (!(error instanceof AppError || error instanceof UpstreamError)) throw error;
      failed.set(id, error.reason);
    }
  };
  for (let from = 0; from < ids.length; from += atOnce) {
    await Promise.all(ids.slice(from, from + atOnce).map(doOne));
  }
  return failed;
}
