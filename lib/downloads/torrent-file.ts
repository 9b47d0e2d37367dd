import { createHash } from "node:crypto";
import { type AppError, fieldError } from "@/lib/errors";
import { type Bencoded, BencodeError, entryOf, readBencode } from "./bencode";

interface TorrentFileEntry {
  /** What qBittorrent counts: files in the order of the torrent, padding left out. */
  index: number;
  /** With `/`, below the save path: `name/path` where the torrent is a folder. */
  path: string;
  sizeBytes: number;
}

export interface TorrentDescription {
  name: string;
  /** 40 lower-case hex digits; null for a torrent of version 2 alone. */
  infoHashV1: string | null;
  /** 64 lower-case hex digits; null for a torrent of version 1 alone. */
  infoHashV2: string | null;
  files: TorrentFileEntry[];
  totalSizeBytes: number;
  isPrivate: boolean;
}

type Field = "source" | "torrent" | "resultId";
type Refuse = (code: string, values?: Record<string, string | number>) => AppError;
type Dictionary = Extract<Bencoded, { kind: "dictionary" }>;

/** A movie with all its extras has some hundreds; each is a line in a list that is kept. */
export const maxTorrentFiles = 10_000;

/**
 * Reads a .torrent file of version 1 (BEP 3), 2 (BEP 52) or both.
 *
 * @param field which field of a form the bytes came from, for the refusal.
 * @throws AppError 422 for that field with what is wrong: `torrent-truncated`,
 *   `torrent-malformed`, `torrent-is-a-page`, `torrent-no-info`, `torrent-unsafe-path`,
 *   `torrent-too-many-files`, `torrent-empty`.
 */
export function parseTorrentFile(bytes: Uint8Array, field: Field = "torrent"): TorrentDescription {
  const refuse: Refuse = (code, values) => fieldError(field, code, values);
  const info = entryOf(readTop(bytes, refuse), "info", "dictionary");
  if (!info) throw refuse("torrent-no-info");

  const raw = bytes.subarray(info.start, info.end);
  const pieces = entryOf(info, "pieces", "bytes");
  const isV2 = entryOf(info, "meta version", "integer")?.value === 2;
  const pieceLength = entryOf(info, "piece length", "integer")?.value ?? 0;
  const nameBytes = entryOf(info, "name.utf-8", "bytes") ?? entryOf(info, "name", "bytes");
  if ((!pieces && !isV2) || pieceLength <= 0 || !nameBytes) throw refuse("torrent-malformed");
  const name = safeParts(text(nameBytes.value), refuse).join("/");
  if (name === "") throw refuse("torrent-malformed");

  const all = isV2 ? filesOfTree(info, name, refuse) : filesOfList(info, name, refuse);
  const files = all
    .filter((file) => !file.isPadding)
    .map(({ path, sizeBytes }, index) => ({ index, path, sizeBytes }));
  const totalSizeBytes = sum(files);
  if (!Number.isSafeInteger(totalSizeBytes)) throw refuse("torrent-malformed");
  if (totalSizeBytes === 0) throw refuse("torrent-empty");
  if (pieces && !isV2 && pieces.value.length !== Math.ceil(sum(all) / pieceLength) * 20) {
    throw refuse("torrent-malformed");
  }

  return {
    name,
    infoHashV1: pieces ? createHash("sha1").update(raw).digest("hex") : null,
    infoHashV2: isV2 ? createHash("sha256").update(raw).digest("hex") : null,
    files,
    totalSizeBytes,
    isPrivate: entryOf(info, "private", "integer")?.value === 1,
  };
}

function readTop(bytes: Uint8Array, refuse: Refuse): Bencoded {
  try {
    return readBencode(bytes);
  } catch (error) {
    if (!(error instanceof BencodeError)) throw error;
    if (error.fault === "too-many") {
      throw refuse("torrent-too-many-files", { limit: maxTorrentFiles });
    }
    if (error.fault === "truncated" && bytes.length > 0) throw refuse("torrent-truncated");
    const head = Buffer.from(bytes.subarray(0, 200)).toString("latin1").trimStart();
    throw refuse(head.startsWith("<") ? "torrent-is-a-page" : "torrent-malformed");
  }
}

interface FoundFile {
  path: string;
  sizeBytes: number;
  isPadding: boolean;
}

const sum = (files: { sizeBytes: number }[]) =>
  files.reduce((total, file) => total + file.sizeBytes, 0);

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("utf8");

function sizeOf(file: Bencoded | undefined, refuse: Refuse): number {
  const length = entryOf(file, "length", "integer")?.value;
  if (length === undefined || length < 0) throw refuse("torrent-malformed");
  return length;
}

/** BEP 47: files that only fill up a piece. qBittorrent neither shows nor counts them. */
function isPadding(file: Bencoded): boolean {
  return text(entryOf(file, "attr", "bytes")?.value ?? new Uint8Array()).includes("p");
}

/** Version 1: `length` for a single file, else `files`. */
function filesOfList(info: Dictionary, name: string, refuse: Refuse): FoundFile[] {
  const list = entryOf(info, "files", "list");
  if (!list) return [{ path: name, sizeBytes: sizeOf(info, refuse), isPadding: false }];
  if (list.items.length > maxTorrentFiles) {
    throw refuse("torrent-too-many-files", { limit: maxTorrentFiles });
  }
  return list.items.map((file) => {
    const path = entryOf(file, "path.utf-8", "list") ?? entryOf(file, "path", "list");
    const parts = (path?.items ?? []).flatMap((part) => {
      if (part.kind !== "bytes") throw refuse("torrent-malformed");
      return safeParts(text(part.value), refuse);
    });
    if (parts.length === 0) throw refuse("torrent-malformed");
    return {
      path: [name, ...parts].join("/"),
      sizeBytes: sizeOf(file, refuse),
      isPadding: isPadding(file),
    };
  });
}

/** Version 2: a tree of names whose leaves have one entry with an empty name. */
function filesOfTree(info: Dictionary, name: string, refuse: Refuse): FoundFile[] {
  const tree = entryOf(info, "file tree", "dictionary");
  if (!tree) throw refuse("torrent-malformed");
  const files: FoundFile[] = [];
  const walk = (folder: Dictionary, path: string[]) => {
    for (const [key, entry] of folder.entries) {
      if (entry.kind !== "dictionary" || key === "") throw refuse("torrent-malformed");
      const here = [...path, ...safeParts(text(Buffer.from(key, "latin1")), refuse)];
      const file = entryOf(entry, "", "dictionary");
      if (!file) walk(entry, here);
      else if (files.length >= maxTorrentFiles) {
        throw refuse("torrent-too-many-files", { limit: maxTorrentFiles });
      } else {
        files.push({
          path: [name, ...here].join("/"),
          sizeBytes: sizeOf(file, refuse),
          isPadding: isPadding(file),
        });
      }
    }
  };
  walk(tree, []);
  const only = files[0];
  const isSingleFile = files.length === 1 && only?.path === `${name}/${name}`;
  return isSingleFile && only ? [{ ...only, path: name }] : files;
}

/**
 * One name of a path. BitTorrent clients drop separators inside names, so what they would join is
 * split here too. @throws when it leads out of its folder or can't be a name on a disk.
 */
function safeParts(part: string, refuse: Refuse): string[] {
  const isAbsolute = /^[/\\]|^[a-z]:[/\\]/i.test(part);
  const parts = part.split(/[/\\]/).filter((piece) => piece !== "" && piece !== ".");
  if (isAbsolute || part.includes("\0") || parts.includes("..")) {
    throw refuse("torrent-unsafe-path");
  }
  return parts;
}
