import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import createTorrent from "create-torrent";
import { bencode, type Writable } from "./bencode";

interface TestFile {
  /** Below the torrent's folder; alone and without a slash it is a torrent of one file. */
  path: string;
  content: Uint8Array;
}

export interface MakeTorrent {
  /** Folder of the torrent, or for one file without a folder: that file's name. */
  name: string;
  files: TestFile[];
  /** `1` (made by create-torrent), `2`, or `hybrid`. */
  version?: "1" | "2" | "hybrid";
  /** One file that lies in no folder of the torrent. */
  isSingleFile?: boolean;
  pieceLength?: number;
  webSeedUrl?: string;
  announce?: string;
  isPrivate?: boolean;
}

/** Writes the files of a torrent as they lie on a disk, below `folder`. */
export function layOut(folder: string, torrent: MakeTorrent): void {
  for (const file of torrent.files) {
    const path = torrent.isSingleFile
      ? join(folder, torrent.name)
      : join(folder, torrent.name, file.path);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, file.content);
  }
}

/** Bytes of a .torrent. Nothing is announced anywhere unless `announce` is given. */
export async function makeTorrent(torrent: MakeTorrent): Promise<Buffer> {
  // create-torrent takes a single file out of its folder.
  const isLoneInFolder = torrent.files.length === 1 && !torrent.isSingleFile;
  if ((torrent.version ?? "1") !== "1" || isLoneInFolder) return makeByHand(torrent);
  const input = torrent.files.map((file) =>
    Object.assign(Buffer.from(file.content), {
      name: torrent.isSingleFile ? torrent.name : `${torrent.name}/${file.path}`,
    }),
  );
  return new Promise((resolve, reject) => {
    createTorrent(
      input,
      {
        name: torrent.name,
        pieceLength: torrent.pieceLength ?? 65_536,
        announceList: torrent.announce ? [[torrent.announce]] : [],
        filterJunkFiles: false,
        ...(torrent.webSeedUrl ? { urlList: [torrent.webSeedUrl] } : {}),
        ...(torrent.isPrivate ? { private: true } : {}),
      },
      (error, bytes) => (error ? reject(error) : resolve(Buffer.from(bytes))),
    );
  });
}

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest();
const blockLength = 16_384;

/** Root of a tree of SHA-256 over `leaves`, filled up with `filler` to a power of two. */
function merkleRoot(leaves: Buffer[], filler: Buffer): Buffer {
  let layer = [...leaves];
  while (layer.length & (layer.length - 1)) layer.push(filler);
  while (layer.length > 1) {
    layer = Array.from({ length: layer.length / 2 }, (_, n) =>
      sha256(Buffer.concat(layer.slice(2 * n, 2 * n + 2))),
    );
  }
  return layer[0] ?? filler;
}

/** BEP 52: hashes of blocks of 16 KiB make a piece's hash, pieces' hashes make a file's root. */
function hashFile(content: Uint8Array, pieceLength: number) {
  const zero = Buffer.alloc(32);
  const blocks: Buffer[] = [];
  for (let at = 0; at < content.length; at += blockLength) {
    blocks.push(sha256(content.subarray(at, at + blockLength)));
  }
  const perPiece = pieceLength / blockLength;
  if (blocks.length <= perPiece) return { root: merkleRoot(blocks, zero), layer: null };
  const pieces: Buffer[] = [];
  for (let at = 0; at < blocks.length; at += perPiece) {
    const piece = blocks.slice(at, at + perPiece);
    while (piece.length < perPiece) piece.push(zero);
    pieces.push(merkleRoot(piece, zero));
  }
  const emptyPiece = merkleRoot(Array(perPiece).fill(zero), zero);
  return { root: merkleRoot(pieces, emptyPiece), layer: Buffer.concat(pieces) };
}

function makeByHand(torrent: MakeTorrent): Buffer {
  const pieceLength = torrent.pieceLength ?? 65_536;
  // In version 2 files stand in the order of their names, folder by folder: "a/b" before "a.b".
  const sortable = (path: string) => Buffer.from(path.replaceAll("/", "\0"));
  const files = [...torrent.files].sort((a, b) =>
    Buffer.compare(sortable(a.path), sortable(b.path)),
  );
  const tree: { [key: string]: Writable } = {};
  const layers = new Map<string, Writable>();
  for (const file of files) {
    const { root, layer } = hashFile(file.content, pieceLength);
    if (layer) layers.set(root.toString("latin1"), layer);
    const parts = torrent.isSingleFile ? [torrent.name] : file.path.split("/");
    let folder = tree;
    for (const part of parts) {
      folder[part] ??= {};
      folder = folder[part] as { [key: string]: Writable };
    }
    folder[""] = { length: file.content.length, "pieces root": root };
  }
  const hasV2 = (torrent.version ?? "1") !== "1";
  const info: { [key: string]: Writable } = {
    name: torrent.name,
    "piece length": pieceLength,
    ...(hasV2 ? { "meta version": 2, "file tree": tree } : {}),
    ...(torrent.isPrivate ? { private: 1 } : {}),
    ...(torrent.version === "2" ? {} : versionOnePart(torrent, files, pieceLength)),
  };
  return bencode({
    info,
    ...(hasV2 ? { "piece layers": layers } : {}),
    ...(torrent.announce ? { announce: torrent.announce } : {}),
    ...(torrent.webSeedUrl ? { "url-list": [torrent.webSeedUrl] } : {}),
  });
}

/** What a hybrid adds for old clients: every file but the last is padded to whole pieces. */
function versionOnePart(
  torrent: MakeTorrent,
  files: TestFile[],
  pieceLength: number,
): { [key: string]: Writable } {
  const chunks: Uint8Array[] = [];
  const list: Writable[] = [];
  for (const [position, file] of files.entries()) {
    chunks.push(file.content);
    list.push({ length: file.content.length, path: file.path.split("/") });
    const missing = (pieceLength - (file.content.length % pieceLength)) % pieceLength;
    if (missing > 0 && position < files.length - 1) {
      chunks.push(new Uint8Array(missing));
      list.push({ attr: "p", length: missing, path: [".pad", String(missing)] });
    }
  }
  const all = Buffer.concat(chunks);
  const hashes: Buffer[] = [];
  for (let at = 0; at < all.length; at += pieceLength) {
    hashes.push(
      createHash("sha1")
        .update(all.subarray(at, at + pieceLength))
        .digest(),
    );
  }
  const pieces = Buffer.concat(hashes);
  return torrent.isSingleFile ? { pieces, length: all.length } : { pieces, files: list };
}
