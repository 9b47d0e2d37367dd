import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseMagnet } from "@/lib/downloads/magnet";
import { parseTorrentFile } from "@/lib/downloads/torrent-file";
import { startQbittorrent, type TestQbittorrent } from "@/tests/support/qbittorrent";
import { layOut, type MakeTorrent, makeTorrent } from "@/tests/support/torrent";
import { until } from "@/tests/support/until";
import { startWebSeed, type WebSeed } from "@/tests/support/web-seed";

const content = (length: number, seed: number) =>
  Uint8Array.from({ length }, (_, at) => (at * seed + (at >> 8) * 7) % 256);

let seq = 0;
/** A release with a movie, a subtitle, a sample and a program; no two have the same hash. */
function release(more: Partial<MakeTorrent> = {}): MakeTorrent {
  seq += 1;
  return {
    name: `Film.${seq}`,
    files: [
      { path: "film.mkv", content: content(400_000, 3 + 2 * seq) },
      { path: "sample/sample.mkv", content: content(150_000, 5 + 2 * seq) },
      { path: "setup.exe", content: content(140_000, 7 + 2 * seq) },
      { path: "Subs/en.srt", content: content(3000, 9 + 2 * seq) },
    ],
    ...more,
  };
}

describe("a real qBittorrent", () => {
  let one: TestQbittorrent;
  let seedFolder: string;
  let webSeed: WebSeed;

  beforeAll(async () => {
    seedFolder = mkdtempSync(join(tmpdir(), "vigilio-seed-"));
    [one, webSeed] = await Promise.all([startQbittorrent(), startWebSeed(seedFolder)]);
  });
  afterAll(async () => {
    await Promise.all([one?.stop(), webSeed?.close()]);
    rmSync(seedFolder, { recursive: true, force: true });
  });

  const add = async (torrent: MakeTorrent, tag: string) => {
    const bytes = await makeTorrent(torrent);
    const savePath = join(one.downloadsDir, tag);
    const result = await one.client.add({
      torrentFile: bytes,
      tag,
      category: "vigilio",
      savePath,
      ...parseTorrentFile(bytes),
    });
    return { bytes, savePath, ...result };
  };

  it("tells its version", async () => {
    expect(await one.client.check()).toMatchObject({ isSupported: true });
  });

  it("loads a torrent's movie and subtitle from a web seed, and nothing else", async () => {
    const torrent = release({ webSeedUrl: webSeed.url });
    layOut(seedFolder, torrent);
    const { torrent: added, savePath, isDuplicate } = await add(torrent, "vigilio-web");
    expect(isDuplicate).toBe(false);
    expect(added).toMatchObject({ tags: ["vigilio-web"], category: "vigilio", savePath });
    const { hash } = added;

    const stopped = await until("stopped with its files known", async () => {
      const now = await one.client.findByTag("vigilio-web");
      return now?.state === "paused" && now;
    });
    expect(stopped).toMatchObject({ hasMetadata: true, isComplete: false, failure: null });
    const files = await one.client.files(hash);
    expect(files.map((file) => file.path)).toEqual(
      torrent.files.map((file) => `${torrent.name}/${file.path}`),
    );
    expect(webSeed.requests).toEqual([]);

    await one.client.setPriority(hash, [1, 2], 0);
    await one.client.start(hash);
    const done = await until("complete", async () => {
      const now = await one.client.findByTag("vigilio-web");
      return now?.isComplete && now;
    });
    expect(done).toMatchObject({
      state: "seeding",
      progress: 1,
      totalSizeBytes: 693_000,
      contentPath: join(savePath, torrent.name),
    });
    // It counts whole pieces of what was chosen.
    expect(done.sizeBytes).toBeGreaterThanOrEqual(403_000);
    expect(done.sizeBytes).toBeLessThan(693_000);
    for (const wanted of ["film.mkv", "Subs/en.srt"]) {
      const expected = torrent.files.find((file) => file.path === wanted)?.content;
      const found = readFileSync(join(savePath, torrent.name, wanted));
      expect(Buffer.compare(found, expected ?? Buffer.alloc(0))).toBe(0);
    }
    const names = readdirSync(savePath, { recursive: true }).map(String);
    expect(names.filter((name) => /sample|exe/.test(name))).toEqual([]);
    expect((await one.client.files(hash)).map((file) => file.isWanted)).toEqual([
      true,
      false,
      false,
      true,
    ]);
    expect((await one.client.pieceStates(hash)).pieceSizeBytes).toBe(65_536);

    await one.client.delete(hash, { deleteFiles: true });
    await until("files gone", () => !existsSync(join(savePath, torrent.name, "film.mkv")));
    expect(await one.client.findByTag("vigilio-web")).toBeNull();
  });

  it("leaves files out that were deselected at once, before it has looked at the torrent", async () => {
    const torrent = release({ webSeedUrl: webSeed.url });
    layOut(seedFolder, torrent);
    const { torrent: added, savePath } = await add(torrent, "vigilio-at-once");
    await one.client.setPriority(added.hash, [1, 2], 0);
    await one.client.start(added.hash);
    await until("complete", async () => {
      return (await one.client.findByTag("vigilio-at-once"))?.isComplete;
    });
    const names = readdirSync(savePath, { recursive: true }).map(String);
    expect(names.filter((name) => /sample|exe/.test(name))).toEqual([]);
    expect(names).toContain(`${torrent.name}/film.mkv`);
  });

  it("loads a lone file that lies in a folder", async () => {
    const torrent = release();
    torrent.files = torrent.files.slice(0, 1);
    torrent.webSeedUrl = webSeed.urlOf(`${torrent.name}/film.mkv`);
    layOut(seedFolder, torrent);
    const { torrent: added, savePath } = await add(torrent, "vigilio-lone");
    await one.client.start(added.hash);
    const done = await until("complete", async () => {
      const now = await one.client.findByTag("vigilio-lone");
      return now?.isComplete && now;
    });
    expect(done.contentPath).toBe(join(savePath, torrent.name, "film.mkv"));
  });

  it.each(["1", "2", "hybrid"] as const)(
    "counts files and hashes of version %s as we do",
    async (version) => {
      const tag = `vigilio-version-${version}`;
      const { torrent, bytes } = await add(release({ version }), tag);
      const description = parseTorrentFile(bytes);
      expect(torrent).toMatchObject({
        infoHashV1: description.infoHashV1,
        infoHashV2: description.infoHashV2,
      });
      const files = await one.client.files(torrent.hash);
      expect(files.map(({ index, path, sizeBytes }) => ({ index, path, sizeBytes }))).toEqual(
        description.files,
      );
    },
  );

  it("knows a torrent that is there, by its own tag and by another's", async () => {
    const torrent = release({ version: "hybrid" });
    const first = await add(torrent, "vigilio-first");
    const again = await add(torrent, "vigilio-first");
    expect(again).toMatchObject({ isDuplicate: false, torrent: { hash: first.torrent.hash } });
    const other = await add(torrent, "vigilio-other");
    expect(other).toMatchObject({ isDuplicate: true, torrent: { tags: ["vigilio-first"] } });
    // By the half of a hybrid that a plain magnet holds.
    const { infoHashV1 } = parseTorrentFile(first.bytes);
    expect(await one.client.findByHash({ infoHashV1 })).toMatchObject({ hash: first.torrent.hash });
    expect(await one.client.findByHash({ infoHashV1: "0".repeat(40) })).toBeNull();
  });

  it("says what is no torrent to it", async () => {
    await expect(
      one.client.add({
        torrentFile: Buffer.from("no torrent"),
        tag: "vigilio-broken",
        category: "vigilio",
        savePath: one.downloadsDir,
      }),
    ).rejects.toMatchObject({ service: "qbittorrent", fault: "refused" });
  });

  it("shows in one snapshot after another what came, changed and went", async () => {
    const { torrent } = await add(release(), "vigilio-snapshot");
    const find = async () =>
      (await one.client.snapshot()).find((found) => found.tags.includes("vigilio-snapshot"));
    await until("listed", async () => (await find())?.state === "paused");
    await one.client.start(torrent.hash);
    await until("started", async () => (await find())?.state === "stalled");
    await one.client.addTag(torrent.hash, "seen");
    await until("tagged", async () => (await find())?.tags.includes("seen"));
    await one.client.forceStart(torrent.hash, true);
    await until("forced", async () => (await find())?.isForced);
    await one.setCategory(torrent.hash, "");
    await until("in no category", async () => (await find())?.category === "");
    await one.client.stop(torrent.hash);
    await until("stopped", async () => (await find())?.state === "paused");
    await one.client.setShareLimits(torrent.hash, { ratio: 2, seedingMinutes: 60 });
    await one.client.recheck(torrent.hash);
    await one.client.delete(torrent.hash, { deleteFiles: true });
    await until("gone", async () => (await find()) === undefined);
    expect(await one.client.freeSpaceBytes()).toBeGreaterThan(0);
  });

  it("takes preferences, and says which it did not take", async () => {
    await one.client.setPreferences({ dl_limit: 123_904, max_active_downloads: 7 });
    expect(await one.client.preferences()).toMatchObject({ dl_limit: 123_904 });
    await one.client.setPreferences({ dl_limit: 0 });
    await expect(one.client.setPreferences({ no_such_key: 1 })).rejects.toThrow("no_such_key");
  });

  it("finds in the log why a torrent failed", async () => {
    const torrent = release({ webSeedUrl: webSeed.url });
    layOut(seedFolder, torrent);
    const bytes = await makeTorrent(torrent);
    const { torrent: added } = await one.client.add({
      torrentFile: bytes,
      tag: "vigilio-nowhere",
      category: "vigilio",
      savePath: "/dev/null/nowhere",
    });
    await one.client.start(added.hash);
    await until("failed", async () => {
      const now = await one.client.findByTag("vigilio-nowhere");
      return now?.state === "failed" && now.failure === "error";
    });
    expect(await one.client.errorOf(torrent.name)).toMatchObject({ kind: "path-missing" });
    expect(await one.client.errorOf("another")).toBeNull();
  });

  it("refuses to act on more than one torrent", async () => {
    await expect(one.client.delete("all", { deleteFiles: true })).rejects.toThrow(TypeError);
    await expect(one.client.delete("", { deleteFiles: true })).rejects.toThrow(TypeError);
    const two = `${"a".repeat(40)}|${"b".repeat(40)}`;
    await expect(one.client.forceStart(two, true)).rejects.toThrow(TypeError);
    await expect(one.client.files("b".repeat(40))).rejects.toMatchObject({ fault: "not-found" });
  });

  describe("with another one to load from", () => {
    let other: TestQbittorrent;
    beforeAll(async () => {
      other = await startQbittorrent();
    });
    afterAll(() => other?.stop());

    it.each(["1", "hybrid"] as const)(
      "stops a magnet of version %s when its files are known, then loads what was chosen",
      async (version) => {
        const torrent = release({ version });
        const bytes = await makeTorrent(torrent);
        const { infoHashV1 } = parseTorrentFile(bytes);
        const savePath = join(other.downloadsDir, version);
        mkdirSync(savePath);
        layOut(savePath, torrent);
        const seeding = await other.client.add({
          torrentFile: bytes,
          tag: `seed-${version}`,
          category: "seed",
          savePath,
        });
        // It checks what lies there by itself (a recheck of a stopped one would swallow the start).
        await other.client.start(seeding.torrent.hash);
        await until("the other one seeds", async () => {
          return (await other.client.findByTag(`seed-${version}`))?.state === "seeding";
        });

        const tag = `vigilio-magnet-${version}`;
        const { torrent: added } = await one.client.add({
          magnet: parseMagnet(`magnet:?xt=urn:btih:${infoHashV1}&dn=A+film`).canonical,
          tag,
          category: "vigilio",
          savePath: join(one.downloadsDir, tag),
        });
        expect(added).toMatchObject({ hash: infoHashV1, hasMetadata: false, isComplete: false });
        expect(await one.client.files(added.hash)).toEqual([]);
        await one.client.snapshot();

        const known = await until("stopped with its files known", async () => {
          // Told again and again: a peer is forgotten while its connection is being made.
          const now = await one.client.findByTag(tag);
          if (now && !now.hasMetadata) await one.addPeers(now.hash, [other.peerAddress]);
          return now?.hasMetadata && now.state === "paused" && now;
        });
        // A hybrid is called by its second hash from here on.
        const { hash } = known;
        expect(hash === infoHashV1).toBe(version === "1");
        const shown = (await one.client.snapshot()).filter((found) => found.tags.includes(tag));
        expect(shown.map((found) => found.hash)).toEqual([hash]);

        const unwanted = (await one.client.files(hash)).filter((file) =>
          /sample|exe/.test(file.path),
        );
        expect(unwanted).toHaveLength(2);
        await one.client.setPriority(
          hash,
          unwanted.map((file) => file.index),
          0,
        );
        await one.client.start(hash);
        await until("complete", async () => {
          const now = await one.client.findByTag(tag);
          if (now && !now.isComplete) await one.addPeers(now.hash, [other.peerAddress]);
          return now?.isComplete;
        });
        const names = readdirSync(join(one.downloadsDir, tag), { recursive: true }).map(String);
        expect(names.filter((name) => /sample|exe/.test(name))).toEqual([]);
        expect(names).toContain(`${torrent.name}/film.mkv`);
      },
    );
  });
});
