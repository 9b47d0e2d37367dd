import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { commandDownload, deleteDownload } from "@/lib/downloads/commands";
import type { Torrent } from "@/lib/services/qbittorrent/map";
import {
  type Added,
  type DownloadSite,
  type FilmSeed,
  startDownloadSite,
  startFilmSeed,
} from "../support/download-site";
import { startQbittorrent, type TestQbittorrent } from "../support/qbittorrent";
import { makeTorrent } from "../support/torrent";
import { until } from "../support/until";

/** Longer than what is waited for after a sign-in, so that what is not listed counts. */
const settledMs = 15_000;

let qbittorrent: TestQbittorrent;
let site: DownloadSite;
let films: FilmSeed;

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

afterEach(() => films.seed.release());

const commands = () => ({ db: site.db, env: site.env, services: site.services, now: site.now() });

async function torrentOf(added: Added): Promise<Torrent | null> {
  return qbittorrent.client.findByTag(site.download(added).tag);
}

async function hashOf(added: Added): Promise<string> {
  return (await torrentOf(added))?.hash ?? "";
}

/** Waits until qBittorrent itself shows the cause; two ticks later the movie has to tell it. */
async function noticed(
  added: Added,
  code: string | null,
  cause: () => boolean | Promise<boolean>,
): Promise<void> {
  await until(`cause of ${code}`, cause);
  await site.tick(2);
  expect(site.movie(added).reason?.code ?? null).toBe(code);
}

/** Some of the film lies on the disk, and more is on its way. */
async function halfWay(added: Added): Promise<string> {
  let path = "";
  await until("half of it is there", async () => {
    await site.tick();
    const { files, savePath, progress } = site.download(added);
    const feature = files?.find(({ role }) => role === "feature");
    path = join(savePath ?? "", feature?.path ?? "");
    return progress > 0.15 && existsSync(path);
  });
  return path;
}

async function start(): Promise<Added> {
  const { bytes } = await films.torrent();
  return site.addTorrent(bytes);
}

describe("a torrent that goes wrong", () => {
  it("waits for seeds in words, and goes on when there are some", async () => {
    films.seed.hold();
    const added = await start();
    await until("it is asked for", async () => {
      await site.tick();
      return films.seed.requests.length > 0;
    });
    await noticed(
      added,
      // A web seed counts as one that is connected.
      "torrent-stalled",
      async () => (await torrentOf(added))?.state === "stalled",
    );
    films.seed.release();
    await site.ready(added);
  });

  it("says that nobody sends a file list, the more so after a while, and never gives up", async () => {
    const added = site.addMagnet(`magnet:?xt=urn:btih:${"c0ffee".padEnd(40, "1")}&dn=Lonely`);
    await noticed(
      added,
      "torrent-metadata-pending",
      async () =>
        (await torrentOf(added))?.state === "metadata" && Boolean(site.download(added).clientHash),
    );
    expect(site.movie(added).status).toBe("downloading");
    site.forward(11 * 60_000);
    await site.tick(2);
    expect(site.movie(added).reason?.code).toBe("torrent-metadata-late");
    expect(site.movie(added).status).toBe("downloading");
    await deleteDownload(commands(), site.download(added), true);
  });

  it("tells a pause, and that it is over", async () => {
    const added = await start();
    await halfWay(added);
    await commandDownload(commands(), site.download(added), "pause");
    await noticed(
      added,
      "torrent-paused",
      async () => (await torrentOf(added))?.state === "paused",
    );
    await commandDownload(commands(), site.download(added), "resume");
    await site.ready(added);
  });

  it("loads a film again that was deleted from the disk half way", async () => {
    const added = await start();
    const path = await halfWay(added);
    rmSync(path);
    await noticed(added, "torrent-files-deleted", () => true);
    await site.ready(added);
  });

  it("is in order when a person has it checked, half way and at its end", async () => {
    const added = await start();
    await halfWay(added);
    await qbittorrent.client.recheck(await hashOf(added));
    await site.ready(added);
    await qbittorrent.client.recheck(await hashOf(added));
    await site.tick(2);
    expect(site.movie(added)).toMatchObject({ status: "ready", reason: null });
  });

  it("keeps a film playable whose download was deleted from the disk, and says so on the download", async () => {
    const added = await start();
    const path = await halfWay(added);
    await site.ready(added);
    rmSync(path);
    await site.tick(2);
    expect(site.download(added).reason?.code).toBe("torrent-files-gone");
    expect(site.movie(added)).toMatchObject({ status: "ready", reason: null });
    await site.tick(2);
    expect(site.movie(added).status).toBe("ready");
  });

  it("is looked for again when qBittorrent misses its files, and loaded again", async () => {
    const added = await start();
    const path = await halfWay(added);
    await commandDownload(commands(), site.download(added), "pause");
    await until("it stands", async () => (await torrentOf(added))?.state === "paused");
    const before = qbittorrent.pid;
    process.kill(before ?? 0, "SIGTERM");
    await until("it has ended", () => qbittorrent.pid !== before);
    rmSync(join(path, ".."), { recursive: true });
    await noticed(added, "torrent-missing-files", async () => {
      const torrent = await torrentOf(added).catch(() => null);
      return torrent?.failure === "missing-files";
    });
    expect(site.movie(added).status).toBe("downloading");
    site.forward(settledMs);
    await site.ready(added);
  });

  it("says that it was removed in qBittorrent, and comes back when a person wants it", async () => {
    const added = await start();
    await halfWay(added);
    site.forward(settledMs);
    const hash = await hashOf(added);
    await qbittorrent.client.delete(hash, { deleteFiles: true });
    await noticed(added, "torrent-gone", async () => (await torrentOf(added)) === null);
    expect(site.movie(added).status).toBe("failed");
    expect(site.download(added).state).toBe("failed");
    await commandDownload(commands(), site.download(added), "resume");
    expect(site.movie(added)).toMatchObject({ status: "downloading", reason: null });
    await site.ready(added);
  });

  it("goes on when a removed torrent is given to qBittorrent again by a person", async () => {
    const { bytes } = await films.torrent();
    const added = site.addTorrent(bytes);
    await halfWay(added);
    site.forward(settledMs);
    await qbittorrent.client.delete(await hashOf(added), { deleteFiles: true });
    await site.told(added, "torrent-gone");
    const { savePath } = site.download(added);
    const { torrent } = await qbittorrent.client.add({
      torrentFile: bytes,
      tag: "by-hand",
      category: "vigilio",
      savePath: savePath ?? "",
    });
    await qbittorrent.client.start(torrent.hash);
    await site.ready(added);
    expect((await torrentOf(added))?.tags).toContain(site.download(added).tag);
  });

  it("is followed to where it is moved, and under other names", async () => {
    const added = await start();
    await halfWay(added);
    const hash = await hashOf(added);
    const elsewhere = join(qbittorrent.downloadsDir, "moved by a person");
    await qbittorrent.post("torrents/setLocation", { hashes: hash, location: elsewhere });
    await qbittorrent.post("torrents/rename", { hash, name: "Another name" });
    const [feature] = site.download(added).files ?? [];
    await qbittorrent.post("torrents/renameFile", {
      hash,
      oldPath: feature?.path ?? "",
      newPath: "renamed folder/renamed film.mkv",
    });
    await site.ready(added);
    expect(site.download(added)).toMatchObject({ savePath: elsewhere, name: "Another name" });
  });

  it("tells that it was moved out of sight, and goes on when it is moved back", async () => {
    const added = await start();
    await halfWay(added);
    const hash = await hashOf(added);
    const home = site.download(added).savePath ?? "";
    const hidden = mkdtempSync(join(tmpdir(), "vigilio-hidden-"));
    // What qBittorrent sees at this path is not there for Vigilio.
    const folder = join(hidden, "x");
    await qbittorrent.post("torrents/setLocation", { hashes: hash, location: folder });
    await until("it is complete there", async () => (await torrentOf(added))?.isComplete);
    renameSync(folder, join(hidden, "y"));
    await site.told(added, "torrent-out-of-sight");
    expect(site.movie(added).status).toBe("downloading");
    renameSync(join(hidden, "y"), folder);
    await qbittorrent.post("torrents/setLocation", { hashes: hash, location: home });
    await site.ready(added);
    rmSync(hidden, { recursive: true });
  });

  it("gets back the tag and the category that a person took away", async () => {
    const added = await start();
    await halfWay(added);
    const hash = await hashOf(added);
    const { tag } = site.download(added);
    await qbittorrent.post("torrents/removeTags", { hashes: hash, tags: tag });
    await qbittorrent.post("torrents/removeCategories", { categories: "vigilio" });
    await until("both are gone", async () => {
      const torrent = await qbittorrent.client.findByHash({ infoHashV1: hash });
      return torrent?.tags.length === 0 && torrent.category === "";
    });
    await site.tick(2);
    await until("both are back", async () => {
      const torrent = await torrentOf(added);
      return torrent?.category === "vigilio";
    });
    expect(site.movie(added).status).toBe("downloading");
    await site.ready(added);
  });

  it("leaves somebody else's torrent alone, and takes over when that is gone", async () => {
    const { bytes } = await films.torrent();
    const savePath = join(qbittorrent.downloadsDir, "of somebody else");
    mkdirSync(savePath);
    const { torrent } = await qbittorrent.client.add({
      torrentFile: bytes,
      tag: "radarr",
      category: "others",
      savePath,
    });
    const added = site.addTorrent(bytes);
    await site.told(added, "torrent-elsewhere");
    expect((await qbittorrent.client.findByHash({ infoHashV1: torrent.hash }))?.tags).toEqual([
      "radarr",
    ]);
    await qbittorrent.client.delete(torrent.hash, { deleteFiles: true });
    site.forward(16_000);
    await site.ready(added);
  });
});

describe("a qBittorrent that is not there", () => {
  it("makes no movie fail: each says so, and goes on when it is back", async () => {
    const added = await start();
    await halfWay(added);
    const before = qbittorrent.pid;
    process.kill(before ?? 0, "SIGKILL");
    await until("it has ended", () => qbittorrent.pid !== before);
    await site.tick(2);
    expect(site.movie(added)).toMatchObject({
      status: "downloading",
      reason: { code: "qbittorrent-unreachable" },
    });
    // Added while it is away: waits, and costs no attempt.
    const second = await start();
    await until("it waits", () => site.movie(second).reason !== null);
    expect(site.movie(second).reason?.code).toBe("qbittorrent-unreachable");
    await until("it is back", () => qbittorrent.pid !== null);
    await until("it answers", async () =>
      qbittorrent.client.check().then(
        () => true,
        () => false,
      ),
    );
    await site.tick(2);
    expect(site.movie(added).status).toBe("downloading");
    site.forward(16_000);
    await site.ready(added);
    await site.ready(second);
  });
});

describe("a torrent that nobody has", () => {
  it("says that nobody has it, the more so after two hours and after a day", async () => {
    const content = {
      name: "Nobody.2019.mkv",
      files: [{ path: "Nobody.2019.mkv", content: randomBytes(99_000) }],
    };
    const added = site.addTorrent(await makeTorrent({ ...content, isSingleFile: true }));
    await until("it is started", async () => {
      await site.tick();
      return site.download(added).startedAt !== null;
    });
    await noticed(
      added,
      "torrent-no-seeds",
      async () => (await torrentOf(added))?.state === "stalled",
    );
    site.forward(3 * 3_600_000);
    await site.tick();
    expect(site.movie(added).reason?.code).toBe("torrent-no-seeds-long");
    expect(site.download(added).deadSince).not.toBeNull();
    site.forward(22 * 3_600_000);
    await site.tick();
    expect(site.movie(added)).toMatchObject({
      status: "downloading",
      reason: { code: "torrent-stalled-long" },
    });
    await deleteDownload(commands(), site.download(added), true);
  });
});
