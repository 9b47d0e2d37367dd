import { folded } from "@/lib/movies/match";

/** What a film is known by, as far as it is known. */
export interface Film {
  imdbId: string | null;
  tmdbId: number | null;
  title: string;
  year: number | null;
}

/**
 * True when both are one film: by an id that both have, which also tells films of one name apart;
 * else by title, and by year where both have one.
 */
export function isSameFilm(one: Film, other: Film): boolean {
  if (one.imdbId && other.imdbId) return one.imdbId === other.imdbId;
  if (one.tmdbId && other.tmdbId) return one.tmdbId === other.tmdbId;
  const isSameYear = one.year === null || other.year === null || one.year === other.year;
  return isSameYear && folded(one.title) === folded(other.title);
}

/** A movie of the library, which may have another name where it was made. */
interface Movie {
  imdbId: string | null;
  tmdbId: number | null;
  title: string;
  originalTitle: string | null;
  releaseYear: number | null;
}

/** True when a movie of the library is that film, by either of its names. */
export function isMovieOfFilm(movie: Movie, film: Film): boolean {
  const { imdbId, tmdbId, releaseYear: year, title, originalTitle } = movie;
  const names = [title, originalTitle ?? title];
  return names.some((name) => isSameFilm(film, { imdbId, tmdbId, title: name, year }));
}

/** Words that find it on the page for adding. */
export function wordsFor({ imdbId, title, year }: Film): string {
  if (imdbId) return imdbId;
  return year === null ? title : `${title} ${year}`;
}
