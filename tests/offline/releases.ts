import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseTorrentFile } from "@/lib/downloads/torrent-file";
import { filmOf, films, imdbIdOf, titleOf } from "../upstreams/films";
import { releaseOf } from "../upstreams/opensubtitles-library";
import type { Clips } from "./clips";
import { downloadRoles, filmsToAdd, otherRoles } from "./roles";
import { makeRelease } from "./torrents";

/** A torrent that waits to be added by hand. */
export interface OfferedTorrent {
  title: string;
  imdbId: string;
  note: string;
  /** Path of the .torrent, its address at the web seed, or a magnet. */
  source: { path: string; url: string } | { magnet: string };
}

export interface Releases {
  /** .torrent bytes of films in the library, by the film's number. */
  torrents: Map<number, Buffer>;
  undecided: Buffer;
  /** A magnet that nobody answers. */
  magnet: string;
  offered: OfferedTorrent[];
  /** Hash of the torrent that is to be paused once it runs. */
  pausedInfoHash: string;
}

export function filmNumbered(number: number) {
  return filmOf(`tt${7_000_000 + number}`, films);
}

const magnetFor = (number: number) => {
  const hash = number.toString(16).padStart(40, "feedc0de");
  return `magnet:?xt=urn:btih:${hash}&dn=${encodeURIComponent(releaseOf(filmNumbered(number)))}`;
};

/** Every torrent of the library and those to be added, with their files where the seeds look. */
export async function makeReleases(args: {
  dataDir: string;
  clips: Clips;
  fastUrl: string;
  slowUrl: string;
}): Promise<Releases> {
  const { dataDir, clips, fastUrl, slowUrl } = args;
  const seedDir = join(dataDir, "offline", "seed");
  const make = (name: string, film: string | null, seedUrl: string | null) =>
    makeRelease({ seedDir, sample: clips.sample, name, film, seedUrl });
  const { release: short, longRelease: long } = clips;
  const plans: [number: number, film: string | null, seedUrl: string | null][] = [
    [downloadRoles.slow, long, slowUrl],
    [downloadRoles.paused, long, slowUrl],
    [downloadRoles.finishing, short, fastUrl],
    [downloadRoles.unshared, short, null],
    [downloadRoles.queued, short, null],
    [downloadRoles.checking, short, null],
    [downloadRoles.moving, short, null],
    [otherRoles.bait, null, null],
  ];
  const torrents = new Map<number, Buffer>();
  for (const [number, film, seedUrl] of plans) {
    torrents.set(number, await make(releaseOf(filmNumbered(number)), film, seedUrl));
  }
  await mkdir(join(seedDir, "add"), { recursive: true });
  const offer = async (number: number, film: string, seedUrl: string, note: string) => {
    const { title, imdbId } = namesOf(number);
    const bytes = await make(releaseOf(filmNumbered(number)), film, seedUrl);
    const name = `${imdbId}.torrent`;
    const path = join(seedDir, "add", name);
    await writeFile(path, bytes);
    return { title, imdbId, note, source: { path, url: `${fastUrl}add/${name}` } };
  };
  const paused = torrents.get(downloadRoles.paused);
  return {
    torrents,
    undecided: await make("Fog.1080p.WEB-DL.x264-LAMP", short, null),
    magnet: magnetFor(downloadRoles.magnet),
    offered: [
      await offer(filmsToAdd.fast, short, fastUrl, "there within seconds"),
      await offer(filmsToAdd.slow, long, slowUrl, "takes an hour"),
      {
        ...namesOf(filmsToAdd.magnet),
        note: "a magnet that nobody shares",
        source: { magnet: magnetFor(filmsToAdd.magnet) },
      },
    ],
    pausedInfoHash: (paused && parseTorrentFile(paused).infoHashV1) ?? "",
  };
}

function namesOf(number: number): { title: string; imdbId: string } {
  const film = filmNumbered(number);
  return { title: titleOf(film), imdbId: imdbIdOf(film) };
}
