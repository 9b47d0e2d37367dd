import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type DownloadSite,
  type FilmSeed,
  startDownloadSite,
  startFilmSeed,
} from "../support/download-site";
import { startQbittorrent, type TestQbittorrent } from "../support/qbittorrent";
import { smallDisk } from "../support/small-disk";
import { until } from "../support/until";

const disk = smallDisk("100M");

describe.skipIf(!disk)("a disk that is full", () => {
  const { dir = "", resize = () => {}, remount = () => false } = disk ?? {};
  let qbittorrent: TestQbittorrent;
  let films: FilmSeed;
  let site: DownloadSite;

  beforeAll(async () => {
    [qbittorrent, films] = await Promise.all([
      startQbittorrent(),
      startFilmSeed({ bytesPerSecond: 60_000 }),
    ]);
    site = await startDownloadSite(qbittorrent, { downloadsDir: dir });
  });
  afterAll(async () => {
    await site?.stop();
    await Promise.all([qbittorrent?.stop(), films?.close()]);
    disk?.remove();
  });

  it("is waited for before anything is loaded, and stops a torrent in words until there is room", async () => {
    const added = site.addTorrent((await films.torrent()).bytes);
    await site.told(added, "disk-short");
    // Told for as long as it lasts, and nothing flows.
    await site.tick(3);
    expect(site.movie(added)).toMatchObject({
      status: "downloading",
      reason: { code: "disk-short" },
    });
    expect(films.seed.requests).toEqual([]);

    resize("2G");
    site.forward(16_000);
    await until("it is on its way", async () => {
      await site.tick();
      return site.download(added).progress > 0.1;
    });
    expect(site.movie(added).reason?.code).not.toBe("disk-short");

    // Somebody else fills the disk.
    const used = Number(execFileSync("du", ["-sk", dir]).toString().split("\t")[0]);
    resize(`${used}k`);
    await site.told(added, "torrent-error-disk-full");
    expect(site.movie(added).status).toBe("downloading");
    expect(site.download(added).state).toBe("failed");
    site.forward(16_000);
    await site.tick(2);
    expect(site.movie(added).reason?.code).toBe("torrent-error-disk-full");

    resize("2G");
    site.forward(60_000);
    await site.ready(added);
  });

  it("that can only be read is told, and goes on by itself once it can be written to", async () => {
    const { bytes } = await films.torrent();
    const added = site.addTorrent(bytes);
    await until("it is on its way", async () => {
      await site.tick();
      return site.download(added).progress > 0.05;
    });
    const hash = site.download(added).clientHash ?? "";
    await qbittorrent.post("torrents/pause", { hashes: hash });
    // A disk that somebody writes to cannot be made read-only: qBittorrent lets go of its files.
    await until("the disk is read-only", () => remount("ro"));
    await qbittorrent.post("torrents/resume", { hashes: hash });
    await site.told(added, "torrent-error-read-only");
    expect(site.movie(added).status).toBe("downloading");
    site.forward(16_000);
    await site.tick(2);
    expect(site.movie(added).reason?.code).toBe("torrent-error-read-only");

    await until("the disk can be written to", () => remount("rw"));
    site.forward(60_000);
    await site.ready(added);
  });
});
