import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { eq, inArray } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { jobs, versions } from "@/db/schema";
import { binMovie, binVersion, restoreFromBin } from "@/lib/bin/commands";
import { emptyBin } from "@/lib/bin/mutations";
import { startOver } from "@/lib/downloads/mutations";
import { rowCounts } from "./support/binned-site";
import {
  type Added,
  type DownloadSite,
  type FilmSeed,
  startDownloadSite,
  startFilmSeed,
} from "./support/download-site";
import { startQbittorrent, type TestQbittorrent } from "./support/qbittorrent";
import { until } from "./support/until";

let qbittorrent: TestQbittorrent;
let films: FilmSeed;
let site: DownloadSite;
beforeAll(async () => {
  [qbittorrent, films] = await Promise.all([
    startQbittorrent(),
    startFilmSeed({ bytesPerSecond: 150_000 }),
  ]);
  site = await startDownloadSite(qbittorrent);
});
afterAll(async () => {
  await site?.stop();
  await Promise.all([qbittorrent?.stop(), films?.close()]);
});

const context = () => ({ db: site.db, env: site.env, now: site.now() });
const torrents = async () => (await qbittorrent.client.snapshot()).length;
const stateOf = async (added: Added) =>
  (await qbittorrent.client.findByTag(site.download(added).tag))?.state;

/** Every file below Vigilio's folders. */
const files = () =>
  readdirSync(site.env.dataDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));

const openJobs = () =>
  site.db
    .select()
    .from(jobs)
    .all()
    .filter(({ status }) => ["queued", "waiting", "running"].includes(status));

async function half(added: Added): Promise<void> {
  await until("half of it is there", async () => {
    await site.tick();
    return site.download(added).progress > 0.15;
  });
}

it("a download stops in the bin, and goes on where it was when it is brought back", async () => {
  const added = site.addTorrent((await films.torrent()).bytes);
  await half(added);
  const before = site.download(added);
  await binMovie(context(), added.movieId);
  await until("its torrent is stopped", async () => {
    await site.tick();
    return (await stateOf(added)) === "paused";
  });
  // Nothing that the ticks see of it is written down.
  await site.tick(3);
  expect(site.download(added)).toEqual(before);

  await restoreFromBin(context(), added.movieId);
  await site.ready(added);
  expect(await stateOf(added)).not.toBe("paused");
});

it("a download that a person had paused stays paused", async () => {
  const added = site.addTorrent((await films.torrent()).bytes);
  await half(added);
  await qbittorrent.client.stop(site.download(added).clientHash ?? "");
  await until("the pause is seen", async () => {
    await site.tick();
    return site.download(added).state === "paused";
  });
  await binMovie(context(), added.movieId);
  await restoreFromBin(context(), added.movieId);
  expect(openJobs()).toEqual([]);
  await site.tick(2);
  expect(await stateOf(added)).toBe("paused");
});

it("nothing is left of what has had its days: no row, no file, no torrent, no job", async () => {
  await until("nothing is on", () => openJobs().length === 0);
  await site.tick();
  const before = { rows: rowCounts(site.db), files: files(), torrents: await torrents() };
  const added = site.addTorrent((await films.torrent()).bytes);
  await site.ready(added);
  await until("everything about it is done", async () => {
    await site.tick();
    return openJobs().length === 0;
  });
  expect(files().length).toBeGreaterThan(before.files.length + 2);
  expect(await torrents()).toBe(before.torrents + 1);

  const version = site.db.select().from(versions).where(eq(versions.movieId, added.movieId)).get();
  await binVersion(context(), version?.id ?? "");
  await binMovie(context(), added.movieId);
  const whole = files();
  await site.tick(2);
  const days = 86_400_000;
  expect(emptyBin(site.db, new Date(site.now().getTime() + 6 * days), { onlyDue: true })).toEqual(
    [],
  );
  expect(files()).toEqual(whole);
  expect(await torrents()).toBe(before.torrents + 1);

  // The version has an entry of its own, and goes by itself.
  site.forward(8 * days);
  const jobIds = emptyBin(site.db, site.now(), { onlyDue: true });
  expect(jobIds).toHaveLength(2);
  const ending = inArray(jobs.id, jobIds);
  await until("its files and its torrent are gone", () =>
    site.db
      .select()
      .from(jobs)
      .where(ending)
      .all()
      .every(({ status }) => status === "succeeded"),
  );
  expect(await torrents()).toBe(before.torrents);
  expect(files()).toEqual(before.files);
  expect(existsSync(join(site.env.mediaDir, version?.folder ?? ""))).toBe(false);
  // What is left are the lines that tell of the way out.
  site.db.delete(jobs).where(ending).run();
  expect(rowCounts(site.db)).toEqual(before.rows);
});

it("a torrent that was taken away meanwhile says so, and can be had again", async () => {
  const added = site.addTorrent((await films.torrent()).bytes);
  await half(added);
  await binMovie(context(), added.movieId);
  await site.tick(2);
  const { reason } = site.download(added);
  await qbittorrent.client.delete(site.download(added).clientHash ?? "", { deleteFiles: true });
  site.forward(15_000);
  await site.tick(3);
  expect(site.download(added)).toMatchObject({ reason, completedAt: null });
  await restoreFromBin(context(), added.movieId);
  await site.told(added, "torrent-gone");
  startOver(site.db, site.download(added), site.now());
  await site.ready(added);
});
