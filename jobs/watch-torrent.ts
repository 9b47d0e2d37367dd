import { waitsForChoice } from "@/lib/downloads/file-choice";
import {
  completeDownload,
  downloadAgain,
  type FollowedDownload,
  failDownload,
  type ObservedTorrent,
  saveFilePaths,
  saveObserved,
} from "@/lib/downloads/mutations";
import { type Reason, reason } from "@/lib/errors";
import { logFor } from "@/lib/log";
import { enqueue } from "@/lib/queue/enqueue";
import { vigilioCategory } from "@/lib/services/qbittorrent/client";
import type { Qbittorrent } from "@/lib/services/qbittorrent/contract";
import type { Torrent } from "@/lib/services/qbittorrent/map";
import { freeBytes } from "./disk";
import { lookOnDisk, renamed } from "./torrent-files";
import { faultReason, waitReason } from "./torrent-reasons";
import type { WatchContext } from "./watch-downloads";
import { heldReason } from "./watch-interface";
import { memoryOf, type Seen, seenOf } from "./watch-memory";
import { watchSigns } from "./watch-signs";

const log = logFor("downloads");

/** What comes and goes within one tick is not told. */
const ticksToBeSure = 2;
/** A torrent that qBittorrent stopped over a fault is started again after this, doubled each time. */
const firstRetryMs = 10_000;
const longestRetryMs = 5 * 60_000;
/** With less room than this a full disk is still full. */
const roomToGoOnBytes = 64 * 1024 ** 2;

/** Why a torrent's files are not chosen yet, as the step that chooses them said. */
const toldWhileHeld = ["disk-short", "torrent-waits-for-title"];

/** A person is asked which of its films is meant. */
const isAsking = ({ isMovieAsking, fileChoice }: FollowedDownload) =>
  isMovieAsking && fileChoice?.chosen === null;

const codeOf = (download: FollowedDownload) => download.reason?.code ?? "";

/** Nothing was made of it, since its file was not there when it was looked for. */
const lacksOriginal = ({ version }: FollowedDownload) =>
  version.status === "failed" && version.reason?.code === "original-missing";

/** Tag and category say whose a torrent is: put back when a person took them away. */
async function mendLabels(client: Qbittorrent, download: FollowedDownload, torrent: Torrent) {
  if (!torrent.tags.includes(download.tag)) await client.addTag(torrent.hash, download.tag);
  // Another category is a person's choice; none is nobody's.
  if (torrent.category === "") await client.setCategory(torrent.hash, vigilioCategory);
}

/**
 * What qBittorrent stopped a torrent over, which it never takes up again by itself. It is started
 * again now and then, and what was wrong is told until it has stayed in order for a while.
 */
async function faultOf(
  context: WatchContext,
  client: Qbittorrent,
  download: FollowedDownload,
  torrent: Torrent,
  seen: Seen,
): Promise<Reason | null> {
  const now = context.now().getTime();
  if (!torrent.failure) {
    if (!seen.fault) return null;
    seen.fault.ticksInOrder += 1;
    if (seen.fault.ticksInOrder >= ticksToBeSure) seen.fault = null;
    return seen.fault?.why ?? null;
  }
  // Nobody needs it a second time.
  if (download.version.status === "ready" && torrent.failure === "missing-files") {
    return reason("torrent-files-gone");
  }
  const why =
    torrent.failure === "missing-files"
      ? reason("torrent-missing-files")
      : faultReason(await client.errorOf(torrent.name));
  seen.fault ??= { why, retryAt: now + firstRetryMs, pauseMs: firstRetryMs, ticksInOrder: 0 };
  seen.fault.ticksInOrder = 0;
  seen.fault.why = why;
  if (now < seen.fault.retryAt) return why;
  seen.fault.pauseMs = Math.min(seen.fault.pauseMs * 2, longestRetryMs);
  seen.fault.retryAt = now + seen.fault.pauseMs;
  const isFull = why.code === "torrent-error-disk-full";
  if (isFull && (await freeBytes(context.env.downloadsDir)) < roomToGoOnBytes) return why;
  log.info({ torrent: torrent.hash, why: why.code }, "starting a torrent again after a fault");
  if (torrent.failure === "missing-files") {
    // Started as it is, it would miss them again: it goes by what it noted, not by the disk.
    seen.startWhenChecked = true;
    await client.recheck(torrent.hash);
  } else await client.start(torrent.hash);
  return why;
}

/**
 * `renamed`: to be looked at once more; `again`: downloaded anew; `lost`: with what to say of it.
 */
type FileState = { kind: "fine" | "renamed" | "again" } | { kind: "lost"; why: Reason };

/**
 * Holds what qBittorrent says against the disk. A file that a person renamed is found again by the
 * torrent's list; one that was deleted before a movie was made of it is downloaded again; a folder
 * that Vigilio can't see is said.
 */
async function checkFile(
  context: WatchContext,
  client: Qbittorrent,
  download: FollowedDownload,
  torrent: Torrent,
  seen: Seen,
): Promise<FileState> {
  const isBusy = torrent.state === "checking" || torrent.state === "moving";
  if (!download.files || torrent.failure || isBusy) return { kind: "fine" };
  // Somebody moved it: what was seen was elsewhere.
  if (torrent.savePath !== download.savePath) seen.hasSeenFile = false;
  const { hasFeature, hasFolder } = await lookOnDisk(torrent.savePath, download.files);
  if (hasFeature) {
    seen.hasSeenFile = true;
    seen.fileGone = 0;
    if (torrent.isComplete) seen.isRechecked = false;
    return { kind: "fine" };
  }
  // Before its first byte there is no file.
  const isExpected = torrent.isComplete || seen.hasSeenFile || (!hasFolder && torrent.progress > 0);
  if (!isExpected) return { kind: "fine" };
  seen.fileGone += 1;
  const files = renamed(download.files, await client.files(torrent.hash));
  if (files) {
    saveFilePaths(context.db, download.id, files, context.now());
    return { kind: "renamed" };
  }
  const { status } = download.version;
  const isNeeded = status === "downloading" || lacksOriginal(download);
  if (seen.fileGone < ticksToBeSure) {
    // Not complete before its file can be read.
    return torrent.isComplete && isNeeded ? { kind: "renamed" } : { kind: "fine" };
  }
  if (status === "ready") return { kind: "lost", why: reason("torrent-files-gone") };
  // What is on it now reads the file, or says that it can't.
  if (!isNeeded) return { kind: "fine" };
  const isOutOfSight = !hasFolder && !seen.hasSeenFile;
  if (isOutOfSight || seen.isRechecked) {
    return { kind: "lost", why: reason("torrent-out-of-sight") };
  }
  log.info({ downloadId: download.id }, "files were deleted, downloading again");
  downloadAgain(context.db, download, reason("torrent-files-deleted"), context.now());
  seen.isRechecked = true;
  seen.startWhenChecked = true;
  seen.hasSeenFile = false;
  seen.fileGone = 0;
  await client.recheck(torrent.hash);
  return { kind: "again" };
}

/** Why it waits, told when it did so at the tick before as well. */
function waitOf(
  context: WatchContext,
  download: FollowedDownload,
  torrent: Torrent,
  { seen, dead }: { seen: Seen; dead: Reason | null },
) {
  const why =
    download.completedAt || torrent.isComplete ? null : waitReason(torrent, context.now(), dead);
  seen.waited = why ? seen.waited + 1 : 0;
  if (!why) return null;
  // What is told already goes on being told while one wait follows another.
  if (seen.waited >= ticksToBeSure) return why;
  return download.reason?.code.startsWith("torrent-") ? download.reason : null;
}

function observed(
  torrent: Torrent,
  download: FollowedDownload,
  why: Reason | null,
  hasFault: boolean,
): ObservedTorrent {
  const held = isAsking(download)
    ? waitsForChoice
    : download.interfaceHold
      ? why
      : toldWhileHeld.includes(codeOf(download))
        ? download.reason
        : null;
  // Stopped by us until the files are chosen: that is no pause of a person's.
  const isHeld = !download.files && (torrent.state === "paused" || held !== null);
  const state = torrent.state === "other" ? download.state : torrent.state;
  return {
    clientHash: torrent.hash,
    infoHashV1: torrent.infoHashV1,
    infoHashV2: torrent.infoHashV2,
    name: torrent.totalSizeBytes ? torrent.name : download.name,
    state: isHeld ? "metadata" : hasFault ? "failed" : state,
    reason: isHeld ? held : why,
    progress: download.completedAt ? 1 : torrent.progress,
    speedBytesPerSecond: torrent.speedBytesPerSecond,
    etaSeconds: torrent.etaSeconds,
    seeds: torrent.seeds,
    peers: torrent.peers,
    ratio: Math.round(torrent.ratio * 1000) / 1000,
    // While it moves it is in neither place.
    savePath:
      torrent.state === "moving" ? (download.savePath ?? torrent.savePath) : torrent.savePath,
  };
}

/** What one tick does about a torrent that qBittorrent lists. */
export async function watchTorrent(
  context: WatchContext,
  client: Qbittorrent,
  download: FollowedDownload,
  torrent: Torrent,
): Promise<void> {
  const { db } = context;
  const seen = seenOf(memoryOf(db), download.id);
  seen.missed = 0;
  const isAddedAnew = codeOf(download) === "torrent-gone" && !torrent.tags.includes(download.tag);
  await mendLabels(client, download, torrent);
  if (isAddedAnew) {
    // A person gave it to qBittorrent again, with all its files: they are chosen once more.
    downloadAgain(db, download, null, context.now(), { isNew: true });
    return;
  }

  const file = await checkFile(context, client, download, torrent, seen);
  if (file.kind === "again") return;
  if (file.kind === "lost" && download.completedAt) {
    if (codeOf(download) !== file.why.code) failDownload(db, download, file.why, context.now());
    return;
  }
  const fault = await faultOf(context, client, download, torrent, seen);
  const dead = watchSigns(context, download, torrent, seen);
  const held = heldReason(download);
  const wait = waitOf(context, download, torrent, { seen, dead });
  if (torrent.state === "downloading" || torrent.isComplete) seen.startWhenChecked = false;
  const again = seen.startWhenChecked ? reason("torrent-files-deleted") : null;
  const lost = file.kind === "lost" ? file.why : null;
  saveObserved(
    db,
    download,
    observed(torrent, download, held ?? fault ?? lost ?? again ?? wait, fault !== null),
    context.now(),
  );

  const payload = { downloadId: download.id, movieId: download.movieId };
  if (!download.files && torrent.hasMetadata && !fault) {
    // Nothing can be prepared before a person said which film is meant.
    if (isAsking(download)) return;
    enqueue(db, "prepare-download", payload, { now: context.now() });
    return;
  }
  // A recheck of a stopped torrent leaves it stopped: it is told to go on when it has been checked.
  if (seen.startWhenChecked && torrent.state === "paused") {
    seen.startWhenChecked = false;
    await client.start(torrent.hash);
  }
  const isThere = download.files !== null && torrent.isComplete && file.kind === "fine";
  if (isThere && (!download.completedAt || lacksOriginal(download))) {
    completeDownload(db, download, context.now());
    log.info(payload, "download complete");
  }
}
