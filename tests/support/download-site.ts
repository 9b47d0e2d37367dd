import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { downloads, movies } from "@/db/schema";
import { handlers } from "@/jobs/handlers";
import { Runner } from "@/jobs/runner";
import { watchDownloads } from "@/jobs/watch-downloads";
import type { Connection } from "@/lib/db";
import { parseMagnet } from "@/lib/downloads/magnet";
import { parseTorrentFile } from "@/lib/downloads/torrent-file";
import { type Env, makeFolders, readEnv } from "@/lib/env";
import { randomId } from "@/lib/ids";
import { addMovie } from "@/lib/movies/mutations";
import { setRuntime } from "@/lib/queue/runtime";
import { connect, type Services } from "@/lib/settings/connect";
import { makeMovie } from "../media/make";
import { testDatabase } from "./database";
import type { TestQbittorrent } from "./qbittorrent";
import { layOut, makeTorrent } from "./torrent";
import { until } from "./until";
import { startWebSeed, type WebSeed } from "./web-seed";

/**
 * The way from a torrent to a film in this process: a real database, the real jobs and a real
 * qBittorrent. The ticks of the downloads come when the test says so, and its clock can be put
 * forward.
 */
export interface DownloadSite {
  db: Connection;
  env: Env;
  services: Services;
  now(): Date;
  /** Ticks of the downloads, one after the other. */
  tick(times?: number): Promise<void>;
  /** Puts the clock forward, and looks at what is due. */
  forward(ms: number): void;
  /** @param film title and year; a title of no film by default. */
  addTorrent(torrent: Buffer, film?: FilmNames): Added;
  addMagnet(magnet: string, film?: FilmNames): Added;
  movie(added: Added): typeof movies.$inferSelect;
  download(added: Added): typeof downloads.$inferSelect;
  /** Ticks until this code of a reason is told on the movie; null: nothing is. */
  told(added: Added, code: string | null): Promise<void>;
  /** Ticks until the movie can be played. @throws with its reason when it fails. */
  ready(added: Added): Promise<void>;
  stop(): Promise<void>;
}

interface FilmNames {
  title: string;
  year?: number;
  imdbId?: string;
}

export interface Added {
  movieId: string;
  downloadId: string;
}

let count = 0;

/**
 * @param options `downloadsDir`: a folder that is there, such as a small disk. `isOwn`: qBittorrent
 *   is the one that Vigilio runs itself, and not a person's; for one site in a process.
 */
export async function startDownloadSite(
  qbittorrent: Pick<TestQbittorrent, "url" | "username" | "password">,
  options: { downloadsDir?: string; env?: Record<string, string>; isOwn?: boolean } = {},
): Promise<DownloadSite> {
  const root = mkdtempSync(join(tmpdir(), "vigilio-site-"));
  const db = testDatabase();
  const env = readEnv(
    {
      VIGILIO_DATA_DIR: join(root, "data"),
      ...(!options.isOwn && {
        QBITTORRENT_URL: qbittorrent.url,
        QBITTORRENT_USERNAME: qbittorrent.username,
        QBITTORRENT_PASSWORD: qbittorrent.password,
      }),
      ...(options.downloadsDir && { VIGILIO_DOWNLOADS_DIR: options.downloadsDir }),
      ...options.env,
    },
    "/",
  );
  makeFolders(env);
  const services = connect(db, env);
  let aheadMs = 0;
  const now = () => new Date(Date.now() + aheadMs);
  const runner = new Runner({
    ...{ db, env, services, handlers, now },
    bootId: randomId(),
    lanes: { io: 4, cpu: 1 },
  });
  runner.start();
  if (options.isOwn) {
    const { url, username, password } = qbittorrent;
    setRuntime({
      ...{ bootId: "own", wake: () => runner.wake(), sweep: () => {} },
      ...{ ticks: () => [], runTick: () => null },
      managedQbittorrent: () => ({ url, username, password }),
      restore: () => Promise.reject(new Error("no restore in tests")),
    });
  }
  // Jobs that a tick enqueues wake the runner of a whole Vigilio; here it is looked after.
  const waker = setInterval(() => runner.wake(), 100);

  const add = (
    torrent: Omit<Parameters<typeof addMovie>[1]["acquisition"] & { kind: "torrent" }, "kind">,
    film: FilmNames | undefined = undefined,
  ) => {
    count += 1;
    const { movieId, downloadId } = addMovie(db, {
      identity: { imdbId: `tt${8_000_000 + count}`, title: `Film ${count}`, ...film },
      acquisition: { kind: "torrent", ...torrent },
      addedBy: null,
      now: now(),
    });
    if (!downloadId) throw new Error("no download");
    return { movieId, downloadId };
  };
  const tick = async (times = 1) => {
    for (let n = 0; n < times; n += 1) await watchDownloads({ db, env, services, now });
  };
  const movie = ({ movieId }: Added) => {
    const row = db.select().from(movies).where(eq(movies.id, movieId)).get();
    if (!row) throw new Error("no such movie");
    return row;
  };
  const download = ({ downloadId }: Added) => {
    const row = db.select().from(downloads).where(eq(downloads.id, downloadId)).get();
    if (!row) throw new Error("no such download");
    return row;
  };

  const site: DownloadSite = {
    ...{ db, env, services, now, tick, movie, download },
    forward(ms) {
      aheadMs += ms;
      runner.wake();
    },
    addTorrent: (bytes, film) => {
      const read = parseTorrentFile(bytes);
      return add({ ...read, magnet: null, torrentFile: bytes, sizeBytes: bytes.length }, film);
    },
    addMagnet(text, film) {
      const { canonical, infoHashV1, infoHashV2, name } = parseMagnet(text);
      return add(
        {
          magnet: canonical,
          torrentFile: null,
          infoHashV1,
          infoHashV2,
          name: name ?? "",
          sizeBytes: null,
        },
        film,
      );
    },
    async told(added, code) {
      await until(`${code} is told`, async () => {
        await tick();
        return (movie(added).reason?.code ?? null) === code;
      }).catch((error: Error) => {
        const { status, reason } = movie(added);
        throw new Error(`${error.message}; it is ${status}: ${JSON.stringify(reason)}`);
      });
    },
    async ready(added) {
      await until(`movie ${added.movieId} is ready`, async () => {
        await tick();
        const { status, reason } = movie(added);
        if (status === "failed") throw new Error(`failed: ${JSON.stringify(reason)}`);
        return status === "ready";
      }).catch((error: Error) => {
        const { status, reason } = movie(added);
        throw new Error(`${error.message}; it is ${status}: ${JSON.stringify(reason)}`);
      });
    },
    async stop() {
      clearInterval(waker);
      if (options.isOwn) setRuntime(undefined);
      await runner.stop();
      db[Symbol.dispose]();
      rmSync(root, { recursive: true, force: true });
    },
  };
  return site;
}

/** Films behind a web seed, each a torrent of its own. */
export interface FilmSeed {
  seed: WebSeed;
  /** A new torrent with a film of some hundred kilobytes, and a text beside it. */
  torrent(
    version?: "1" | "2" | "hybrid",
  ): Promise<{ bytes: Buffer; name: string; content: Content }>;
  close(): Promise<void>;
}
type Content = { name: string; files: { path: string; content: Buffer }[] };

/** @param options.bytesPerSecond for each request; as fast as it goes by default. */
export async function startFilmSeed(options: { bytesPerSecond?: number } = {}): Promise<FilmSeed> {
  const root = mkdtempSync(join(tmpdir(), "vigilio-films-"));
  const path = join(root, "film.mkv");
  await makeMovie({ path, seconds: 6, width: 320, height: 180 });
  const film = readFileSync(path);
  const folder = join(root, "seed");
  mkdirSync(folder);
  const seed = await startWebSeed(folder, options);
  return {
    seed,
    async torrent(version = "1") {
      count += 1;
      const name = `Film.${count}.2019.1080p`;
      const content = {
        name,
        files: [
          { path: `${name}.mkv`, content: film },
          { path: "about.nfo", content: Buffer.from(`number ${count} ${randomId()}`) },
        ],
      };
      layOut(folder, content);
      const bytes = await makeTorrent({
        ...content,
        version,
        webSeedUrl: seed.url,
        pieceLength: 16_384,
      });
      return { bytes, name, content };
    },
    async close() {
      await seed.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
