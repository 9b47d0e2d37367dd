import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type MovieSpec, makeMovie } from "../media/make";
import { layOut, type MakeTorrent, makeTorrent } from "./torrent";
import { startWebSeed, type WebSeed } from "./web-seed";

export const embeddedSubtitle = `1
00:00:00,500 --> 00:00:18,000
Embedded words in English

2
00:00:18,500 --> 00:00:58,000
The lamp is still on
`;

export const sidecarSubtitle = `1
00:00:00,500 --> 00:00:18,000
Yanındaki dosyadan sözler

2
00:00:18,500 --> 00:00:58,000
Lamba hâlâ yanıyor, şimdi değil
`;

export interface SeededMovie {
  torrent: Buffer;
  name: string;
  seed: WebSeed;
  /** Names of what must never be downloaded. */
  unwanted: string[];
  /** In bytes. */
  pieceLength: number;
  close(): Promise<void>;
}

/**
 * A release as people have them: H.264 with AC-3 in Matroska, an English subtitle inside, a Turkish
 * one beside it (in windows-1254), a sample and an executable; served by a web seed on loopback.
 */
export async function seedRelease(
  options: {
    seconds?: number;
    name?: string;
    movie?: Partial<MovieSpec>;
    bytesPerSecond?: number;
  } = {},
): Promise<SeededMovie> {
  const root = mkdtempSync(join(tmpdir(), "vigilio-seed-"));
  const name = options.name ?? "The.Long.Lamp.2019.1080p.WEB-DL.x264-LAMP";
  const film = join(root, "film.mkv");
  await makeMovie({
    path: film,
    seconds: options.seconds ?? 60,
    width: 640,
    height: 360,
    video: "h264",
    audio: [{ codec: "ac3", channels: 6, language: "eng", frequencyHz: 440 }],
    subtitles: [{ language: "eng", text: embeddedSubtitle }],
    title: "leaked release title",
    ...options.movie,
  });
  const sample = join(root, "sample.mkv");
  await makeMovie({ path: sample, seconds: 2, width: 320, height: 180 });
  const turkish = execFileSync("iconv", ["-f", "UTF-8", "-t", "WINDOWS-1254"], {
    input: sidecarSubtitle,
  });
  const files: MakeTorrent["files"] = [
    { path: `${name}.mkv`, content: readFileSync(film) },
    { path: `Subs/${name}.tr.srt`, content: turkish },
    { path: "Sample/sample.mkv", content: readFileSync(sample) },
    { path: "codec-installer.exe", content: Buffer.alloc(200_000, "MZ") },
  ];
  layOut(root, { name, files });
  const seed = await startWebSeed(
    root,
    options.bytesPerSecond ? { bytesPerSecond: options.bytesPerSecond } : {},
  );
  const pieceLength = 16_384;
  const torrent = await makeTorrent({ name, files, webSeedUrl: seed.url, pieceLength });
  return {
    torrent,
    name,
    seed,
    pieceLength,
    unwanted: ["sample.mkv", "codec-installer.exe"],
    async close() {
      await seed.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
