import { execFileSync, spawnSync } from "node:child_process";
import { linkSync, mkdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { addJson, addTorrent, movieOf } from "@/tests/support/movies-api";
import { startQbittorrent, type TestQbittorrent } from "@/tests/support/qbittorrent";
import { until } from "@/tests/support/until";
import { startVigilio, type Vigilio } from "@/tests/support/vigilio";
import { startWebSeed } from "@/tests/support/web-seed";
import { startTmdb, tmdbKeys } from "@/tests/upstreams/tmdb";
import { makeLargeFilm, makeNoise, torrentOf } from "./films";
import { publish } from "./report";
import { median } from "./statistics";
import { scratchFolder } from "./viewer";

const runs = 3;
const containerBytes = 600e6;
const smallBytes = 40e6;
const largeBytes = 4e9;
const lookEveryMs = 20;

/** Looks again and again; the moment at which it first held, and what was seen. */
async function momentOf<Seen>(
  look: () => Promise<Seen | null>,
): Promise<{ at: number; seen: Seen }> {
  const giveUpAt = performance.now() + 900_000;
  for (;;) {
    const seen = await look();
    if (seen !== null) return { at: performance.now(), seen };
    if (performance.now() > giveUpAt) throw new Error("waited in vain for 15 minutes");
    await wait(lookEveryMs);
  }
}

/** From when a movie's own file says it plays: its status is ready and a first byte arrives. */
async function playable(vigilio: Vigilio, movieId: string) {
  const { at, seen } = await momentOf(async () => {
    const movie = await movieOf(vigilio, movieId);
    if (movie.status === "failed") throw new Error(`failed: ${movie.statusDetail}`);
    return movie.status === "ready" ? movie : null;
  });
  const streamUrl = seen.versions[0]?.streamUrl ?? "";
  const answer = await vigilio.fetch(streamUrl, { headers: { range: "bytes=0-0" } });
  if (answer.status !== 206) throw new Error(`ready, but the stream answers ${answer.status}`);
  return { at, plan: seen.versions[0]?.plan?.kind };
}

/** Milliseconds from qBittorrent's 100 % to playable. */
async function fromComplete(
  vigilio: Vigilio,
  qbittorrent: TestQbittorrent,
  film: { imdbId: string; torrent: Buffer },
): Promise<{ elapsedMs: number; plan: string | undefined }> {
  const added = await addTorrent(vigilio, film.imdbId, film.torrent);
  const hash = added.download?.infoHash;
  const complete = momentOf(async () => {
    const torrents = await qbittorrent.client.snapshot();
    return torrents.find((torrent) => torrent.hash === hash)?.isComplete ? true : null;
  });
  const ready = await playable(vigilio, added.movie.id);
  return { elapsedMs: ready.at - (await complete).at, plan: ready.plan };
}

/** Milliseconds from asking for an import to playable. */
async function fromImport(vigilio: Vigilio, film: { imdbId: string; path: string }) {
  const askedAt = performance.now();
  const added = await addJson(vigilio, { imdbId: film.imdbId, path: film.path });
  const ready = await playable(vigilio, added.movie.id);
  if (ready.plan !== "as-is") throw new Error(`a ready-made film is made ${ready.plan}`);
  return ready.at - askedAt;
}

/** `ffmpeg -i film.mkv -c copy film.mp4`, and with the index moved to the front. */
function byHand(path: string, dir: string, more: string[]): number {
  const output = join(dir, "by-hand.mp4");
  // What others left to be written is not charged to ffmpeg.
  execFileSync("sync");
  const startedAt = performance.now();
  const run = spawnSync(
    process.env.FFMPEG_PATH ?? "ffmpeg",
    ["-y", "-loglevel", "error", "-i", path, "-c", "copy", ...more, output],
    { stdio: ["ignore", "ignore", "inherit"] },
  );
  const elapsedMs = performance.now() - startedAt;
  if (run.status !== 0) throw new Error("ffmpeg -c copy failed");
  rmSync(output);
  return elapsedMs;
}

/** Bytes on the disk of folders together: a hard link counts once. */
function diskBytes(...dirs: string[]): number {
  const text = execFileSync("du", ["-s", "-c", "--block-size=1", ...dirs], { encoding: "utf8" });
  return Number(/^(\d+)\s+total$/m.exec(text)?.[1]);
}

/** What a movie waits for after its last byte has arrived. */
export async function benchPipeline(): Promise<boolean> {
  const dir = scratchFolder();
  const [seedDir, importDir, scratch] = ["seed", "import", "scratch"].map((name) => {
    mkdirSync(join(dir, name));
    return join(dir, name);
  }) as [string, string, string];
  const noisePath = await makeNoise(join(scratch, "noise.mkv"));
  const container = await makeLargeFilm(join(scratch, "container.mkv"), {
    noisePath,
    bytes: containerBytes,
  });
  const small = await makeLargeFilm(join(importDir, "small.mp4"), { noisePath, bytes: smallBytes });
  const large = await makeLargeFilm(join(importDir, "large.mp4"), { noisePath, bytes: largeBytes });

  const tmdb = await startTmdb();
  const seed = await startWebSeed(seedDir);
  const qbittorrent = await startQbittorrent();
  const vigilio = await startVigilio({
    dataDir: join(dir, "data"),
    env: {
      TMDB_API_KEY: tmdbKeys.v4,
      TMDB_API_URL: tmdb.apiUrl,
      TMDB_IMAGE_URL: tmdb.imageUrl,
      QBITTORRENT_URL: qbittorrent.url,
      QBITTORRENT_USERNAME: qbittorrent.username,
      QBITTORRENT_PASSWORD: qbittorrent.password,
      VIGILIO_IMPORT_DIRS: importDir,
      LOG_LEVEL: "info",
    },
  });
  let number = 0;
  const imdbId = () => `tt${7_000_010 + number++}`;
  try {
    await until("all services are up", async () => {
      const health = await (await vigilio.fetch("/api/health")).json();
      return health.status === "ok";
    });

    const torrent: number[] = [];
    const plain: number[] = [];
    const fastStart: number[] = [];
    for (let turn = 0; turn < runs; turn += 1) {
      // Another name makes another torrent.
      const name = `Container.${turn}.2020.mkv`;
      renameSync(
        turn === 0 ? container : join(seedDir, `Container.${turn - 1}.2020.mkv`),
        join(seedDir, name),
      );
      const path = join(seedDir, name);
      const film = { imdbId: imdbId(), torrent: torrentOf(path, seed.urlOf(name)) };
      const found = await fromComplete(vigilio, qbittorrent, film);
      if (found.plan !== "container") throw new Error(`planned as ${found.plan}`);
      torrent.push(found.elapsedMs);
      plain.push(byHand(path, scratch, []));
      fastStart.push(byHand(path, scratch, ["-movflags", "+faststart"]));
      console.log(
        `container: ${found.elapsedMs.toFixed(0)} ms, by hand ${plain.at(-1)?.toFixed(0)} ms`,
      );
    }

    const before = diskBytes(importDir, vigilio.dataDir);
    const imports: { small: number[]; large: number[] } = { small: [], large: [] };
    for (let turn = 0; turn < runs; turn += 1) {
      for (const [kind, path] of [
        ["small", small],
        ["large", large],
      ] as const) {
        const copy = join(importDir, `${kind}-${turn}.mp4`);
        linkSync(path, copy);
        imports[kind].push(await fromImport(vigilio, { imdbId: imdbId(), path: copy }));
      }
    }
    const grownBytes = diskBytes(importDir, vigilio.dataDir) - before;
    console.log(`imports: ${JSON.stringify(imports)}, grown by ${grownBytes} bytes`);

    const downloads: { small: number[]; large: number[] } = { small: [], large: [] };
    for (let turn = 0; turn < runs; turn += 1) {
      for (const [kind, path] of [
        ["small", small],
        ["large", large],
      ] as const) {
        const name = `${kind}.${turn}.2020.mp4`;
        linkSync(path, join(seedDir, name));
        const film = {
          imdbId: imdbId(),
          torrent: torrentOf(join(seedDir, name), seed.urlOf(name)),
        };
        downloads[kind].push((await fromComplete(vigilio, qbittorrent, film)).elapsedMs);
      }
    }
    console.log(`downloads: ${JSON.stringify(downloads)}`);
    return report({
      torrent,
      plain,
      fastStart,
      imports,
      downloads,
      grownBytes,
      containerMegabytes: statSync(join(seedDir, `Container.${runs - 1}.2020.mkv`)).size / 1e6,
    });
  } finally {
    await vigilio.stop();
    await Promise.all([qbittorrent.stop(), seed.close(), tmdb.close()]);
  }
}

function report(found: {
  torrent: number[];
  plain: number[];
  fastStart: number[];
  imports: { small: number[]; large: number[] };
  downloads: { small: number[]; large: number[] };
  grownBytes: number;
  containerMegabytes: number;
}): boolean {
  const seconds = (values: number[]) => `${(median(values) / 1000).toFixed(2)} s`;
  const more = (median(found.torrent) - median(found.plain)) / 1000;
  const differs = (of: { small: number[]; large: number[] }) =>
    (median(of.large) - median(of.small)) / 1000;
  const sameTime = (of: { small: number[]; large: number[] }) => ({
    words: "less than 0.5 s apart",
    isMet: Math.abs(differs(of)) < 0.5,
  });
  return publish({
    title: "Pipeline",
    method:
      `\`npm run bench -- pipeline\`: from qBittorrent's 100 % to playable, for an H.264 film of ` +
      `${found.containerMegabytes.toFixed(0)} MB in Matroska, and the same by hand with ` +
      `\`ffmpeg -i film.mkv -c copy film.mp4\` (${runs} runs, medians). Then a ready-made MP4 of ` +
      `4 GB and one of 40 MB: imported from the same disk (${runs} runs each, from the request to ` +
      `playable) and downloaded (${runs} runs each, from 100 % to playable).`,
    columns: ["measured"],
    rows: [
      { what: "container changes", values: [seconds(found.torrent)] },
      { what: "by hand", values: [seconds(found.plain)] },
      { what: "by hand, index in front", values: [seconds(found.fastStart)] },
      {
        what: "more than by hand",
        values: [`${more.toFixed(2)} s`],
        target: { words: "at most 2 s", isMet: more <= 2 },
      },
      {
        what: "imported, 40 MB and 4 GB",
        values: [`${seconds(found.imports.small)} and ${seconds(found.imports.large)}`],
        target: sameTime(found.imports),
      },
      {
        what: "downloaded, 40 MB and 4 GB",
        values: [`${seconds(found.downloads.small)} and ${seconds(found.downloads.large)}`],
        target: sameTime(found.downloads),
      },
      {
        what: "disk space that the imports took",
        values: [`${(found.grownBytes / 1e6).toFixed(1)} MB`],
        target: { words: "none: below 5 MB for database and log", isMet: found.grownBytes < 5e6 },
      },
    ],
    notes: [],
  });
}
