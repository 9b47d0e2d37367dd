import { parseTorrentTitle } from "@viren070/parse-torrent-title";
import { withoutPart } from "@/lib/downloads/part-names";
import { readReleaseName } from "@/lib/sources/release-name";

/** A title that a name speaks of. */
export interface NameGuess {
  title: string;
  year: number | null;
}

/** What the name of a file and of its folders tells of its film. */
export interface FilmName {
  /** The likeliest first; never empty. */
  guesses: [NameGuess, ...NameGuess[]];
  /** As other programs write it into names: `{imdb-tt0000001}`, `[tmdbid-1]`. */
  imdbId: string | null;
  tmdbId: number | null;
  /** Lines of the picture: 2160, 1080, 720, 480. */
  resolution: number | null;
}

/** An episode of a series. A film's own numbers ("1x1") are none. */
const episode = /(^|[^a-z0-9])s\d{1,2}[ ._-]?e\d{1,3}([^0-9]|$)/i;
const plainName = /^(movie|film|video|feature|main|title|disc|untitled|\d{1,3})$/i;
const imdbTag = /[{[(](?:imdb(?:id)?[-= ])?(tt\d{7,10})[}\])]/i;
const tmdbTag = /[{[(]tmdb(?:id)?[-= ](\d{1,9})[}\])]/i;
const anyTag = /[{[(](?:(?:imdb|tmdb|tvdb)(?:id)?[-= ][^}\])]*|tt\d{7,10})[}\])]/gi;
/** A place in a collection: "01. Title", "02 - Title". "12 Angry Men" has none. */
const placeInList = /^\d{1,2}(\.\s|\s*-\s+|\)\s*)/;
const partFolder = /^(cd|dis[ck]|dvd|part|pt)[ ._-]?\d{1,2}$/i;

/** True for a file that is called like an episode. */
export function isEpisode(name: string): boolean {
  return episode.test(name);
}

function guessOf(segment: string): NameGuess | null {
  const bare = segment.replace(anyTag, " ").replace(placeInList, "").trim();
  if (bare === "" || plainName.test(bare)) return null;
  const { title, year } = parseTorrentTitle(bare);
  const given = Number.parseInt(String(year ?? ""), 10);
  const name = title?.trim() || bare;
  const guess = { title: name, year: Number.isNaN(given) ? null : given };
  // "300 (2006)" is a film; "300" alone may be anything.
  return guess.year === null && plainName.test(name) ? null : guess;
}

/**
 * Reads what a film is called: by its file's name, or where that tells less, by its folder's
 * (`The Lantern (2019)/movie.mkv`).
 *
 * @param path below the folder that was scanned, whose own name tells nothing.
 * @param isSet true for the first of several parts: their number is no part of the title.
 */
export function readFilmName(path: string, isSet = false): FilmName {
  const segments = path.split("/");
  const file = (segments.pop() ?? "").replace(/\.[^.]*$/, "");
  const stem = isSet ? withoutPart(file) : file;
  const folders = segments.filter((name) => !partFolder.test(name)).reverse();
  const named = [stem, ...folders.slice(0, 2)];
  const all = named.flatMap((name) => guessOf(name) ?? []);
  const withYear = all.filter(({ year }) => year !== null);
  const [own] = all;
  // Without a year anywhere the file's own name says most; a shelf's name ("Comedies") never does.
  const ordered = [...withYear, ...(own && own.year === null ? [own] : [])];
  const seen = new Set<string>();
  const guesses = ordered.filter(({ title, year }) => {
    const key = `${title.toLowerCase()} ${year}`;
    return !seen.has(key) && seen.add(key);
  });
  const [first = { title: file || path, year: null }, ...others] = guesses;
  return {
    guesses: [first, ...others.slice(0, 2)],
    imdbId: imdbTag.exec(path)?.[1]?.toLowerCase() ?? null,
    tmdbId: Number(tmdbTag.exec(path)?.[1] ?? 0) || null,
    resolution:
      readReleaseName(stem).resolution ?? readReleaseName(folders[0] ?? "").resolution ?? null,
  };
}
