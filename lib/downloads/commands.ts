import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Db } from "@/lib/db";
import type { Env } from "@/lib/env";
import { AppError, reason } from "@/lib/errors";
import { retryOpenJobs } from "@/lib/queue/commands";
import type { Services } from "@/lib/settings/connect";
import { type DownloadRow, forgetDownload, startOver } from "./mutations";

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
  { services, db, now }: CommandContext,
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
    return;
  }
  // Nothing flows before the files were looked at, whoever asks.
  if (!download.files && torrent.hasMetadata) {
    retryOpenJobs(db, download.movieId, now);
    return;
  }
  await client.start(torrent.hash);
  if (command === "force-start") await client.forceStart(torrent.hash, true);
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
