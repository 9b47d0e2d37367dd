import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseTorrentFile } from "@/lib/downloads/torrent-file";
import { makeMovie } from "../media/make";
import { beepTimes, flashTimes } from "../media/measure";
import { addJson, addTorrent, movieOf, postJson, readyMovie } from "../support/movies-api";
import { startQbittorrent, type TestQbittorrent } from "../support/qbittorrent";
import { layOut, type MakeTorrent, makeTorrent } from "../support/torrent";
import { until } from "../support/until";
import { startVigilio, type Vigilio } from "../support/vigilio";
import { startWebSeed, type WebSeed } from "../support/web-seed";
import { filmOf, imdbIdOf, titleOf } from "../upstreams/films";
import { startTmdb, tmdbKeys } from "../upstreams/tmdb";

const film = filmOf("tt7000001");

let root: string;
let tmdb: Awaited<ReturnType<typeof startTmdb>>;
let seed: WebSeed;
let vigilio: Vigilio;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "vigilio-several-"));
  mkdirSync(join(root, "import"));
  [tmdb, seed] = await Promise.all([startTmdb(), startWebSeed(root)]);
  vigilio = await startVigilio({
    env: {
      TMDB_API_KEY: tmdbKeys.v4,
      TMDB_API_URL: tmdb.apiUrl,
      TMDB_IMAGE_URL: tmdb.imageUrl,
      VIGILIO_IMPORT_DIRS: join(root, "import"),
    },
  });
  await until("all services are up", async () => {
    return (await (await vigilio.fetch("/api/health")).json()).status === "ok";
  });
});
afterAll(async () => {
  await vigilio.stop();
  await Promise.all([tmdb.close(), seed.close()]);
  rmSync(root, { recursive: true, force: true });
});

const srt = (text: string) => `1\n00:00:01,000 --> 00:00:03,500\n${text}\n`;

async function film5s(name: string, seconds = 5): Promise<Buffer> {
  const path = join(root, `make-${name}`);
  await makeMovie({ path, seconds, video: "mpeg4", audio: [{ codec: "mp3" }] });
  return readFileSync(path);
}

async function torrentOf(name: string, files: MakeTorrent["files"]): Promise<Buffer> {
  layOut(root, { name, files });
  return makeTorrent({ name, files, webSeedUrl: seed.url, pieceLength: 16_384 });
}

/** Names of what lies in Vigilio's downloads folder. */
const onDisk = () =>
  readdirSync(join(vigilio.dataDir, "downloads"), { recursive: true }).map((path) =>
    String(path).split("/").pop(),
  );

/** The served film has a flash and a beep each second, over the seam as well. */
async function expectWhole(streamUrl: string, seconds: number): Promise<void> {
  const path = join(root, "served.mp4");
  writeFileSync(path, Buffer.from(await (await vigilio.fetch(streamUrl)).arrayBuffer()));
  for (const found of await Promise.all([flashTimes(path), beepTimes(path)])) {
    // A limiter that sets in makes two rises of one beep.
    const times = found.filter((time, at) => time - (found[at - 1] ?? -1) > 0.3);
    expect(times.length).toBeGreaterThanOrEqual(seconds - 1);
    for (const [at, time] of times.slice(1).entries()) {
      expect(Math.abs(time - (times[at] ?? 0) - 1)).toBeLessThan(0.12);
    }
  }
}

describe("a film on two discs", () => {
  it("comes as a torrent and becomes one file, with one subtitle of two", async () => {
    const torrent = await torrentOf("The.Lamp.2019.DVDRip", [
      { path: "CD2/the.lamp.cd2.avi", content: await film5s("2.avi") },
      { path: "CD1/the.lamp.cd1.avi", content: await film5s("1.avi") },
      { path: "CD1/the.lamp.cd1.en.srt", content: Buffer.from(srt("The first disc begins")) },
      { path: "CD2/the.lamp.cd2.en.srt", content: Buffer.from(srt("The second disc begins")) },
      { path: "Sample/the.lamp.sample.avi", content: await film5s("s.avi", 1) },
    ]);
    const added = await addTorrent(vigilio, imdbIdOf(film), torrent);
    const { versions } = await readyMovie(vigilio, added.movie.id);
    const [version] = versions;
    expect(version?.durationSeconds).toBeCloseTo(10, 0);
    expect(version?.plan?.why[0]).toBe("It came in 2 files, which were joined.");
    await expectWhole(version?.streamUrl ?? "", 10);
    const subtitle = await until("the subtitle", async () => {
      const found = (await movieOf(vigilio, added.movie.id)).versions[0]?.subtitles ?? [];
      return found[0] ?? null;
    });
    expect(subtitle).toMatchObject({ language: "en", source: "sidecar" });
    const text = await (await vigilio.fetch(subtitle.url ?? "")).text();
    expect(text).toMatch(/00:00:01\.000 --> 00:00:03\.500\nThe first disc begins/);
    expect(text).toMatch(/00:00:0[56]\.\d+ --> 00:00:08\.\d+\nThe second disc begins/);
    expect(onDisk()).not.toContain("the.lamp.sample.avi");

    const { items } = await (
      await vigilio.fetch(`/api/v1/movies/${added.movie.id}/files?pageSize=100`)
    ).json();
    const originals = items.filter(({ role }: { role: string }) => role === "original");
    expect(originals).toHaveLength(2);
    // What was joined goes when nothing reads it any more.
    await until(
      "nothing is left of the joining",
      async () => readdirSync(join(vigilio.dataDir, "media", ".joined")).length === 0,
      90_000,
    );
    expect(onDisk()).toContain("the.lamp.cd1.avi");
  });

  it("is taken in from a folder by either of its files", async () => {
    for (const number of [1, 2]) {
      const name = `Other.Lamp.2015.Disc${number}.avi`;
      writeFileSync(join(root, "import", name), await film5s(name, 3));
    }
    writeFileSync(join(root, "import", "Nothing.To.Do.avi"), await film5s("n.avi", 3));
    const path = join(root, "import", "Other.Lamp.2015.Disc2.avi");
    const added = await addJson(vigilio, { imdbId: "tt7000002", path });
    const { versions } = await readyMovie(vigilio, added.movie.id);
    expect(versions[0]?.durationSeconds).toBeCloseTo(6, 0);
    await expectWhole(versions[0]?.streamUrl ?? "", 6);
  });
});

describe("several films in one torrent", () => {
  it("are told apart by their names", async () => {
    const { title, releaseDate } = await (
      await vigilio.fetch(
        `/api/v1/movies/${(await addTorrent(vigilio, "tt7000003", await trilogyOf("tt7000003"))).movie.id}`,
      )
    ).json();
    expect(title).toBe(titleOf(filmOf("tt7000003")));
    expect(releaseDate).not.toBeNull();
    const { items } = await (await vigilio.fetch("/api/v1/movies?query=&pageSize=100")).json();
    const id = items.find(({ imdbId }: { imdbId: string }) => imdbId === "tt7000003")?.id;
    const ready = await readyMovie(vigilio, id);
    expect(ready.versions[0]?.durationSeconds).toBeCloseTo(4, 0);
    expect(onDisk().filter((name) => name?.includes("Unlike"))).toEqual([]);
  });

  it("wait for a person where names don't tell, and only what was chosen is loaded", async () => {
    const files = [3, 4, 5].map((seconds) => ({ seconds, path: `Candle ${seconds * 111}.avi` }));
    const torrent = await torrentOf(
      "Candles",
      await Promise.all(
        files.map(async ({ seconds, path }) => ({ path, content: await film5s(path, seconds) })),
      ),
    );
    const added = await addTorrent(vigilio, "tt7000004", torrent);
    const asking = await until("the question", async () => {
      const movie = await movieOf(vigilio, added.movie.id);
      return movie.decision ? movie : null;
    });
    expect(asking).toMatchObject({ status: "deciding", decision: { kind: "file" } });
    expect(asking.statusDetail).toContain("Choose the one that is meant");
    expect(asking.decision?.options.map(({ label }) => label.replace(/ \(.*/, ""))).toEqual([
      "Candle 333",
      "Candle 444",
      "Candle 555",
    ]);
    // Nothing flows, and the question stays: for as long as two looks at the torrents take.
    const { total } = await (await vigilio.fetch("/api/v1/jobs?pageSize=1")).json();
    await new Promise((resolve) => setTimeout(resolve, 5000));
    expect((await (await vigilio.fetch("/api/v1/jobs?pageSize=1")).json()).total).toBe(total);
    expect(seed.requests.filter(({ path }) => path.includes("Candle"))).toEqual([]);
    expect((await movieOf(vigilio, added.movie.id)).statusDetail).toBe(asking.statusDetail);

    const url = `/api/v1/movies/${added.movie.id}/decision`;
    expect((await postJson(vigilio, url, { optionId: "77" })).status).toBe(422);
    const second = asking.decision?.options[1]?.id ?? "";
    expect((await postJson(vigilio, url, { optionId: second })).status).toBe(204);
    expect((await postJson(vigilio, url, { optionId: second })).status).toBe(409);
    const { versions, decision } = await readyMovie(vigilio, added.movie.id);
    expect(decision).toBeNull();
    expect(versions[0]?.durationSeconds).toBeCloseTo(4, 0);
    expect(onDisk()).toContain("Candle 444.avi");
    expect(onDisk()).not.toContain("Candle 555.avi");
  });

  it("are asked about no more when their torrent is deleted", async () => {
    const torrent = await torrentOf("Wicks", [
      { path: "Wick 111.avi", content: await film5s("w1.avi", 2) },
      { path: "Wick 222.avi", content: await film5s("w2.avi", 2) },
    ]);
    const added = await addTorrent(vigilio, "tt7000005", torrent);
    await until("the question", async () => (await movieOf(vigilio, added.movie.id)).decision);
    const hash = added.download?.infoHash;
    const gone = await vigilio.fetch(`/api/v1/downloads/${hash}`, { method: "DELETE" });
    expect(gone.status).toBe(204);
    expect(await movieOf(vigilio, added.movie.id)).toMatchObject({
      decision: null,
      status: "failed",
    });
  });
});

describe("a torrent of archives", () => {
  it("by a magnet link is refused in words as soon as its list is known, and nothing is loaded", async () => {
    const content = {
      name: "Packed.Film.2018",
      files: ["rar", "r00", "r01"].map((ending) => ({
        path: `packed.${ending}`,
        content: Buffer.alloc(200_000, ending),
      })),
    };
    const torrent = await makeTorrent({ ...content, pieceLength: 16_384 });
    const { infoHashV1 } = parseTorrentFile(torrent);
    await using others = await seederOf(content, torrent);
    await using leecher = await ownQbittorrent();
    await using external = await startVigilio({
      env: {
        QBITTORRENT_URL: leecher.real.url,
        QBITTORRENT_USERNAME: leecher.real.username,
        QBITTORRENT_PASSWORD: leecher.real.password,
      },
    });
    await until("all services are up", async () => {
      return (await (await external.fetch("/api/health")).json()).status === "ok";
    });
    const source = `magnet:?xt=urn:btih:${infoHashV1}&dn=Packed`;
    const added = await addJson(external, { imdbId: "tt7000006", source });
    await until("the leecher has it", async () => {
      return (await leecher.real.client.snapshot()).length === 1;
    });
    await leecher.real.addPeers(infoHashV1 ?? "", [others.real.peerAddress]);
    const failed = await until("the end", async () => {
      const movie = await movieOf(external, added.movie.id);
      return movie.status === "failed" ? movie : null;
    });
    expect(failed.statusDetail).toContain("it holds 3 packed files (RAR, 1 MB)");
    expect(failed.statusDetail).toContain("Use a release that holds the film itself");
    expect(await leecher.real.client.snapshot()).toEqual([]);
    expect(JSON.stringify(readdirSync(external.dataDir, { recursive: true }))).not.toContain(
      "packed.",
    );
  });
});

/** Three films, one of them with the title and year of a film that TMDB knows. */
async function trilogyOf(imdbId: string): Promise<Buffer> {
  const known = filmOf(imdbId);
  const name = `${titleOf(known).replaceAll(/[^\p{L}\p{N}]+/gu, ".")}.${known.releaseDate?.slice(0, 4)}`;
  return torrentOf("A.Trilogy", [
    { path: "Unlike.One.1981.720p.avi", content: await film5s("t1.avi", 5) },
    { path: `${name}.720p.avi`, content: await film5s("t2.avi", 4) },
    { path: "Unlike.Three.1983.720p.avi", content: await film5s("t3.avi", 5) },
  ]);
}

interface Owned extends AsyncDisposable {
  real: TestQbittorrent;
}

async function ownQbittorrent(): Promise<Owned> {
  const real = await startQbittorrent();
  return { real, [Symbol.asyncDispose]: async () => void (await real.stop()) };
}

async function seederOf(content: MakeTorrent, torrent: Buffer): Promise<Owned> {
  const owned = await ownQbittorrent();
  const { client, downloadsDir } = owned.real;
  layOut(downloadsDir, content);
  const { torrent: seeded } = await client.add({
    ...{ torrentFile: torrent, tag: "vigilio-seed", category: "vigilio", savePath: downloadsDir },
  });
  await client.start(seeded.hash);
  await until("the seed is complete", async () => {
    return (await client.findByTag("vigilio-seed"))?.isComplete;
  });
  return owned;
}
