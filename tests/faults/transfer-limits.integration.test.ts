import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { applyPreferences } from "@/jobs/apply-preferences";
import { checkHealth } from "@/jobs/check-health";
import { commandDownload } from "@/lib/downloads/commands";
import { readHealth } from "@/lib/queue/health";
import { saveSettings } from "@/lib/settings/mutations";
import {
  type Added,
  type DownloadSite,
  type FilmSeed,
  startDownloadSite,
  startFilmSeed,
} from "../support/download-site";
import { startQbittorrent, type TestQbittorrent } from "../support/qbittorrent";
import { until } from "../support/until";
import { freePort } from "../support/vigilio";

let qbittorrent: TestQbittorrent;
let films: FilmSeed;
let site: DownloadSite;
beforeAll(async () => {
  [qbittorrent, films] = await Promise.all([
    startQbittorrent(),
    startFilmSeed({ bytesPerSecond: 25_000 }),
  ]);
});
afterAll(async () => {
  await Promise.all([qbittorrent?.stop(), films?.close()]);
});

const save = (patch: Record<string, unknown>) =>
  saveSettings(site.db, { patch, env: site.env, now: site.now() });
const preference = async (key: string) => (await qbittorrent.client.preferences())[key];
const kib = (count: number) => count * 1024;
/** Of the server's clock, so many minutes from the site's now. */
function clock(minutes: number): string {
  const moment = new Date(site.now().getTime() + minutes * 60_000);
  return moment.toTimeString().slice(0, 5);
}

describe("limits of a person's own qBittorrent", () => {
  beforeAll(async () => {
    site = await startDownloadSite(qbittorrent);
  });
  afterAll(() => site.stop());

  it("are left alone until one is set, and are what they were when it is taken away", async () => {
    await qbittorrent.client.setPreferences({ dl_limit: kib(70), up_limit: kib(80) });
    await applyPreferences(site);
    expect(await preference("dl_limit")).toBe(kib(70));
    save({ downloadKibibytesPerSecond: 300 });
    await applyPreferences(site);
    expect(await preference("dl_limit")).toBe(kib(300));
    expect(await preference("up_limit")).toBe(kib(80));
    save({ downloadKibibytesPerSecond: 200 });
    await applyPreferences(site);
    expect(await preference("dl_limit")).toBe(kib(200));
    save({ downloadKibibytesPerSecond: null });
    await applyPreferences(site);
    expect(await preference("dl_limit")).toBe(kib(70));
  });

  it("change by the hour, by Vigilio's own tick, and are put right when somebody else changes them", async () => {
    const everyDay = [1, 2, 3, 4, 5, 6, 7];
    const limits = { downloadKibibytesPerSecond: 50, uploadKibibytesPerSecond: null };
    const [from, to] = [clock(-5), clock(60)];
    save({
      uploadKibibytesPerSecond: 40,
      speedWindows: [{ days: everyDay, from, to, ...limits }],
    });
    await applyPreferences(site);
    expect(await preference("dl_limit")).toBe(kib(50));
    expect(await preference("up_limit")).toBe(0);
    await qbittorrent.client.setPreferences({ dl_limit: kib(999) });
    site.forward(2 * 60_000);
    await applyPreferences(site);
    expect(await preference("dl_limit")).toBe(kib(50));
    site.forward(60 * 60_000);
    await applyPreferences(site);
    expect(await preference("dl_limit")).toBe(0);
    expect(await preference("up_limit")).toBe(kib(40));
    save({ uploadKibibytesPerSecond: null, speedWindows: null });
    await applyPreferences(site);
    expect(await preference("up_limit")).toBe(kib(80));
  });

  it("do not reach its port and its network interface", async () => {
    const before = await qbittorrent.client.preferences();
    save({ bittorrentPort: await freePort(), bittorrentInterface: "lo" });
    await applyPreferences(site);
    const after = await qbittorrent.client.preferences();
    for (const key of ["listen_port", "current_network_interface"]) {
      expect(after[key], key).toBe(before[key]);
    }
  });
});

describe("Vigilio's own qBittorrent", () => {
  beforeAll(async () => {
    site = await startDownloadSite(qbittorrent, { isOwn: true });
  });
  afterAll(() => site.stop());
  afterEach(async () => {
    films.seed.release();
    save({ bittorrentPort: null, bittorrentInterface: null });
    await applyPreferences(site);
  });

  const torrentOf = (added: Added) => qbittorrent.client.findByTag(site.download(added).tag);
  const commands = () => ({ db: site.db, env: site.env, services: site.services, now: site.now() });
  const isPaused = async (added: Added) => (await torrentOf(added))?.state === "paused";

  /** A film of which some lies on the disk, and nothing more comes until the seed is released. */
  async function halfWay(): Promise<Added> {
    films.seed.release();
    const added = site.addTorrent((await films.torrent()).bytes);
    await until("some of it is there", async () => {
      await site.tick();
      const { files, savePath, progress } = site.download(added);
      const feature = files?.find(({ role }) => role === "feature");
      return progress > 0 && existsSync(join(savePath ?? "", feature?.path ?? ""));
    });
    films.seed.hold();
    return added;
  }

  it("listens on the port, and is bound to the interface, that were chosen", async () => {
    const port = await freePort();
    const before = await preference("listen_port");
    save({ bittorrentPort: port, bittorrentInterface: "lo" });
    await applyPreferences(site);
    expect(await preference("listen_port")).toBe(port);
    expect(await preference("current_network_interface")).toBe("lo");
    save({ bittorrentPort: null, bittorrentInterface: null });
    await applyPreferences(site);
    expect(await preference("listen_port")).toBe(before);
    expect(await preference("current_network_interface")).toBe("");
  });

  it("pauses everything while the interface is gone, says so, and goes on by itself, but not with what a person paused", async () => {
    const paused = await halfWay();
    await commandDownload(commands(), site.download(paused), "pause");
    const told = await halfWay();
    const running = await halfWay();
    save({ bittorrentInterface: "vigilio-none" });
    await applyPreferences(site);
    await until("all are paused", async () => {
      await site.tick();
      return (await isPaused(running)) && (await isPaused(told));
    });
    await site.tick(2);
    expect(site.movie(running).reason).toEqual({
      code: "torrent-interface-gone",
      values: { name: "vigilio-none" },
    });
    expect(site.movie(paused).reason?.code).toBe("torrent-paused");
    await checkHealth(site);
    const { qbittorrent: health } = readHealth(site.db, site.now());
    expect(health).toMatchObject({ ok: false, detail: { code: "qbittorrent-interface-gone" } });

    // Told meanwhile not to go on, and one to go on after all: neither happens before it is back.
    await commandDownload(commands(), site.download(told), "pause");
    await commandDownload(commands(), site.download(paused), "resume");
    await site.tick(2);
    expect(await isPaused(paused)).toBe(true);

    films.seed.release();
    save({ bittorrentInterface: "lo" });
    await applyPreferences(site);
    await Promise.all([site.ready(running), site.ready(paused)]);
    await site.tick(2);
    expect(await isPaused(told)).toBe(true);
    expect(site.download(running).interfaceHold).toBeNull();
    await checkHealth(site);
    expect(readHealth(site.db, site.now()).qbittorrent.ok).toBe(true);
    save({ bittorrentInterface: null });
    await applyPreferences(site);
    await commandDownload(commands(), site.download(told), "resume");
    await site.ready(told);
  });

  const ip = (...words: string[]) => execFileSync("ip", words, { stdio: "ignore" });
  const mayMakeInterfaces = (() => {
    try {
      ip("link", "add", "vigtest0", "type", "veth", "peer", "name", "vigtest1");
      ip("link", "del", "vigtest0");
      return true;
    } catch {
      return false;
    }
  })();

  it.runIf(mayMakeInterfaces)("follows an interface that goes and comes back", async () => {
    const up = () => {
      ip("link", "add", "vigtest0", "type", "veth", "peer", "name", "vigtest1");
      ip("addr", "add", "10.213.77.1/30", "dev", "vigtest0");
      ip("link", "set", "vigtest1", "up");
      ip("link", "set", "vigtest0", "up");
    };
    up();
    try {
      const added = await halfWay();
      save({ bittorrentInterface: "vigtest0" });
      await applyPreferences(site);
      await site.tick(2);
      expect(await isPaused(added)).toBe(false);
      ip("link", "del", "vigtest0");
      await until("it is paused", async () => {
        await site.tick();
        return isPaused(added);
      });
      up();
      await until("it goes on", async () => {
        await site.tick();
        return !(await isPaused(added));
      });
      expect(site.download(added).interfaceHold).toBeNull();
      films.seed.release();
      save({ bittorrentInterface: null });
      await applyPreferences(site);
      await site.ready(added);
    } finally {
      ip("link", "del", "vigtest0");
    }
  });
});
