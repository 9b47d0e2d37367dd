import { folded } from "@/lib/movies/match";
import type { FoundRelease } from "./found";

/** A release that was stored under an id, with the source that it came from. */
export interface KnownRelease extends FoundRelease {
  resultId: string;
  sourceId: string;
  sourceName: string;
}

export interface FoundFilm {
  imdbId: string | null;
  tmdbId: number | null;
  title: string;
  year: number | null;
  imageUrl: string | null;
  releases: KnownRelease[];
}

export interface FilmGroup extends FoundFilm {
  /** Stable within an answer. */
  key: string;
}

const byName = (film: FoundFilm) => `${folded(film.title)} ${film.year ?? ""}`;

/**
 * One entry per film: what several sources found of it is put together by IMDb id, else by title and
 * year; the same torrent from two of them counts once, with the more seeds. Order of sources and of
 * their answers is kept.
 */
export function groupFilms(films: readonly FoundFilm[]): FilmGroup[] {
  const groups: FilmGroup[] = [];
  const byId = new Map<string, FilmGroup>();
  const named = new Map<string, FilmGroup[]>();
  for (const film of films) {
    const name = byName(film);
    const sameName = named.get(name) ?? [];
    const known =
      (film.imdbId && byId.get(film.imdbId)) ||
      // A film without an id joins one that has it, if only one is called so; and the other way round.
      (film.imdbId === null
        ? sameName.length === 1 && sameName[0]
        : sameName.find((group) => group.imdbId === null)) ||
      null;
    const group = known ?? { ...film, key: film.imdbId ?? name, releases: [] };
    if (!known) groups.push(group);
    group.imdbId ??= film.imdbId;
    group.tmdbId ??= film.tmdbId;
    group.year ??= film.year;
    group.imageUrl ??= film.imageUrl;
    if (group.imdbId) byId.set(group.imdbId, group);
    if (!sameName.includes(group)) named.set(name, [...sameName, group]);
    for (const release of film.releases) addRelease(group, release);
  }
  return groups;
}

function addRelease(group: FilmGroup, release: KnownRelease): void {
  const same = release.infoHash
    ? group.releases.find(({ infoHash }) => infoHash === release.infoHash)
    : group.releases.find(({ link }) => link === release.link);
  if (!same) {
    group.releases.push({ ...release });
    return;
  }
  if (release.seeds !== null) same.seeds = Math.max(same.seeds ?? 0, release.seeds);
  same.name ??= release.name;
  same.quality ??= release.quality;
  same.type ??= release.type;
  same.sizeBytes ??= release.sizeBytes;
  same.publishedAt ??= release.publishedAt;
}
