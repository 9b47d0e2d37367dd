import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { downloads, timelineEvents, triedReleases } from "@/db/schema";
import { takeReplacement } from "@/lib/downloads/replace";
import { offerOf } from "@/lib/downloads/replacements";
import { parseTorrentFile } from "@/lib/downloads/torrent-file";
import { saveSettings } from "@/lib/settings/mutations";
import { createSource } from "@/lib/sources/mutations";
import {
  type Added,
  type DownloadSite,
  type FilmSeed,
  startDownloadSite,
  startFilmSeed,
} from "../support/download-site";
import { startQbittorrent, type TestQbittorrent } from "../support/qbittorrent";
import { until } from "../support/until";
import { filmOf, titleOf } from "../upstreams/films";
import { type MovieApiOptions, type MovieApiStandIn, startMovieApi } from "../upstreams/movie-api";
import { type OfferedRelease, releasesOf } from "../upstreams/releases";

const imdbId = "tt7000001";
const film = filmOf(imdbId);
const names = { title: titleOf(film), imdbId };

let qbittorrent: TestQbittorrent;
let films: FilmSeed;
let site: DownloadSite;
let api: MovieApiStandIn;
beforeAll(async () => {
  [qbittorrent, films] = await Promise.all([startQbittorrent(), startFilmSeed()]);
});
afterAll(async () => {
  await Promise.all([qbittorrent?.stop(), films?.close()]);
});
afterEach(async () => {
  await Promise.all([site.stop(), api.close()]);
});

const lonelyHash = () => randomBytes(20).toString("hex");
const magnetOf = (infoHash: string) => `magnet:?xt=urn:btih:${infoHash}&dn=Lonely.${infoHash}`;

/** Releases of 300 MB; nobody shares them unless a test says otherwise. */
function offers(...changes: Partial<OfferedRelease>[]): OfferedRelease[] {
  const usual = releasesOf(film).find(({ quality }) => quality === "1080p") as OfferedRelease;
  return changes.map((change) => {
    const infoHash = change.infoHash ?? lonelyHash();
    const sizeBytes = 300 * 1024 ** 2;
    return { ...usual, sizeBytes, seeds: 9, infoHash, magnet: magnetOf(infoHash), ...change };
  });
}

async function start(options: MovieApiOptions): Promise<void> {
  site = await startDownloadSite(qbittorrent);
  api = await startMovieApi({ films: [film], ...options });
  createSource(site.db, {
    ...{ name: "Lantern", kind: "schema", definition: api.definition, enabled: true },
    now: site.now(),
  });
}

const rows = () => site.db.select().from(downloads).all();
const newest = () => rows().find(({ replacesId }) => replacesId === null);

/** Lets a torrent ask for its list of files in vain, for so many minutes. */
async function askInVain(added: Added, minutes: number): Promise<void> {
  await until("it asks for its list of files", async () => {
    await site.tick();
    return site.download(added).metadataSince !== null;
  });
  site.forward(minutes * 60_000);
  await site.tick(2);
}

const offered = (added: Added) =>
  until("something is offered, or why nothing is", async () => {
    await site.tick();
    return offerOf(site.download(added));
  });

describe("a dead release", () => {
  it("is replaced by the next best one: the old goes when qBittorrent has the new, and the film plays", async () => {
    const { bytes } = await films.torrent();
    const infoHash = parseTorrentFile(bytes).infoHashV1 ?? "";
    const dead = lonelyHash();
    const releases = offers(
      // The one that is here, one that nobody shares, and one that does.
      { infoHash: dead, seeds: 500 },
      { seeds: 0 },
      { infoHash, torrent: bytes, seeds: 3 },
    );
    await start({ releases: () => releases });
    const added = site.addMagnet(magnetOf(dead), names);
    await askInVain(added, 9);
    expect(site.download(added).deadSince).toBeNull();
    await askInVain(added, 2);
    expect(site.download(added).deadSince).not.toBeNull();
    expect(site.movie(added).reason?.code).toBe("torrent-metadata-late");
    const { release } = await offered(added);
    expect(release).toMatchObject({ seeds: 3, quality: "1080p" });

    const { tag } = site.download(added);
    await takeReplacement({ db: site.db, now: site.now() }, site.download(added), "person");
    // Both are there until qBittorrent has taken the new one.
    expect(rows()).toHaveLength(2);
    await until("the old one is gone", async () => {
      await site.tick();
      return rows().length === 1 && !(await qbittorrent.client.findByTag(tag));
    });
    expect(newest()).toMatchObject({ infoHashV1: infoHash, movieId: added.movieId });
    await site.ready(added);
    const told = site.db.select().from(timelineEvents).all();
    expect(told.map(({ reason }) => reason?.code)).toContain("release-replaced");
    const tried = site.db.select().from(triedReleases).all();
    expect(tried).toMatchObject([{ infoHash: dead, replacedBy: "person" }]);
  });

  it("stays with all that it has when the sources do not answer, and is offered another later", async () => {
    await start({ releases: () => offers({ seeds: 4 }) });
    api.behave("down");
    const added = site.addMagnet(magnetOf(lonelyHash()), names);
    await askInVain(added, 11);
    expect(await offered(added)).toMatchObject({
      release: null,
      reason: { code: "replacement-sources-silent" },
    });
    expect(rows()).toHaveLength(1);
    expect(site.movie(added).status).toBe("downloading");
    api.behave(null);
    site.forward(7 * 3_600_000);
    await until("another one is offered", async () => {
      await site.tick();
      return offerOf(site.download(added))?.release?.seeds === 4;
    });
  });

  it("is followed by another when a link leads nowhere", async () => {
    const good = offers({ seeds: 4 });
    const broken = offers({ seeds: 400, torrent: Buffer.from("<html>Sign in</html>") });
    await start({ releases: () => [...broken, ...good] });
    const added = site.addMagnet(magnetOf(lonelyHash()), names);
    await askInVain(added, 11);
    expect((await offered(added)).release?.seeds).toBe(400);
    const taking = takeReplacement(
      { db: site.db, now: site.now() },
      site.download(added),
      "person",
    );
    await expect(taking).rejects.toThrow();
    expect(rows()).toHaveLength(1);
    await until("the next one is offered", async () => {
      await site.tick();
      return offerOf(site.download(added))?.release?.seeds === 4;
    });
  });

  it("stays offered when an indexer does not hand it out just now, and is taken at the next press", async () => {
    const { bytes } = await films.torrent();
    const infoHash = parseTorrentFile(bytes).infoHashV1 ?? "";
    await start({ releases: () => offers({ infoHash, torrent: bytes, seeds: 7 }) });
    const added = site.addMagnet(magnetOf(lonelyHash()), names);
    await askInVain(added, 11);
    await offered(added);
    const take = () =>
      takeReplacement({ db: site.db, now: site.now() }, site.download(added), "person");
    api.behave("down");
    await expect(take()).rejects.toMatchObject({
      fields: { resultId: { code: "release-unreachable" } },
    });
    expect(offerOf(site.download(added))?.release?.seeds).toBe(7);
    api.behave(null);
    await take();
    await until("it is taken", async () => {
      await site.tick();
      return rows().length === 1 && rows()[0]?.infoHashV1 === infoHash;
    });
  });

  it("is replaced without asking where a person wants that, three times in a row and not more", async () => {
    const releases = offers({ seeds: 90 }, { seeds: 80 }, { seeds: 70 }, { seeds: 60 });
    await start({ releases: () => releases, links: "magnet" });
    const added = site.addMagnet(magnetOf(lonelyHash()), names);
    await askInVain(added, 11);
    expect((await offered(added)).release?.seeds).toBe(90);
    await site.tick(3);
    expect(rows()).toHaveLength(1);
    saveSettings(site.db, {
      patch: { replaceDeadReleases: true },
      ...{ env: site.env, now: site.now() },
    });
    let current = added;
    for (const { infoHash } of releases.slice(0, 3)) {
      if (current !== added) await askInVain(current, 11);
      await until(`${infoHash} takes its place`, async () => {
        await site.tick();
        const [row, ...others] = rows();
        return others.length === 0 && row?.infoHashV1 === infoHash;
      });
      current = { movieId: added.movieId, downloadId: rows()[0]?.id ?? "" };
    }
    await askInVain(current, 11);
    expect((await offered(current)).release?.seeds).toBe(60);
    await site.tick(3);
    expect(rows()).toHaveLength(1);
    const tried = site.db
      .select()
      .from(triedReleases)
      .where(eq(triedReleases.replacedBy, "itself"))
      .all();
    expect(tried).toHaveLength(3);
  });
});
