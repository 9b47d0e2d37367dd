import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { AppError, UpstreamError } from "@/lib/errors";
import { createQbittorrent } from "@/lib/services/qbittorrent/client";
import { profileArgument } from "@/lib/services/qbittorrent/orphan";
import { writeProfile } from "@/lib/services/qbittorrent/profile";
import { type FilmSeed, startDownloadSite, startFilmSeed } from "../support/download-site";
import { seedRelease } from "../support/movie-torrent";
import { addTorrent, movieOf, readyMovie } from "../support/movies-api";
import { qbittorrentBinaries } from "../support/other-qbittorrent";
import { startQbittorrent } from "../support/qbittorrent";
import { until } from "../support/until";
import { freePort, startVigilio } from "../support/vigilio";

const binaries = qbittorrentBinaries();
let root: string;
let films: FilmSeed;
/** Ended after each test, however that ends; what was started last goes first. */
const started: { stop(): Promise<void> }[] = [];

afterEach(async () => {
  for (const one of started.splice(0).reverse()) await one.stop();
});
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "vigilio-versions-"));
  films = await startFilmSeed();
});
afterAll(async () => {
  await films?.close();
  rmSync(root, { recursive: true, force: true });
});

describe.each(binaries)("$name", ({ path: binaryPath }) => {
  it("does the main job for a whole Vigilio that runs it", async () => {
    const release = await seedRelease({ seconds: 5 });
    await using vigilio = await startVigilio({ env: { QBITTORRENT_NOX_PATH: binaryPath } });
    await until("all services are up", async () => {
      const health = await (await vigilio.fetch("/api/health")).json();
      return health.status === "ok";
    });
    const added = await addTorrent(vigilio, "tt7000001", release.torrent);
    const ready = await readyMovie(vigilio, added.movie.id);
    expect(ready.versions[0]?.status).toBe("ready");
    const names = readdirSync(join(vigilio.dataDir, "downloads"), { recursive: true }).map(String);
    expect(names.filter((name) => /exe|sample/.test(name))).toEqual([]);

    // And tells in words what a person does to it behind Vigilio's back.
    const gone = await vigilio.fetch(`/api/v1/downloads/${added.download?.infoHash}/pause`, {
      method: "POST",
    });
    expect(gone.status).toBe(204);
    expect((await movieOf(vigilio, added.movie.id)).status).toBe("ready");
    await vigilio.stop();
    await release.close();
  });

  it("is told apart from one that means another folder, before anything is loaded", async () => {
    const qbittorrent = await startQbittorrent({}, binaryPath);
    started.push(qbittorrent);
    const local = join(root, `${Math.random()}`, "downloads");
    mkdirSync(local, { recursive: true });
    // Where qBittorrent sees what Vigilio calls `local`: at first something else lies there.
    const remote = join(local, "..", "as-qbittorrent-sees-it");
    mkdirSync(remote);
    const site = await startDownloadSite(qbittorrent, {
      downloadsDir: local,
      env: { QBITTORRENT_PATH_MAP: `${remote}=${local}` },
    });
    started.push(site);
    const { bytes } = await films.torrent();
    const asked = films.seed.requests.length;
    const added = site.addTorrent(bytes);
    await site.told(added, "qbittorrent-folder-unseen");
    expect(site.movie(added).status).toBe("downloading");
    expect(films.seed.requests).toHaveLength(asked);
    expect(await qbittorrent.client.snapshot()).toEqual([]);
    // Its health says so, too.
    const checked = site.services.qbittorrent().check();
    await expect(checked).rejects.toBeInstanceOf(AppError);
    await expect(checked).rejects.toMatchObject({
      reason: { code: "qbittorrent-folder-unseen" },
    });

    rmSync(remote, { recursive: true });
    symlinkSync(local, remote);
    await until("the folder is proven", async () => {
      await site.tick();
      return site.services
        .qbittorrent()
        .check()
        .then(
          () => true,
          () => false,
        );
    });
    site.forward(16_000);
    await site.ready(added);
    expect(site.download(added).savePath).toBe(join(local, site.download(added).id));
    const [torrent] = await qbittorrent.client.snapshot();
    expect(torrent?.savePath).toBe(join(remote, site.download(added).id));
    // Nothing is left of the proof.
    expect(readdirSync(local).filter((name) => name.startsWith(".vigilio"))).toEqual([]);
  });

  it("is asked with a wrong password once, whatever is wanted of it, and never against a ban", async () => {
    const qbittorrent = await startQbittorrent({}, binaryPath);
    started.push(qbittorrent);
    await qbittorrent.client.setPreferences({ web_ui_max_auth_fail_count: 3 });
    const site = await startDownloadSite({ ...qbittorrent, password: "not the password" });
    started.push(site);
    const { bytes } = await films.torrent();
    const added = site.addTorrent(bytes);
    await site.told(added, "qbittorrent-credentials");
    for (let n = 0; n < 5; n += 1) {
      await site.tick();
      site.forward(16_000);
    }
    expect(site.movie(added).status).toBe("downloading");
    // One of the three failures that ban: a new sign-in with the right one still works.
    const { url, username, password } = qbittorrent;
    expect(await createQbittorrent({ url, username, password }).check()).toBeTruthy();

    for (let n = 0; n < 5; n += 1) {
      await fetch(`${url}/api/v2/auth/login`, {
        method: "POST",
        body: new URLSearchParams({ username, password: `guess ${n}` }),
      });
    }
    const banned = createQbittorrent({ url, username, password });
    for (let n = 0; n < 3; n += 1) {
      const error = await banned.check().catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(UpstreamError);
      expect((error as UpstreamError).fault).toBe("rate-limited");
    }
  });
});

describe.skipIf(binaries.length < 2)("another version under a running Vigilio", () => {
  /** A qBittorrent at a fixed address and profile: what changes is the program. */
  async function run(binaryPath: string, access: Access): Promise<() => Promise<void>> {
    await writeProfile(access);
    const child = spawn(binaryPath, [profileArgument(access.profileDir)], {
      stdio: "ignore",
      env: { ...process.env, LC_ALL: "C.UTF-8" },
    });
    const client = createQbittorrent(access);
    await until(`${binaryPath} answers`, () =>
      client.check().then(
        () => true,
        () => false,
      ),
    );
    return async () => {
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    };
  }
  interface Access {
    url: string;
    port: number;
    username: string;
    password: string;
    profileDir: string;
    downloadsDir: string;
  }

  it("is noticed: commands go by their new names, and what was on its way arrives", async () => {
    const [older, newer] = binaries;
    const port = await freePort();
    const access: Access = {
      ...{
        url: `http://127.0.0.1:${port}`,
        port,
        username: "vigilio",
        password: "0123456789abcdef",
      },
      profileDir: join(root, "profile"),
      downloadsDir: join(root, "saved"),
    };
    mkdirSync(access.downloadsDir);
    let stop = await run(older?.path ?? "", access);
    const site = await startDownloadSite(access);
    try {
      films.seed.hold();
      const added = site.addTorrent((await films.torrent()).bytes);
      await site.told(added, "torrent-stalled");
      const client = site.services.qbittorrent();
      const before = await client.check();
      await stop();
      await site.tick(2);
      expect(site.movie(added).reason?.code).toBe("qbittorrent-unreachable");
      stop = await run(newer?.path ?? "", access);
      // The same client, with a session that is gone and names that have changed.
      const { tag } = site.download(added);
      const torrent = await until("it is listed", () => client.findByTag(tag));
      await client.stop(torrent.hash);
      await until("it stands", async () => (await client.findByTag(tag))?.state === "paused");
      expect((await client.check()).apiVersion).not.toBe(before.apiVersion);
      films.seed.release();
      await client.start(torrent.hash);
      await site.ready(added);
      expect(existsSync(join(site.download(added).savePath ?? ""))).toBe(true);
    } finally {
      films.seed.release();
      await site.stop();
      await stop();
    }
  });
});
