import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseTorrentFile } from "@/lib/downloads/torrent-file";
import { makeMovie } from "../media/make";
import { seedRelease } from "../support/movie-torrent";
import { addJson, addTorrent, movieOf, postJson, readyMovie } from "../support/movies-api";
import { startQbittorrent } from "../support/qbittorrent";
import { layOut, makeTorrent } from "../support/torrent";
import { until } from "../support/until";
import { startVigilio, type Vigilio } from "../support/vigilio";
import { startWebSeed } from "../support/web-seed";
import { filmOf, films, imdbIdOf, titleOf } from "../upstreams/films";
import { openSubtitlesAccount, startOpenSubtitles } from "../upstreams/opensubtitles";
import { startTmdb, tmdbKeys } from "../upstreams/tmdb";

let root: string;
let tmdb: Awaited<ReturnType<typeof startTmdb>>;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "vigilio-api-"));
  tmdb = await startTmdb();
});
afterAll(async () => {
  await tmdb.close();
  rmSync(root, { recursive: true, force: true });
});

const services = () => ({
  TMDB_API_KEY: tmdbKeys.v4,
  TMDB_API_URL: tmdb.apiUrl,
  TMDB_IMAGE_URL: tmdb.imageUrl,
});

/** What ffprobe says of a file that Vigilio serves. */
async function probeOf(vigilio: Vigilio, streamUrl: string) {
  const path = join(root, "served.mp4");
  const response = await vigilio.fetch(streamUrl);
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("video/mp4");
  writeFileSync(path, Buffer.from(await response.arrayBuffer()));
  const text = execFileSync("ffprobe", [
    ...["-v", "error", "-show_streams", "-show_format", "-of", "json", path],
  ]).toString();
  return JSON.parse(text) as {
    format: { duration: string; tags?: Record<string, string> };
    streams: { codec_type: string; codec_name: string; channels?: number }[];
  };
}

describe("the main job by the API alone", () => {
  it("brings a .torrent to a film with poster, score, subtitles and a stream, and takes all of it away again", async () => {
    const film = filmOf("tt7000001");
    const release = await seedRelease({ seconds: 20 });
    const openSubtitles = await startOpenSubtitles();
    await using vigilio = await startVigilio({
      env: {
        ...services(),
        OPENSUBTITLES_API_KEY: openSubtitlesAccount.apiKey,
        OPENSUBTITLES_USERNAME: openSubtitlesAccount.username,
        OPENSUBTITLES_PASSWORD: openSubtitlesAccount.password,
        OPENSUBTITLES_API_URL: openSubtitles.apiUrl,
        SUBTITLE_LANGUAGES: "en,tr,de",
      },
    });
    await servicesUp(vigilio);
    const added = await addTorrent(vigilio, imdbIdOf(film), release.torrent);
    expect(added.download?.infoHash).toBe(parseTorrentFile(release.torrent).infoHashV1);
    const movie = await readyMovie(vigilio, added.movie.id);
    expect(movie).toMatchObject({ title: titleOf(film), imdbId: imdbIdOf(film) });
    expect(movie.posterUrl).toMatch(/^\/images\/[0-9a-f]{16}\/\d+\.webp$/);
    expect((await vigilio.fetch(movie.posterUrl ?? "")).headers.get("content-type")).toBe(
      "image/webp",
    );

    const [version] = movie.versions;
    expect(version).toMatchObject({ status: "ready", videoCodec: "h264", width: 640, height: 360 });
    expect(version?.plan?.kind).toBe("sound");
    const served = await probeOf(vigilio, version?.streamUrl ?? "");
    expect(served.streams.map(({ codec_name }) => codec_name)).toEqual(["h264", "aac", "aac"]);
    expect(Math.abs(Number(served.format.duration) - 20)).toBeLessThan(1);
    expect(JSON.stringify(served)).not.toContain("leaked release title");

    const withThird = await until("German subtitles from OpenSubtitles", async () => {
      const now = await movieOf(vigilio, movie.id);
      const found = now.versions[0]?.subtitles ?? [];
      return found.length >= 3 ? found : null;
    });
    expect(withThird.map(({ language, source }) => `${language} ${source}`).sort()).toEqual([
      "de opensubtitles",
      "en embedded",
      "tr sidecar",
    ]);
    const searches = openSubtitles.steps.filter((step) => step.startsWith("subtitles"));
    expect(searches[0]).toContain("moviehash=");
    expect(openSubtitles.steps.filter((step) => step.startsWith("download"))).toHaveLength(1);

    const stages = movie.timeline.map(({ stage, state }) => `${stage} ${state}`);
    for (const stage of ["added done", "metadata done", "download done", "ready done"]) {
      expect(stages).toContain(stage);
    }

    const again = await vigilio.fetch("/api/v1/movies", {
      method: "POST",
      body: (() => {
        const form = new FormData();
        form.set("imdbId", imdbIdOf(films[2] ?? film));
        form.set("torrent", new Blob([new Uint8Array(release.torrent)]), "b.torrent");
        return form;
      })(),
    });
    expect(again.status).toBe(409);
    expect(await again.json()).toMatchObject({ movieId: movie.id });

    const gone = await vigilio.fetch(`/api/v1/movies/${movie.id}`, { method: "DELETE" });
    expect(gone.status).toBe(204);
    expect((await vigilio.fetch(`/api/v1/movies/${movie.id}`)).status).toBe(404);
    expect((await vigilio.fetch(version?.streamUrl ?? "")).status).toBe(404);
    const left = execFileSync("find", [
      vigilio.dataDir,
      "-name",
      "*.mp4",
      "-o",
      "-name",
      "*.mkv",
      "-o",
      "-name",
      "*.webp",
    ]);
    expect(left.toString()).toBe("");
    await vigilio.stop();
    await Promise.all([release.close(), openSubtitles.close()]);
  });

  it("takes a link to a .torrent, and a file from an import folder", async () => {
    const release = await seedRelease({ seconds: 5, name: "Second.Film.2020.720p" });
    const importDir = join(root, "import");
    execFileSync("mkdir", ["-p", importDir]);
    const path = join(importDir, "Third.Film.2021.mp4");
    await makeMovie({ path, seconds: 4, width: 320, height: 180, isFastStart: true });
    const links = await startWebSeed(root);
    writeFileSync(join(root, "second.torrent"), release.torrent);
    await using vigilio = await startVigilio({
      env: { ...services(), VIGILIO_IMPORT_DIRS: importDir },
    });
    await servicesUp(vigilio);
    const [linked, imported] = await Promise.all([
      addJson(vigilio, { imdbId: "tt7000002", source: links.urlOf("second.torrent") }),
      addJson(vigilio, { imdbId: "tt7000003", path }),
    ]);
    expect(imported.download).toBeNull();
    await readyMovie(vigilio, linked.movie.id);
    const ready = await readyMovie(vigilio, imported.movie.id);
    expect(ready.versions[0]?.plan?.kind).toBe("as-is");
    // Ready as it is: a second name of the same bytes, and the original stays.
    const served = await vigilio.fetch(ready.versions[0]?.streamUrl ?? "");
    expect(Buffer.from(await served.arrayBuffer()).equals(readFileSync(path))).toBe(true);
    await vigilio.stop();
    await Promise.all([release.close(), links.close()]);
  });

  it("downloads a magnet from another qBittorrent, looking before data flows", async () => {
    const name = "Magnet.Film.2018.1080p";
    const film = join(root, "magnet.mkv");
    await makeMovie({ path: film, seconds: 5, width: 320, height: 180 });
    const content = {
      name,
      files: [
        { path: `${name}.mkv`, content: readFileSync(film) },
        { path: "trailer.mkv", content: Buffer.alloc(300_000, 7) },
        { path: "setup.exe", content: Buffer.alloc(300_000, 9) },
      ],
    };
    const torrent = await makeTorrent({ ...content, pieceLength: 16_384 });
    const { infoHashV1 } = parseTorrentFile(torrent);
    const seeder = await startQbittorrent();
    const leecher = await startQbittorrent();
    layOut(seeder.downloadsDir, content);
    const { torrent: seeded } = await seeder.client.add({
      torrentFile: torrent,
      tag: "vigilio-seed",
      category: "vigilio",
      savePath: seeder.downloadsDir,
    });
    await seeder.client.start(seeded.hash);
    await until(
      "the seed is complete",
      async () => (await seeder.client.findByTag("vigilio-seed"))?.isComplete,
    );

    await using vigilio = await startVigilio({
      env: {
        ...services(),
        QBITTORRENT_URL: leecher.url,
        QBITTORRENT_USERNAME: leecher.username,
        QBITTORRENT_PASSWORD: leecher.password,
      },
    });
    await servicesUp(vigilio);
    const added = await addJson(vigilio, {
      imdbId: "tt7000004",
      source: `magnet:?xt=urn:btih:${infoHashV1}&dn=${name}`,
    });
    await until(
      "the leecher has the torrent",
      async () => (await leecher.client.snapshot()).length === 1,
    );
    await leecher.addPeers(infoHashV1 ?? "", [seeder.peerAddress]);
    await readyMovie(vigilio, added.movie.id);
    const wanted = await leecher.client.files((await leecher.client.snapshot())[0]?.hash ?? "");
    expect(wanted.filter(({ isWanted }) => isWanted).map(({ path }) => path)).toEqual([
      `${name}/${name}.mkv`,
    ]);
    const disk = execFileSync("find", [
      vigilio.dataDir,
      "-name",
      "*.exe",
      "-o",
      "-name",
      "trailer.mkv",
    ]);
    expect(disk.toString()).toBe("");
    await vigilio.stop();
    await Promise.all([seeder.stop(), leecher.stop()]);
  });

  it("takes twenty at once, and every movie gets its own torrent", async () => {
    const count = 20;
    const folder = join(root, "twenty");
    const seed = await startWebSeed(folder);
    const torrents = [];
    for (let number = 0; number < count; number += 1) {
      const name = `Film.${number}.2020.mkv`;
      const path = join(root, name);
      await makeMovie({ path, seconds: 1 + number / 4, width: 160, height: 90 });
      const content = {
        name,
        isSingleFile: true,
        files: [{ path: name, content: readFileSync(path) }],
      };
      layOut(folder, content);
      torrents.push(await makeTorrent({ ...content, webSeedUrl: seed.urlOf(name) }));
    }
    await using vigilio = await startVigilio({ env: services() });
    await servicesUp(vigilio);
    const added = await Promise.all(
      torrents.map((torrent, number) => addTorrent(vigilio, `tt${7_000_010 + number}`, torrent)),
    );
    expect(new Set(added.map(({ movie }) => movie.id)).size).toBe(count);
    for (const [number, { movie }] of added.entries()) {
      const ready = await readyMovie(vigilio, movie.id, 170_000);
      expect(ready.imdbId).toBe(`tt${7_000_010 + number}`);
      expect(ready.versions).toHaveLength(1);
      expect(ready.versions[0]?.releaseName).toBe(`Film.${number}.2020.mkv`);
      expect(Math.abs((ready.versions[0]?.durationSeconds ?? 0) - (1 + number / 4))).toBeLessThan(
        0.2,
      );
    }
    const listed = await (await vigilio.fetch("/api/v1/downloads?pageSize=100")).json();
    expect(listed.total).toBe(count);
    await vigilio.stop();
    await seed.close();
  });

  it("names a movie from its release without a key, and describes it when a key appears", async () => {
    const release = await seedRelease({ seconds: 3, name: "Unnamed.Lantern.2011.720p.WEB" });
    await using vigilio = await startVigilio({
      env: { TMDB_API_URL: tmdb.apiUrl, TMDB_IMAGE_URL: tmdb.imageUrl },
    });
    await servicesUp(vigilio);
    const film = filmOf("tt7000005");
    const added = await addTorrent(vigilio, imdbIdOf(film), release.torrent);
    const ready = await readyMovie(vigilio, added.movie.id);
    expect(ready).toMatchObject({ title: "Unnamed Lantern", posterUrl: null });
    expect(ready.metadataDetail).toContain("TMDB key");

    const wrong = await postJson(vigilio, "/api/v1/settings", { tmdbApiKey: "no key" }, "PATCH");
    expect(wrong.status).toBe(422);
    const saved = await postJson(vigilio, "/api/v1/settings", { tmdbApiKey: tmdbKeys.v3 }, "PATCH");
    expect(saved.ok).toBe(true);
    const described = await until("the description", async () => {
      const movie = await movieOf(vigilio, added.movie.id);
      return movie.metadataDetail === null ? movie : null;
    });
    expect(described.title).toBe(titleOf(film));
    await vigilio.stop();
    await release.close();
  });

  it("refuses a series in words, and changes nothing", async () => {
    await using vigilio = await startVigilio({ env: services() });
    await servicesUp(vigilio);
    const refused = await postJson(vigilio, "/api/v1/movies", {
      imdbId: "tt7900001",
      source: `magnet:?xt=urn:btih:${"a".repeat(40)}`,
    });
    expect(refused.status).toBe(422);
    expect(refused.headers.get("content-type")).toContain("application/problem+json");
    expect((await refused.json()).errors.imdbId).toContain("Vigilio is for movies");
    expect((await (await vigilio.fetch("/api/v1/movies")).json()).total).toBe(0);
  });
});

/** Everything that adding needs answers. */
async function servicesUp(vigilio: Vigilio): Promise<void> {
  await until("all services are up", async () => {
    const health = await (await vigilio.fetch("/api/health")).json();
    return health.status === "ok";
  });
}
