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

/** Words that find it on the page for adding. */
export function wordsFor({ imdbId, title, year }: Film): string {
  if (imdbId) return imdbId;
  return year === null ? title : `${title} ${year}`;
}
