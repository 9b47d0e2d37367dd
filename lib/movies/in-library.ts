import { isNull } from "drizzle-orm";
import { movies } from "@/db/schema";
import type { Db } from "@/lib/db";
import { picturesOf } from "./cards";
import { folded } from "./match";

/** What a film of the library is known by, for whatever comes from outside. */
export interface LibraryMovie {
  id: string;
  imdbId: string | null;
  tmdbId: number | null;
  runtimeMinutes: number | null;
  /** Address of the smallest picture that is stored. */
  posterUrl: string | null;
}

interface Wanted {
  imdbId: string | null;
  tmdbId: number | null;
  title: string;
  year: number | null;
}

export type Library = (film: Wanted) => LibraryMovie | null;

const byName = (title: string, year: number | string) => `${folded(title)} ${year}`;

/**
 * The library as something to look films up in: by their ids, else by title and year. One film is
 * another than one of the same name that has another id.
 */
export function libraryOf(db: Db): Library {
  const rows = db
    .select({
      id: movies.id,
      imdbId: movies.imdbId,
      tmdbId: movies.tmdbId,
      title: movies.title,
      originalTitle: movies.originalTitle,
      releaseDate: movies.releaseDate,
      runtimeMinutes: movies.runtimeMinutes,
      posterId: movies.posterId,
    })
    .from(movies)
    .where(isNull(movies.binnedAt))
    .all();
  const pictures = picturesOf(
    db,
    rows.map(({ posterId }) => posterId),
  );
  const byImdbId = new Map<string, LibraryMovie>();
  const byTmdbId = new Map<number, LibraryMovie>();
  const named = new Map<string, LibraryMovie>();
  for (const { posterId, title, originalTitle, releaseDate, ...row } of rows) {
    const poster = posterId === null ? undefined : pictures.get(posterId);
    const movie = { ...row, posterUrl: poster?.sizes[0]?.url ?? null };
    if (row.imdbId) byImdbId.set(row.imdbId, movie);
    if (row.tmdbId) byTmdbId.set(row.tmdbId, movie);
    const year = releaseDate?.slice(0, 4);
    if (year)
      for (const name of [title, originalTitle ?? title]) named.set(byName(name, year), movie);
  }
  return ({ imdbId, tmdbId, title, year }) => {
    const known =
      (imdbId !== null && byImdbId.get(imdbId)) || (tmdbId !== null && byTmdbId.get(tmdbId));
    if (known) return known;
    const called = year === null ? undefined : named.get(byName(title, year));
    const isOther = imdbId !== null && called?.imdbId != null && called.imdbId !== imdbId;
    return called && !isOther ? called : null;
  };
}
