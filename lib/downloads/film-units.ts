import { parseTorrentTitle } from "@viren070/parse-torrent-title";
import { folded } from "@/lib/movies/match";
import type { Entry } from "./listing";
import { isTitleOfPart, partSets, withoutPart } from "./part-names";

/** What is known of the film that is looked for. */
export interface FilmFacts {
  /** The title, the original title: any of them may be in a name. */
  titles: string[];
  year: number | null;
  /** BCP 47. */
  originalLanguage: string | null;
}

/** One rendering of one film: a video, or several that are its parts. */
export interface FilmUnit {
  /** In order. */
  files: Entry[];
  sizeBytes: number;
  /** Of the film, by its name: letters and digits, lower case; empty when it tells none. */
  title: string;
  year: number | null;
  is3d: boolean;
  is4k: boolean;
  /** ISO 639-1 of what is spoken; empty when the name does not say. */
  languages: string[];
}

/** Cuts of one film, which are no other films. */
const editions =
  /(^|[ ._([-])(theatrical|final|extended|director'?s?|ultimate|special|collector'?s?|unrated|uncut|imax|remastered|restored|original|anniversary)([ ._-]*(cut|edition|version|release))?(?=[ ._)\]-]|$)/gi;
/** A place in a collection: "1. Title", "02 - Title". "12 Angry Men" has none. */
const placeInList = /^\d{1,2}(\.\s|\s*-\s+|\)\s*)/;

/** Puts videos together that are parts of one film, and reads which film each is. */
export function unitsOf(features: readonly Entry[], film: FilmFacts | null): FilmUnit[] {
  // A film that is itself called "Part 1" is not the first part of one that is cut in two.
  const isOnePart = film?.titles.some(isTitleOfPart) ?? false;
  const sets = partSets(
    features,
    ({ inner }) => inner,
    ({ kind }) => kind === "disc" || !isOnePart,
  );
  return sets.map((files) => unitOf(files));
}

function unitOf(files: Entry[]): FilmUnit {
  const isSet = files.length > 1;
  const bare = (name: string) =>
    (isSet ? withoutPart(name) : name).replace(editions, "$1").replace(placeInList, "");
  const [first] = files;
  const segments = (first?.inner ?? "").split("/").map(bare);
  // "Title (1999)/movie.mkv": the folder tells more than the name.
  const parsed = segments.toReversed().map((segment) => parseTorrentTitle(segment));
  const named = parsed.find(({ year }) => year !== undefined) ?? parsed[0];
  const all = parseTorrentTitle(bare(first?.inner.split("/").join(" ") ?? ""));
  const year = Number.parseInt(String(named?.year ?? ""), 10);
  const title = folded(named?.title ?? "");
  return {
    files,
    sizeBytes: files.reduce((sum, file) => sum + file.sizeBytes, 0),
    title: /^(movie|film|video|feature|main|\d{1,2})$/.test(title) ? "" : title,
    year: Number.isNaN(year) ? null : year,
    is3d: Boolean(all.threeD),
    is4k: /^(4k|2160p)$/i.test(all.resolution ?? ""),
    languages: (all.languages ?? []).map((language) => language.toLowerCase()),
  };
}

/** Units of one film together, in their order; those whose names tell nothing are one film. */
export function groupsOf(units: readonly FilmUnit[]): FilmUnit[][] {
  const groups = new Map<string, FilmUnit[]>();
  for (const unit of units) {
    const key = `${unit.title} ${unit.year ?? ""}`;
    groups.set(key, [...(groups.get(key) ?? []), unit]);
  }
  return [...groups.values()];
}

/**
 * The group that is the film, by title and year; null when none is, or several may be. Years of
 * festivals and of cinemas differ by one.
 */
export function groupOfFilm(groups: readonly FilmUnit[][], film: FilmFacts): FilmUnit[] | null {
  const titles = film.titles.map(folded).filter((title) => title !== "");
  const { year: wanted } = film;
  const yearOf = (group: FilmUnit[]) => group[0]?.year ?? null;
  const isNear = (year: number | null) =>
    wanted === null || year === null || Math.abs(year - wanted) <= 1;
  const named = groups.filter(
    (group) => titles.includes(group[0]?.title ?? "") && isNear(yearOf(group)),
  );
  if (named.length === 1) return named[0] ?? null;
  const ofYear = groups.filter((group) => wanted !== null && yearOf(group) === wanted);
  if (named.length > 1) {
    const both = named.filter((group) => ofYear.includes(group));
    return both.length === 1 ? (both[0] ?? null) : null;
  }
  // By the year alone, where each name has one and no two have the same.
  const hasAll = groups.every((group) => yearOf(group) !== null);
  return hasAll && ofYear.length === 1 ? (ofYear[0] ?? null) : null;
}

/**
 * The rendering that most people want of one film: flat before 3D, in the film's own language before
 * a dub, Full HD before 4K (which few screens show and every server has to convert), then the
 * largest.
 */
export function bestOf(group: readonly FilmUnit[], film: FilmFacts | null): FilmUnit | undefined {
  const spoken = film?.originalLanguage?.split("-")[0] ?? null;
  const language = ({ languages }: FilmUnit) => {
    const isOwn = languages.some((one) => one === spoken || /multi|dual/.test(one));
    if (isOwn || languages.length === 0) return 2;
    return languages.includes("en") ? 1 : 0;
  };
  const rank = (unit: FilmUnit) => [
    unit.is3d ? 0 : 1,
    language(unit),
    unit.is4k ? 0 : 1,
    unit.sizeBytes,
  ];
  return group.toSorted((a, b) => {
    const [left, right] = [rank(a), rank(b)];
    const at = left.findIndex((value, place) => value !== right[place]);
    return (right[at] ?? 0) - (left[at] ?? 0);
  })[0];
}
