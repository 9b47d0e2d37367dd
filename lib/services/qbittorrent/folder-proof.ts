import { createHash, randomBytes } from "node:crypto";
import { access, chmod, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { AppError } from "@/lib/errors";
import { logFor } from "@/lib/log";
import type { Qbittorrent } from "./contract";
import { checkTagPrefix, vigilioCategory } from "./snapshot";

const log = logFor("qbittorrent");

/** qBittorrent's own list is up to a second and a half old. */
const lookTimeoutMs = 8_000;
const lookPauseMs = 200;
/** A folder that was not the same is looked at again after this: people mend it meanwhile. */
const againAfterMs = 10_000;
const fileName = "vigilio-folder-check";
const fileBytes = 16_384;

export interface FolderProof {
  /** @throws AppError 503 when the folder is not the same on both sides; UpstreamError. */
  prove(dir: string, options?: { isAnew?: boolean }): Promise<void>;
  /** @throws what the last proof threw, when it found the folder not to be the same. */
  throwIfRefuted(): void;
}

interface Needs extends Pick<Qbittorrent, "add" | "findByTag" | "recheck" | "delete"> {
  deleteTag(tag: string): Promise<void>;
  /** Of the sign-in. What was proven holds until the next one. */
  generation(): Promise<number>;
}

/**
 * Finds out whether qBittorrent means the same folder as Vigilio. No version's API reads a folder,
 * but each checks a torrent against what lies on its disk: so a torrent is made of a file with
 * random bytes that only the right folder holds, and removed together with it.
 */
export function createFolderProof(qbittorrent: Needs): FolderProof {
  let last: { dir: string; generation: number; atMs: number; fault: AppError | null } | null = null;
  let running: Promise<void> | null = null;

  const prove = async (dir: string, isAnew: boolean): Promise<void> => {
    const generation = await qbittorrent.generation();
    const isFresh =
      !isAnew &&
      last?.dir === dir &&
      last.generation === generation &&
      (last.fault === null || performance.now() - last.atMs < againAfterMs);
    if (!isFresh) {
      const fault = await look(qbittorrent, dir);
      last = { dir, generation, atMs: performance.now(), fault };
    }
    if (last?.fault) throw last.fault;
  };

  return {
    prove(dir, { isAnew = false } = {}) {
      running ??= prove(dir, isAnew).finally(() => {
        running = null;
      });
      return running;
    },
    throwIfRefuted() {
      if (last?.fault) throw last.fault;
    },
  };
}

/** Null when it is the same folder, and qBittorrent may write there. */
async function look(qbittorrent: Needs, dir: string): Promise<AppError | null> {
  const id = randomBytes(8).toString("hex");
  const tag = `${checkTagPrefix}${id}`;
  const folder = join(dir, `.${tag}`);
  const path = join(folder, fileName);
  const bytes = randomBytes(fileBytes);
  await mkdir(folder, { recursive: true });
  try {
    // qBittorrent may run as another user: it has to be able to take the file away again.
    await chmod(folder, 0o777);
    await writeFile(path, bytes);
    const { torrent } = await qbittorrent.add({
      torrentFile: torrentOf(bytes),
      tag,
      category: vigilioCategory,
      savePath: folder,
    });
    let isSeen = false;
    try {
      await qbittorrent.recheck(torrent.hash);
      isSeen = await within(async () => (await qbittorrent.findByTag(tag))?.progress === 1);
    } finally {
      await qbittorrent.delete(torrent.hash, { deleteFiles: true });
      await qbittorrent.deleteTag(tag);
    }
    if (!isSeen) {
      log.warn({ dir }, "qBittorrent does not see the downloads folder");
      return new AppError("qbittorrent-folder-unseen", { status: 503 });
    }
    const isGone = () =>
      access(path).then(
        () => false,
        () => true,
      );
    if (await within(isGone)) return null;
    log.warn({ dir }, "qBittorrent can't write to the downloads folder");
    return new AppError("qbittorrent-folder-read-only", { status: 503 });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function within(holds: () => Promise<boolean>): Promise<boolean> {
  const giveUpAt = performance.now() + lookTimeoutMs;
  while (performance.now() < giveUpAt) {
    if (await holds()) return true;
    await wait(lookPauseMs);
  }
  return holds();
}

/** A torrent (BEP 3) of one file that is one piece. */
function torrentOf(bytes: Buffer): Buffer {
  const piece = createHash("sha1").update(bytes).digest();
  return Buffer.concat([
    Buffer.from(
      `d4:infod6:lengthi${bytes.length}e4:name${fileName.length}:${fileName}` +
        `12:piece lengthi${fileBytes}e6:pieces${piece.length}:`,
    ),
    piece,
    Buffer.from("7:privatei1eee"),
  ]);
}
