import type { Dirent } from "node:fs";
import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate as breathe } from "node:timers/promises";
import { type FileKind, kindOf } from "@/lib/downloads/file-kinds";
import { isWithin } from "./folders";

/** A video or a subtitle in a folder that was walked. */
export interface WalkedFile {
  /** Below the folder, with `/`. */
  path: string;
  kind: Extract<FileKind, "video" | "subtitle">;
  sizeBytes: number;
  /** Device and inode; empty for subtitles, which nobody asks it of. */
  identity: string;
  modifiedMs: number;
}

export interface WalkLimits {
  depth: number;
  /** Videos; one more ends the walk. */
  videos: number;
  /** Entries of any kind. */
  entries: number;
  timeMs: number;
}

/** More than any household has, and an end to a folder that has none. */
export const walkLimits: WalkLimits = {
  depth: 12,
  videos: 20_000,
  entries: 500_000,
  timeMs: 10 * 60_000,
};

export interface Walked {
  files: WalkedFile[];
  foldersSeen: number;
  filesSeen: number;
  /** Downloads that are not complete. */
  incomplete: number;
  /** DVDs and Blu-rays, as folders or images. */
  discs: number;
  /** Symbolic links, which are never followed. */
  links: number;
  /** Folders and files that can't be looked at. */
  unreadable: number;
  /** What ended it before the folder was through. */
  cutBy: "depth" | "files" | "time" | null;
}

export interface WalkOptions {
  limits?: WalkLimits;
  /** Absolute folders that are left out: Vigilio's own. */
  without?: readonly string[];
  signal?: AbortSignal;
  /** A clock that only goes forward. */
  nowMs?: () => number;
  onFolder?: (progress: { foldersSeen: number; foldersKnown: number; filesSeen: number }) => void;
}

const incompleteFile = /\.(part|!qb|!ut|bc!|crdownload|aria2|partial|download|tmp|filepart|met)$/i;
/** What the systems of disks and NAS keep beside films. */
const systemFolder =
  /^(@eadir|#recycle|#snapshot|lost\+found|\$recycle\.bin|system volume information)$/i;
const discFolder = /^(video_ts|audio_ts|bdmv|certificate)$/i;
/** How many files are looked at together: over a network each look waits for an answer. */
const atOnce = 16;

const byName = (a: Dirent, b: Dirent) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

/** A plain file's size, identity and date; null when it is none, or can't be looked at. */
async function looked(
  path: string,
): Promise<Pick<WalkedFile, "sizeBytes" | "identity" | "modifiedMs"> | null> {
  const found = await lstat(path, { bigint: true }).catch(() => null);
  if (!found?.isFile()) return null;
  return {
    sizeBytes: Number(found.size),
    identity: `${found.dev}:${found.ino}`,
    modifiedMs: Number(found.mtimeMs),
  };
}

/**
 * Looks through a folder for videos and subtitles, folder by folder in the order of their names.
 * Symbolic links are not followed, wherever they lead; hidden files, the folders of NAS systems and
 * downloads that are not complete are left out.
 *
 * @param root absolute, with its links resolved.
 * @throws an abort's reason; an error of the file system when the root itself can't be read.
 */
export async function walkFolder(root: string, options: WalkOptions = {}): Promise<Walked> {
  const { limits = walkLimits, without = [], signal, nowMs = () => performance.now() } = options;
  const walked: Walked = {
    ...{ files: [], foldersSeen: 0, filesSeen: 0, incomplete: 0, discs: 0, links: 0 },
    ...{ unreadable: 0, cutBy: null },
  };
  const endMs = nowMs() + limits.timeMs;
  const waiting: { path: string; depth: number }[] = [{ path: "", depth: 0 }];
  let videos = 0;
  let entriesSeen = 0;

  async function entriesOf(path: string): Promise<Dirent[]> {
    try {
      return (await readdir(join(root, path), { withFileTypes: true })).sort(byName);
    } catch (error) {
      if (path === "") throw error;
      walked.unreadable += 1;
      return [];
    }
  }

  async function lookAt(paths: readonly string[]): Promise<void> {
    for (let at = 0; at < paths.length; at += atOnce) {
      signal?.throwIfAborted();
      const few = paths.slice(at, at + atOnce);
      const found = await Promise.all(few.map((path) => looked(join(root, path))));
      for (const [index, facts] of found.entries()) {
        const path = few[index] ?? "";
        if (!facts) walked.unreadable += 1;
        else walked.files.push({ path, kind: "video", ...facts });
      }
    }
  }

  for (let next = waiting.shift(); next; next = waiting.shift()) {
    signal?.throwIfAborted();
    if (nowMs() > endMs) walked.cutBy = "time";
    if (walked.cutBy === "time" || walked.cutBy === "files") break;
    const { path: folder, depth } = next;
    const entries = await entriesOf(folder);
    const names = new Set(entries.map(({ name }) => name));
    const found: string[] = [];
    const folders: typeof waiting = [];
    walked.foldersSeen += 1;
    for (const entry of entries) {
      const { name } = entry;
      entriesSeen += 1;
      const path = folder === "" ? name : `${folder}/${name}`;
      // "...And So On (1979)" is not hidden.
      if (/^\.(?!\.)/.test(name)) continue;
      if (entry.isSymbolicLink()) walked.links += 1;
      else if (entry.isDirectory()) {
        if (discFolder.test(name)) walked.discs += /^(video_ts|bdmv)$/i.test(name) ? 1 : 0;
        else if (systemFolder.test(name)) continue;
        else if (without.some((own) => isWithin(join(root, path), own))) continue;
        else if (depth >= limits.depth) walked.cutBy ??= "depth";
        else folders.push({ path, depth: depth + 1 });
      } else if (entry.isFile()) {
        walked.filesSeen += 1;
        const kind = kindOf(name);
        // aria2 puts its list of what is missing beside the file.
        if (incompleteFile.test(name)) walked.incomplete += names.has(bareName(name)) ? 0 : 1;
        else if (kind === "video" && names.has(`${name}.aria2`)) walked.incomplete += 1;
        else if (kind === "video") found.push(path);
        else if (kind === "disc") walked.discs += 1;
        else if (kind === "subtitle") walked.files.push(subtitleAt(path));
      }
    }
    const room = limits.videos - videos;
    if (found.length > room || entriesSeen > limits.entries) walked.cutBy = "files";
    videos += Math.min(found.length, room);
    await lookAt(found.slice(0, room));
    // Depth first: what is found early is of one part of the library, and memory stays small.
    waiting.unshift(...folders);
    options.onFolder?.({
      foldersSeen: walked.foldersSeen,
      foldersKnown: walked.foldersSeen + waiting.length,
      filesSeen: walked.filesSeen,
    });
    if (walked.foldersSeen % 50 === 0) await breathe();
  }
  return walked;
}

const bareName = (name: string) => name.slice(0, name.lastIndexOf("."));

function subtitleAt(path: string): WalkedFile {
  return { path, kind: "subtitle", sizeBytes: 0, identity: "", modifiedMs: 0 };
}
