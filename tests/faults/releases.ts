import { readFileSync } from "node:fs";
import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type MovieSpec, makeMovie } from "../media/make";
import { embeddedSubtitle, sidecarSubtitle } from "../support/movie-torrent";
import { layOut, makeTorrent } from "../support/torrent";
import { startWebSeed, type WebSeed } from "../support/web-seed";

/** What has to be done to a film before it plays: each takes other ways through the pipeline. */
const kinds = {
  "as-is": { extension: "mp4", spec: { seconds: 4, isFastStart: true } },
  container: {
    extension: "mkv",
    spec: { seconds: 4, subtitles: [{ language: "eng", text: embeddedSubtitle }] },
  },
  sound: {
    extension: "mkv",
    spec: { seconds: 10, audio: [{ codec: "ac3", channels: 6, language: "eng" }] },
  },
  picture: { extension: "avi", spec: { seconds: 12, video: "mpeg4", audio: [{ codec: "mp3" }] } },
} as const satisfies Record<string, { extension: string; spec: Partial<MovieSpec> }>;
export type ReleaseKind = keyof typeof kinds;
export const releaseKinds = Object.keys(kinds) as ReleaseKind[];

/** Films to add, any number of them, from a few that are really made. */
export interface Releases {
  /** A .torrent of its own, with a subtitle beside the film; a web seed has it. */
  torrent(kind: ReleaseKind, name: string): Promise<Buffer>;
  /** A file in the import folder; its path. */
  file(kind: ReleaseKind, name: string): Promise<string>;
  importDir: string;
  close(): Promise<void>;
}

export async function makeReleases(root: string, bytesPerSecond: number): Promise<Releases> {
  const importDir = join(root, "import");
  const seedDir = join(root, "seed");
  await mkdir(importDir, { recursive: true });
  await mkdir(seedDir);
  const made = new Map<ReleaseKind, string>();
  for (const kind of releaseKinds) {
    const { extension, spec } = kinds[kind];
    const path = join(root, `${kind}.${extension}`);
    await makeMovie({ ...spec, path, width: 480, height: 270 } as MovieSpec);
    made.set(kind, path);
  }
  const seed: WebSeed = await startWebSeed(seedDir, { bytesPerSecond });
  return {
    importDir,
    async torrent(kind, name) {
      const content = {
        name,
        files: [
          { path: `${name}.${kinds[kind].extension}`, content: readFileSync(made.get(kind) ?? "") },
          { path: `Subs/${name}.tr.srt`, content: Buffer.from(sidecarSubtitle) },
        ],
      };
      layOut(seedDir, content);
      return makeTorrent({ ...content, webSeedUrl: seed.url, pieceLength: 16_384 });
    },
    async file(kind, name) {
      const path = join(importDir, `${name}.${kinds[kind].extension}`);
      await copyFile(made.get(kind) ?? "", path);
      return path;
    },
    close: () => seed.close(),
  };
}
