import { createHash } from "node:crypto";
import { closeSync, openSync, readSync, statSync } from "node:fs";
import { basename } from "node:path";
import { runFfmpeg } from "@/lib/services/ffmpeg/run";
import { makeMovie } from "@/tests/media/make";
import { bencode, type Writable } from "@/tests/support/bencode";

/** A few seconds of noise at about 8 MB a second: as large for its length as films come on discs. */
export async function makeNoise(path: string): Promise<string> {
  return makeMovie({
    path,
    seconds: 3,
    width: 1280,
    height: 720,
    audio: [{ codec: "aac", channels: 2, language: "eng" }],
    extra: ["-vf", "noise=alls=100:allf=t", "-b:v", "60M", "-maxrate", "80M", "-bufsize", "80M"],
  });
}

/**
 * A whole film of about a size: the same seconds over and over, copied and not encoded. In an MP4
 * the index stands in front, in room that is kept free for it.
 */
export async function makeLargeFilm(
  path: string,
  options: { noisePath: string; bytes: number },
): Promise<string> {
  const loops = Math.max(0, Math.round(options.bytes / statSync(options.noisePath).size) - 1);
  await runFfmpeg({
    ffmpegPath: process.env.FFMPEG_PATH ?? "ffmpeg",
    args: [
      ...["-stream_loop", String(loops), "-i", options.noisePath, "-c", "copy"],
      ...(path.endsWith(".mp4") ? ["-moov_size", "4000000"] : []),
      path,
    ],
    timeoutMs: 600_000,
  });
  return path;
}

const pieceBytes = 4 * 1024 * 1024;

/** A .torrent of one file, read piece by piece: it may be larger than memory. */
export function torrentOf(path: string, webSeedUrl: string): Buffer {
  const file = openSync(path, "r");
  const hashes: Buffer[] = [];
  const piece = Buffer.alloc(pieceBytes);
  for (let position = 0; ; position += pieceBytes) {
    const length = readSync(file, piece, 0, pieceBytes, position);
    if (length === 0) break;
    hashes.push(createHash("sha1").update(piece.subarray(0, length)).digest());
  }
  closeSync(file);
  const info: { [key: string]: Writable } = {
    name: basename(path),
    length: statSync(path).size,
    "piece length": pieceBytes,
    pieces: Buffer.concat(hashes),
  };
  return bencode({ info, "url-list": [webSeedUrl] });
}
