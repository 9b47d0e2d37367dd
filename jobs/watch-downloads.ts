import type { Db } from "@/lib/db";
import { isFollowed } from "@/lib/downloads/held";
import { goneInterface } from "@/lib/downloads/interfaces";
import {
  type FollowedDownload,
  failDownload,
  followedDownloads,
  saveWaiting,
  startOver,
} from "@/lib/downloads/mutations";
import type { Env } from "@/lib/env";
import { AppError, reason, UpstreamError } from "@/lib/errors";
import { logFor } from "@/lib/log";
import type { Qbittorrent } from "@/lib/services/qbittorrent/contract";
import type { Torrent } from "@/lib/services/qbittorrent/map";
import { hasHash } from "@/lib/services/qbittorrent/snapshot";
import type { Services } from "@/lib/settings/connect";
import { settingOf } from "@/lib/settings/data";
import { offerOriginal } from "./offer-original";
import { watchInterface } from "./watch-interface";
import { memoryOf, seenOf } from "./watch-memory";
import { watchTorrent } from "./watch-torrent";

const log = logFor("downloads");

export interface WatchContext {
  db: Db;
  env: Env;
  services: Services;
  now(): Date;
}

/** What must hold for so many ticks in a row before a person is told of it. */
const ticksToBeSure = 2;
const ticksToStart = 10;
/** After a sign-in qBittorrent may still be loading its list. */
const settleMs = 10_000;

/** A torrent that failed in a way that ends when the torrent is there and in order again. */
const watchedFailures = new Set([
  "torrent-gone",
  "torrent-gone-after",
  "torrent-files-gone",
  "torrent-missing-files",
]);

const hashesOf = (download: FollowedDownload) =>
  [download.clientHash, download.infoHashV1, download.infoHashV2].filter((hash) => hash !== null);

const isGone = (download: FollowedDownload) => /^torrent-gone/.test(download.reason?.code ?? "");

/** True for what the ticks follow; a step that failed otherwise waits for a person, or in the bin. */
function isWatched(download: FollowedDownload): boolean {
  if (!download.clientHash || download.isHeld) return false;
  if (download.state !== "failed") return true;
  const code = download.reason?.code ?? "";
  return watchedFailures.has(code) || code.startsWith("torrent-error");
}

/** By its tag, and when a person took that away, by its hashes. */
function findTorrent(
  download: FollowedDownload,
  torrents: readonly Torrent[],
  tags: ReadonlySet<string>,
): Torrent | undefined {
  const tagged = torrents.find((torrent) => torrent.tags.includes(download.tag));
  if (tagged) return tagged;
  return torrents.find(
    (torrent) => hasHash(torrent, hashesOf(download)) && !torrent.tags.some((tag) => tags.has(tag)),
  );
}

/** Not answering is said on each movie that waits for it; it makes none of them fail. */
function noteSilence(context: WatchContext, followed: FollowedDownload[], error: UpstreamError) {
  const memory = memoryOf(context.db);
  memory.silent += 1;
  memory.settledAt = Number.POSITIVE_INFINITY;
  if (memory.silent === 1) log.warn({ why: error.fault }, "qBittorrent does not answer");
  for (const seen of memory.seen.values()) seen.missed = 0;
  // One that is only just being started is given more time.
  if (memory.silent < (memory.generation === null ? ticksToStart : ticksToBeSure)) return;
  for (const download of followed) {
    const isTold = download.reason?.code === error.reason.code;
    if (!isWatched(download) || download.completedAt || download.state === "failed" || isTold) {
      continue;
    }
    saveWaiting(context.db, download, error.reason, context.now());
  }
}

function noteAnswer(context: WatchContext, client: Qbittorrent): void {
  const memory = memoryOf(context.db);
  if (memory.silent > 0) log.info("qBittorrent answers again");
  if (memory.silent > 0 || memory.generation !== client.generation) {
    memory.settledAt = context.now().getTime() + settleMs;
  }
  memory.silent = 0;
  memory.generation = client.generation;
}

/**
 * Taken away by a person, when a qBittorrent that had time to load says so twice. Nobody but us takes
 * torrents out of Vigilio's own: it was ended before it had written this one down, and gets it anew.
 */
function noteMissing(context: WatchContext, download: FollowedDownload): void {
  const memory = memoryOf(context.db);
  if (context.now().getTime() < memory.settledAt || isGone(download)) return;
  const seen = seenOf(memory, download.id);
  seen.missed += 1;
  if (seen.missed < ticksToBeSure) return;
  const isOurs = settingOf(context.db, context.env, "qbittorrentUrl") === null;
  if (isOurs && !download.completedAt && seen.givenAnewIn !== memory.generation) {
    // Once for each of its starts: a torrent that it loses again at once is told.
    seen.givenAnewIn = memory.generation;
    seen.missed = 0;
    log.warn(
      { downloadId: download.id, movieId: download.movieId },
      "a torrent was lost, adding it anew",
    );
    startOver(context.db, download, context.now());
    return;
  }
  log.info({ downloadId: download.id, movieId: download.movieId }, "torrent is gone");
  const why = reason(download.completedAt ? "torrent-gone-after" : "torrent-gone");
  failDownload(context.db, download, why, context.now());
}

/**
 * Stops the torrent of what lies in the bin. Nothing is written down of it: where it stood is where
 * it goes on when it is brought back.
 */
async function holdTorrent(
  { db }: WatchContext,
  client: Qbittorrent,
  download: FollowedDownload,
  torrent: Torrent,
): Promise<void> {
  if (torrent.state === "paused" || torrent.failure) return;
  // A forced torrent goes on through a stop.
  if (torrent.isForced) await client.forceStart(torrent.hash, false);
  await client.stop(torrent.hash);
  // Brought back in this moment: the job that lets it go on may have been faster than the stop.
  if (isFollowed(db, download.id)) await client.start(torrent.hash);
}

/** An external qBittorrent has to mean the same folder; its health says so when it does not. */
async function proveFolder({ db, env, services }: WatchContext): Promise<void> {
  if (settingOf(db, env, "qbittorrentUrl") === null) return;
  try {
    await services.qbittorrent().proveFolder(env.downloadsDir);
  } catch (error) {
    // Said by the health and on every movie that would start; here nobody asked.
    if (!(error instanceof AppError || error instanceof UpstreamError)) throw error;
  }
}

/**
 * One tick: asks qBittorrent once for all torrents and writes down what changed. What keeps a
 * torrent from getting on is told on its movie within two ticks, and taken back when it is over. A
 * torrent is known by its tag. A fault with one of them holds no other up.
 */
export async function watchDownloads(context: WatchContext): Promise<void> {
  const { db } = context;
  await proveFolder(context);
  const followed = followedDownloads(db);
  const memory = memoryOf(db);
  const ids = new Set(followed.map(({ id }) => id));
  for (const id of memory.seen.keys()) if (!ids.has(id)) memory.seen.delete(id);
  if (followed.length === 0) return;

  let client: Qbittorrent;
  let torrents: Torrent[];
  try {
    client = context.services.qbittorrent();
    const expected = followed
      .filter((download) => isWatched(download) && !isGone(download))
      .map((download) => ({ tag: download.tag, hashes: hashesOf(download) }));
    torrents = await client.snapshot(expected);
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    noteSilence(context, followed, error);
    return;
  }
  noteAnswer(context, client);
  const tags = new Set(followed.map(({ tag }) => tag));
  const faults: unknown[] = [];
  for (const download of followed.filter(({ isHeld }) => isHeld)) {
    const torrent = findTorrent(download, torrents, tags);
    try {
      if (torrent) await holdTorrent(context, client, download, torrent);
    } catch (error) {
      faults.push(error);
    }
  }
  const gone = goneInterface(db, context.env);
  for (const download of followed.filter(isWatched)) {
    const torrent = findTorrent(download, torrents, tags);
    try {
      if (torrent) {
        await watchInterface(context, client, { download, torrent, gone });
        await watchTorrent(context, client, download, torrent);
      } else noteMissing(context, download);
      offerOriginal(context, download, torrent ?? null);
    } catch (error) {
      faults.push(error);
    }
  }
  // An answer that did not come is asked for again at the next tick; anything else is a fault.
  const fault = faults.find((error) => !(error instanceof UpstreamError));
  if (fault) throw fault;
}
