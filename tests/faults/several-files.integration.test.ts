import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { movies, versions } from "@/db/schema";
import { retireJoined } from "@/jobs/retire-joined";
import { forgetDownload } from "@/lib/downloads/mutations";
import { parseTorrentFile } from "@/lib/downloads/torrent-file";
import { reason } from "@/lib/errors";
import { decide } from "@/lib/movies/decide";
import { addMovie } from "@/lib/movies/mutations";
import { hasOpenJobOf } from "@/lib/queue/open-jobs";
import { subtitlesOf } from "@/lib/subtitles/data";
import { subtitlePath } from "@/lib/subtitles/stored-file";
import { movieFiles } from "@/lib/versions/files";
import { storedPlan } from "@/lib/versions/schema";
import { makeMovie } from "../media/make";
import { beepTimes, flashTimes } from "../media/measure";
import { type Added, type DownloadSite, startDownloadSite } from "../support/download-site";
import { startQbittorrent, type TestQbittorrent } from "../support/qbittorrent";
import { layOut, type MakeTorrent, makeTorrent } from "../support/torrent";
import { until } from "../support/until";
import { startWebSeed, type WebSeed } from "../support/web-seed";

let root: string;
let seed: WebSeed;
let qbittorrent: TestQbittorrent;
let site: DownloadSite;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "vigilio-several-"));
  [seed, qbittorrent] = await Promise.all([startWebSeed(root), startQbittorrent()]);
  site = await startDownloadSite(qbittorrent, { downloadsDir: qbittorrent.downloadsDir });
});
afterAll(async () => {
  await site?.stop();
  await Promise.all([seed?.close(), qbittorrent?.stop()]);
  rmSync(root, { recursive: true, force: true });
});

const srt = (text: string) => Buffer.from(`1\n00:00:01,000 --> 00:00:03,500\n${text}\n`);

async function filmOf(seconds: number): Promise<Buffer> {
  const path = join(root, `made-${seconds}.avi`);
  if (!existsSync(path)) {
    await makeMovie({ path, seconds, video: "mpeg4", audio: [{ codec: "mp3" }] });
  }
  return readFileSync(path);
}

async function torrentOf(name: string, files: MakeTorrent["files"]): Promise<Buffer> {
  layOut(root, { name, files });
  return makeTorrent({ name, files, webSeedUrl: seed.url, pieceLength: 16_384 });
}

/** Names of what was downloaded. */
const onDisk = () =>
  readdirSync(qbittorrent.downloadsDir, { recursive: true }).map((path) =>
    String(path).split("/").pop(),
  );

function versionOf({ movieId }: { movieId: string }) {
  const row = site.db.select().from(versions).where(eq(versions.movieId, movieId)).get();
  if (!row) throw new Error("no version");
  return row;
}

const planOf = (added: { movieId: string }) => storedPlan.parse(versionOf(added).plan);

/** The finished film has a flash and a beep each second, over the seam as well. */
async function expectWhole(added: { movieId: string }, seconds: number): Promise<void> {
  const version = versionOf(added);
  expect(version.durationSeconds).toBeCloseTo(seconds, 0);
  const path = join(site.env.mediaDir, version.folder, `${version.fileName}.mp4`);
  for (const found of await Promise.all([flashTimes(path), beepTimes(path)])) {
    // A limiter that sets in makes two rises of one beep.
    const times = found.filter((time, at) => time - (found[at - 1] ?? -1) > 0.3);
    expect(times.length).toBeGreaterThanOrEqual(seconds - 1);
    for (const [at, time] of times.slice(1).entries()) {
      expect(Math.abs(time - (times[at] ?? 0) - 1)).toBeLessThan(0.12);
    }
  }
}

/** All work on a movie is over. */
const rest = ({ movieId }: { movieId: string }) =>
  until("all work is over", () => !hasOpenJobOf(site.db, movieId, { except: [] }));

describe("a film on two discs", () => {
  it("comes as a torrent and becomes one file, with one subtitle out of two", async () => {
    const film = await filmOf(5);
    const torrent = await torrentOf("The.Lamp.2019.DVDRip", [
      { path: "CD2/the.lamp.cd2.avi", content: film },
      { path: "CD1/the.lamp.cd1.avi", content: film },
      { path: "CD1/the.lamp.cd1.en.srt", content: srt("The first disc begins") },
      { path: "CD2/the.lamp.cd2.en.srt", content: srt("The second disc begins") },
      { path: "Sample/the.lamp.sample.avi", content: await filmOf(1) },
    ]);
    const added = site.addTorrent(torrent);
    await site.ready(added);
    await rest(added);
    await expectWhole(added, 10);
    expect(planOf(added).why[0]).toEqual({ code: "plan-parts-joined", values: { count: 2 } });
    expect(onDisk()).not.toContain("the.lamp.sample.avi");

    const version = versionOf(added);
    expect(version).toMatchObject({ movieHash: null, status: "ready" });
    const found = subtitlesOf(site.db, version.id);
    expect(found).toMatchObject([{ language: "en", source: "sidecar", reason: null }]);
    const vtt = subtitlePath(site.env.mediaDir, version.folder, found[0]?.id ?? "");
    const text = readFileSync(vtt, "utf8");
    expect(text).toMatch(/00:00:01\.000 --> 00:00:03\.500\nThe first disc begins/);
    expect(text).toMatch(/00:00:06\.\d+ --> 00:00:08\.\d+\nThe second disc begins/);

    // What was joined goes when nothing reads it any more; the torrent's own files stay.
    const joined = version.sourcePath ?? "";
    expect(existsSync(joined)).toBe(true);
    await retireJoined(site);
    expect(existsSync(joined)).toBe(false);
    expect(versionOf(added).sourcePath).toBeNull();
    const files = await movieFiles(site.db, { movieId: added.movieId, folders: site.env });
    const originals = files.filter(({ role }) => role === "original");
    expect(originals.map(({ missing }) => missing)).toEqual([false, false]);
  });

  it("is taken in from a folder by either of its files, and moved as a whole", async () => {
    const folder = join(root, "import");
    mkdirSync(folder);
    for (const name of ["Other.Lamp.Disc1.avi", "Other.Lamp.Disc2.avi", "Nothing.To.Do.avi"]) {
      writeFileSync(join(folder, name), await filmOf(3));
    }
    const path = join(folder, "Other.Lamp.Disc2.avi");
    const added = addMovie(site.db, {
      identity: { title: "Other Lamp" },
      acquisition: { kind: "file", path, mode: "move", sizeBytes: 1 },
      ...{ addedBy: null, now: site.now() },
    });
    const asTorrent: Added = { movieId: added.movieId, downloadId: "" };
    await site.ready(asTorrent);
    await rest(added);
    await expectWhole(added, 6);
    await retireJoined(site);
    expect(readdirSync(folder)).toEqual(["Nothing.To.Do.avi"]);
  });

  it("says so when its files don't fit together", async () => {
    const silent = join(root, "silent.avi");
    await makeMovie({ path: silent, seconds: 3, video: "mpeg4", audio: [] });
    const torrent = await torrentOf("Half.Silent", [
      { path: "half.cd1.avi", content: await filmOf(3) },
      { path: "half.cd2.avi", content: readFileSync(silent) },
    ]);
    const added = site.addTorrent(torrent);
    await site.told(added, "parts-not-joinable");
    expect(site.movie(added).status).toBe("failed");
    expect(existsSync(join(site.env.mediaDir, ".joined", versionOf(added).id))).toBe(false);
  });
});

describe("several films in one torrent", () => {
  it("are told apart by their names", async () => {
    const torrent = await torrentOf("A.Trilogy", [
      { path: "Unlike.One.1981.720p.avi", content: await filmOf(5) },
      { path: "The.Second.Lamp.1982.720p.avi", content: await filmOf(4) },
      { path: "Unlike.Three.1983.720p.avi", content: await filmOf(5) },
    ]);
    const added = site.addTorrent(torrent, { title: "The Second Lamp", year: 1982 });
    await site.ready(added);
    expect(versionOf(added).durationSeconds).toBeCloseTo(4, 0);
    expect(onDisk().filter((name) => name?.includes("Unlike"))).toEqual([]);
  });

  it("wait for a person where names don't tell, and only what was chosen is loaded", async () => {
    const torrent = await torrentOf("Candles", [
      { path: "Candle 333.avi", content: await filmOf(3) },
      { path: "Candle 444.avi", content: await filmOf(4) },
      { path: "Candle 555.avi", content: await filmOf(5) },
    ]);
    const added = site.addTorrent(torrent);
    await site.told(added, "torrent-several-films");
    const asking = site.movie(added);
    expect(asking.status).toBe("deciding");
    const { options } = asking.decision as { options: { id: string; label: string }[] };
    const names = options.map(({ label }) => label.replace(/ \(.*/, ""));
    expect(names).toEqual(["Candle 333", "Candle 444", "Candle 555"]);
    await rest(added);
    // It goes on being asked, and nothing flows and nothing is begun meanwhile.
    await site.tick(3);
    expect(site.movie(added)).toMatchObject({ status: "deciding", reason: asking.reason });
    expect(hasOpenJobOf(site.db, added.movieId, { except: [] })).toBe(false);
    expect(seed.requests.filter(({ path }) => path.includes("Candle"))).toEqual([]);

    const take = (id: string) => decide(site.db, added.movieId, id, site.now());
    expect(() => take("77")).toThrow();
    take(options[1]?.id ?? "");
    expect(() => take(options[1]?.id ?? "")).toThrow("nothing-to-decide");
    await site.ready(added);
    expect(site.movie(added).decision).toBeNull();
    expect(versionOf(added).durationSeconds).toBeCloseTo(4, 0);
    expect(onDisk()).toContain("Candle 444.avi");
    expect(onDisk()).not.toContain("Candle 555.avi");
  });

  it("are asked about again when another question came between", async () => {
    const torrent = await torrentOf("Oils", [
      { path: "Oil 111.avi", content: await filmOf(3) },
      { path: "Oil 222.avi", content: await filmOf(4) },
    ]);
    const added = site.addTorrent(torrent);
    await site.told(added, "torrent-several-films");
    await rest(added);
    const set = (decision: unknown) =>
      site.db.update(movies).set({ decision }).where(eq(movies.id, added.movieId)).run();
    set({ kind: "match", options: [{ id: "1", label: "Oil" }] });
    await site.tick(2);
    expect(site.movie(added).decision).toMatchObject({ kind: "match" });
    set(null);
    await until("the question is back", async () => {
      await site.tick();
      return (site.movie(added).decision as { kind: string } | null)?.kind === "file";
    });
  });

  it("are asked about no more when their torrent is deleted", async () => {
    const torrent = await torrentOf("Wicks", [
      { path: "Wick 111.avi", content: await filmOf(3) },
      { path: "Wick 222.avi", content: await filmOf(4) },
    ]);
    const added = site.addTorrent(torrent);
    await site.told(added, "torrent-several-films");
    forgetDownload(site.db, site.download(added), reason("download-deleted"), site.now());
    expect(site.movie(added)).toMatchObject({ decision: null, status: "failed" });
  });

  it("are too many to ask about when they are a collection", async () => {
    const files = Array.from({ length: 41 }, (_, n) => ({
      path: `Film ${n + 101}.avi`,
      content: Buffer.alloc(20_000, n),
    }));
    const added = site.addTorrent(await torrentOf("Collection", files));
    await site.told(added, "torrent-collection");
    expect(site.movie(added)).toMatchObject({ status: "failed", decision: null });
  });
});

describe("a torrent of archives", () => {
  it("by a magnet link is refused in words when its list is known, and nothing is loaded", async () => {
    const content = {
      name: "Packed.Film.2018",
      files: ["rar", "r00", "r01"].map((ending) => ({
        path: `packed.${ending}`,
        content: Buffer.alloc(200_000, ending),
      })),
    };
    const torrent = await makeTorrent({ ...content, pieceLength: 16_384 });
    const { infoHashV1 } = parseTorrentFile(torrent);
    const other = await startQbittorrent();
    try {
      const { client, downloadsDir, peerAddress } = other;
      layOut(downloadsDir, content);
      const { torrent: seeded } = await client.add({
        ...{ torrentFile: torrent, tag: "vigilio-seed", category: "vigilio" },
        savePath: downloadsDir,
      });
      await client.start(seeded.hash);
      await until("the seed is complete", async () => {
        return (await client.findByTag("vigilio-seed"))?.isComplete;
      });
      const added = site.addMagnet(`magnet:?xt=urn:btih:${infoHashV1}&dn=Packed`);
      await until("it waits for the list", async () => {
        await site.tick();
        return site.download(added).clientHash !== null;
      });
      await qbittorrent.addPeers(infoHashV1 ?? "", [peerAddress]);
      await site.told(added, "torrent-archives");
      const { status, reason: why } = site.movie(added);
      expect(status).toBe("failed");
      expect(why?.values).toEqual({ count: 3, kind: "RAR", megabytes: 1 });
      expect(onDisk().filter((name) => name?.startsWith("packed"))).toEqual([]);
      const listed = await site.services.qbittorrent().snapshot();
      expect(listed.map(({ infoHashV1: hash }) => hash)).not.toContain(infoHashV1);
    } finally {
      await other.stop();
    }
  });
});
