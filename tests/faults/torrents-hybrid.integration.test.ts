import { afterAll, beforeAll, expect, it } from "vitest";
import { parseTorrentFile } from "@/lib/downloads/torrent-file";
import {
  type DownloadSite,
  type FilmSeed,
  startDownloadSite,
  startFilmSeed,
} from "../support/download-site";
import { startQbittorrent, type TestQbittorrent } from "../support/qbittorrent";
import { layOut } from "../support/torrent";
import { until } from "../support/until";

let seeder: TestQbittorrent;
let leecher: TestQbittorrent;
let films: FilmSeed;
let site: DownloadSite;

beforeAll(async () => {
  [seeder, leecher, films] = await Promise.all([
    startQbittorrent(),
    startQbittorrent(),
    startFilmSeed(),
  ]);
  site = await startDownloadSite(leecher);
});
afterAll(async () => {
  await site?.stop();
  await Promise.all([seeder?.stop(), leecher?.stop(), films?.close()]);
});

it("follows a hybrid whose hash changes when its file list comes, and knows it by either", async () => {
  const { bytes, content, name } = await films.torrent("hybrid");
  const { infoHashV1, infoHashV2 } = parseTorrentFile(bytes);
  layOut(seeder.downloadsDir, content);
  const { torrent } = await seeder.client.add({
    torrentFile: bytes,
    tag: "vigilio-seed",
    category: "vigilio",
    savePath: seeder.downloadsDir,
  });
  await seeder.client.start(torrent.hash);
  await until(
    "the seed is complete",
    async () => (await seeder.client.findByTag("vigilio-seed"))?.isComplete,
  );

  const added = site.addMagnet(`magnet:?xt=urn:btih:${infoHashV1}&dn=${name}`);
  await site.told(added, "torrent-metadata-pending");
  expect(site.download(added).clientHash).toBe(infoHashV1);
  await leecher.addPeers(infoHashV1 ?? "", [seeder.peerAddress]);
  await site.ready(added);
  expect(site.download(added)).toMatchObject({
    clientHash: infoHashV2?.slice(0, 40),
    infoHashV1,
    infoHashV2,
  });
  // The other magnet of the same torrent is known for what it is now.
  const again = () => site.addMagnet(`magnet:?xt=urn:btmh:1220${infoHashV2}&dn=${name}`);
  expect(again).toThrow("torrent-known");
});
