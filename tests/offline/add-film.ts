import { link, mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Connection } from "@/lib/db";
import { parseMagnet } from "@/lib/downloads/magnet";
import type { Env } from "@/lib/env";
import { type Acquisition, type AddedMovie, addMovie } from "@/lib/movies/mutations";
import { deleteVersion } from "@/lib/movies/remove";
import { imdbIdOf, titleOf, tmdbIdOf } from "../upstreams/films";
import { releaseOf } from "../upstreams/opensubtitles-library";
import type { Clips } from "./clips";
import { filmNumbered, type Releases } from "./releases";
import { downloadRoles, otherRoles, readyRoles } from "./roles";
import { acquisitionOf } from "./torrents";

export interface Filling {
  db: Connection;
  env: Env;
  clips: Clips;
  releases: Releases;
  /** Paths of the pictures that are stored. */
  pictures: ReadonlySet<string>;
  adminId: string;
  /** Now: everything in the library happened before. */
  handOver: Date;
}

/** Adds a film, in one version or two. */
export async function addFilm(
  filling: Filling,
  number: number,
  now: () => Date,
): Promise<AddedMovie[]> {
  const { db, adminId } = filling;
  const film = filmNumbered(number);
  const year = film.releaseDate ? Number(film.releaseDate.slice(0, 4)) : undefined;
  const identity = { imdbId: imdbIdOf(film), tmdbId: tmdbIdOf(film), title: titleOf(film), year };
  const add = (acquisition: Acquisition) =>
    addMovie(db, { identity, acquisition, addedBy: adminId, now: now() });

  const torrent = filling.releases.torrents.get(number);
  if (torrent) return [add(acquisitionOf(torrent))];
  if (number === downloadRoles.magnet) return [add(fromMagnet(filling.releases.magnet))];
  const clip = clipFor(filling.clips, number);
  const added = [add(await fileOf(filling, number, clip, "1080p.WEB-DL.x264-LAMP"))];
  if (number === otherRoles.adding) {
    for (const { versionId } of added) deleteVersion(db, versionId, now());
  }
  if (number === readyRoles.twoVersions) {
    added.push(add(await fileOf(filling, number, filling.clips.sd, "480p.WEB-DL.x264-LANTERN")));
  }
  return added;
}

function fromMagnet(magnet: string): Acquisition {
  const { canonical, infoHashV1, infoHashV2, name } = parseMagnet(magnet);
  return {
    ...{ kind: "torrent", magnet: canonical, torrentFile: null, infoHashV1, infoHashV2 },
    ...{ name: name ?? "", sizeBytes: null },
  };
}

function clipFor(clips: Clips, number: number): string {
  if (number === readyRoles.twoAudioTracks) return clips.twoAudioTracks;
  if (number === readyRoles.twoVersions) return clips.uhd;
  if (number === otherRoles.damaged) return clips.damaged;
  if (number === otherRoles.converting || number === otherRoles.waitsForDisk) {
    return clips.toConvert;
  }
  return [clips.uhd, clips.hd, clips.hd, clips.sd, clips.hd][number % 5] ?? clips.hd;
}

/** The clip under the name of a release, without a second copy of its bytes. */
async function fileOf(
  { env }: Filling,
  number: number,
  clip: string,
  kind: string,
): Promise<Acquisition> {
  const folder = join(env.dataDir, "offline", "films");
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${releaseOf(filmNumbered(number), kind)}.${clip.split(".").pop()}`);
  await link(clip, path);
  return { kind: "file", path, mode: "link", sizeBytes: 0 };
}
