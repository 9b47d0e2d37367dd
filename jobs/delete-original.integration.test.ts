import { existsSync, readdirSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { downloads, jobs, versions } from "@/db/schema";
import { saveSettings } from "@/lib/settings/mutations";
import { deleteOriginals } from "@/lib/storage/commands";
import {
  type Added,
  type DownloadSite,
  type FilmSeed,
  startDownloadSite,
  startFilmSeed,
} from "@/tests/support/download-site";
import { startQbittorrent, type TestQbittorrent } from "@/tests/support/qbittorrent";
import { until } from "@/tests/support/until";

let qbittorrent: TestQbittorrent;
let films: FilmSeed;
let site: DownloadSite;

beforeAll(async () => {
  [qbittorrent, films] = await Promise.all([startQbittorrent(), startFilmSeed()]);
});
afterAll(() => Promise.all([qbittorrent.stop(), films.close()]));
beforeEach(async () => {
  site = await startDownloadSite(qbittorrent);
});
afterEach(() => site.stop());

const set = (patch: Record<string, unknown>) =>
  saveSettings(site.db, { patch, env: site.env, now: new Date() });

async function readyFilm(): Promise<Added & { tag: string; folder: string; playable: string }> {
  const added = site.addTorrent((await films.torrent()).bytes);
  await site.ready(added);
  const { tag, id } = site.download(added);
  const version = site.db.select().from(versions).where(eq(versions.movieId, added.movieId)).get();
  const playable = join(site.env.mediaDir, version?.folder ?? "", `${version?.fileName}.mp4`);
  return { ...added, tag, folder: join(site.env.downloadsDir, id), playable };
}

const isStopped = async (tag: string) =>
  (await qbittorrent.client.findByTag(tag))?.state === "paused";
const isFollowed = ({ downloadId }: Added) =>
  site.db.select().from(downloads).where(eq(downloads.id, downloadId)).get() !== undefined;
const asked = () => site.db.select().from(jobs).where(eq(jobs.kind, "delete-original")).all();

/** Ticks, and the work that they ask for, until there is none. */
async function workDone(): Promise<void> {
  await site.tick(3);
  await until("the work is done", () => asked().every(({ status }) => status === "succeeded"));
}

it("deletes torrent and files together once the seeding is over, and the film plays on", async () => {
  set({ deleteOriginalFiles: true, seedRatioLimit: 0 });
  const film = await readyFilm();
  await until("the torrent and its files are gone", async () => {
    await site.tick();
    return !isFollowed(film);
  });
  expect(await qbittorrent.client.findByTag(film.tag)).toBeNull();
  expect(existsSync(film.folder)).toBe(false);
  expect(existsSync(film.playable)).toBe(true);
  const version = site.db.select().from(versions).get();
  expect(version).toMatchObject({ status: "ready", sourcePath: null });
  expect(version?.movieHash).not.toBeNull();
  expect(site.movie(film)).toMatchObject({ status: "ready", reason: null });
});

it("deletes nothing while the torrent seeds, nor when a person only paused it", async () => {
  set({ deleteOriginalFiles: true, seedRatioLimit: 50, seedDaysLimit: null });
  const film = await readyFilm();
  await workDone();
  expect(existsSync(film.folder)).toBe(true);
  const torrent = await qbittorrent.client.findByTag(film.tag);
  await qbittorrent.client.stop(torrent?.hash ?? "");
  await until("it is paused", () => isStopped(film.tag));
  await workDone();
  expect([asked().length, isFollowed(film), existsSync(film.folder)]).toEqual([0, true, true]);
});

it("deletes nothing unless the setting says so", async () => {
  set({ seedRatioLimit: 0 });
  const film = await readyFilm();
  await until("its seeding is over", () => isStopped(film.tag));
  await workDone();
  expect([asked().length, isFollowed(film), existsSync(film.folder)]).toEqual([0, true, true]);
});

it("deletes what a person asks for, though the household keeps originals, once it may go", async () => {
  set({ seedRatioLimit: 50 });
  const film = await readyFilm();
  const ask = () => deleteOriginals({ ...site, now: site.now() }, [film.downloadId]);
  ask();
  await workDone();
  // It is still shared.
  expect([isFollowed(film), existsSync(film.folder)]).toEqual([true, true]);
  set({ seedRatioLimit: 0 });
  const torrent = await qbittorrent.client.findByTag(film.tag);
  await qbittorrent.client.setShareLimits(torrent?.hash ?? "", { ratio: 0, seedingMinutes: null });
  await until("its seeding is over", () => isStopped(film.tag));
  ask();
  await until("the torrent and its files are gone", async () => {
    await site.tick();
    return !isFollowed(film);
  });
  expect([existsSync(film.folder), existsSync(film.playable)]).toEqual([false, true]);
});

it("keeps the original of a film whose published file is not whole", async () => {
  set({ seedRatioLimit: 0 });
  const film = await readyFilm();
  await until("its seeding is over", () => isStopped(film.tag));
  truncateSync(film.playable, 1000);
  set({ deleteOriginalFiles: true });
  await workDone();
  expect(asked()).toHaveLength(1);
  expect([isFollowed(film), existsSync(film.folder)]).toEqual([true, true]);
  // Looked at and kept: not with every tick.
  await workDone();
  expect(asked()).toHaveLength(1);
});

it("deletes the files of a torrent that a person took out of qBittorrent", async () => {
  set({ deleteOriginalFiles: true, seedRatioLimit: 50 });
  const film = await readyFilm();
  const torrent = await qbittorrent.client.findByTag(film.tag);
  await qbittorrent.client.delete(torrent?.hash ?? "", { deleteFiles: false });
  await site.tick();
  expect(readdirSync(film.folder)).not.toEqual([]);
  // What was only just not listed may come back.
  site.forward(15_000);
  await until("its files are gone", async () => {
    await site.tick();
    return !isFollowed(film);
  });
  expect([existsSync(film.folder), existsSync(film.playable)]).toEqual([false, true]);
});
