import { link, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parseTorrentFile } from "@/lib/downloads/torrent-file";
import type { Acquisition } from "@/lib/movies/mutations";
import { sidecarSubtitle } from "../support/movie-torrent";
import { makeTorrent, type TestFile } from "../support/torrent";

export interface ReleaseSpec {
  /** Folder that a web seed serves. */
  seedDir: string;
  /** Of the torrent and of its folder. */
  name: string;
  /** The film, whose bytes are shared with other releases; null for one that holds programs. */
  film: string | null;
  sample: string;
  /** Address of the web seed; null when nobody shares it. */
  seedUrl: string | null;
}

/** A release as people have them, laid out for the web seed; the bytes of its .torrent. */
export async function makeRelease(spec: ReleaseSpec): Promise<Buffer> {
  const { name, film } = spec;
  const files: TestFile[] = [
    { path: "codec-installer.exe", content: Buffer.alloc(200_000, "MZ") },
    { path: "read-me-first.txt", content: Buffer.from("Install the codec to watch this film.\n") },
  ];
  if (film) {
    files.push(
      { path: `${name}.mkv`, content: await readFile(film) },
      { path: `Subs/${name}.tr.srt`, content: Buffer.from(sidecarSubtitle) },
      { path: "Sample/sample.mkv", content: await readFile(spec.sample) },
    );
  }
  for (const { path, content } of files) {
    const place = join(spec.seedDir, name, path);
    await mkdir(dirname(place), { recursive: true });
    if (film && path === `${name}.mkv`) await link(film, place);
    else await writeFile(place, content);
  }
  return makeTorrent({
    ...{ name, files, pieceLength: 65_536 },
    ...(spec.seedUrl ? { webSeedUrl: spec.seedUrl } : {}),
  });
}

/** What adding this .torrent by hand would come to. */
export function acquisitionOf(torrentFile: Buffer): Extract<Acquisition, { kind: "torrent" }> {
  const { infoHashV1, infoHashV2, name, totalSizeBytes } = parseTorrentFile(torrentFile);
  const sizeBytes = totalSizeBytes;
  return { kind: "torrent", magnet: null, torrentFile, infoHashV1, infoHashV2, name, sizeBytes };
}
