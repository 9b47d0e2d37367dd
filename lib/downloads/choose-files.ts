import { type Reason, reason } from "@/lib/errors";
import { extensionOf } from "./file-kinds";
import {
  bestOf,
  type FilmFacts,
  type FilmUnit,
  groupOfFilm,
  groupsOf,
  unitsOf,
} from "./film-units";
import { type Entry, featuresAmong, type ListedFile, packedBytesOf, readEntries } from "./listing";

export interface ChosenFiles {
  kind: "chosen";
  feature: { index: number };
  /** What follows the feature where the film is cut into several files, in order. */
  parts: number[];
  subtitles: number[];
  /** Everything else: not downloaded. */
  skipped: number[];
}

/** Several films: a person has to say which. */
export interface UnsureChoice {
  kind: "unsure";
  options: { index: number; name: string; sizeBytes: number }[];
}

export interface Wanted {
  /** What is known of the film; null when nothing is. */
  film: FilmFacts | null;
  /** Index of what a person chose; null when nobody did. */
  taken: number | null;
}

/** Smaller than this, as a part of the largest film, a video is something about the film. */
const filmFrom = 0.3;
/** Videos this close in size to the largest are as likely to be what is wanted. */
const equalFrom = 0.6;
/** No text is longer; a "subtitle" that is, is something else. */
const maxSubtitleBytes = 20 * 1024 * 1024;

const episode = /(^|[^a-z0-9])(s\d{1,2}[ ._-]?e\d{1,3}|\d{1,2}x\d{2,3})([^0-9]|$)/i;

/**
 * Picks what is worth downloading from a torrent's list of files: the movie, in all its parts, and
 * its text subtitles. Samples, trailers, extras, executables, links and archives are left out,
 * whatever their size. Of several films the one is taken that the names say it is.
 *
 * @returns the choice, or what a person can choose from, or why there is none: `torrent-no-video`,
 *   `torrent-bait`, `torrent-archives`, `torrent-disc`, `torrent-series`.
 */
export function chooseFiles(
  files: ListedFile[],
  wanted: Wanted = { film: null, taken: null },
): ChosenFiles | UnsureChoice | { kind: "nothing"; reason: Reason } {
  const entries = readEntries(files);
  const videos = entries.filter((entry) => entry.kind === "video" && entry.sizeBytes > 0);
  const features = featuresAmong(videos, packedBytesOf(entries));
  const [first] = features;
  const nothing = (why: Reason) => ({ kind: "nothing" as const, reason: why });
  if (!first) return nothing(whyNothing(entries));
  // A film on a DVD is cut into files of a gigabyte: one of them is not the movie.
  if (/(^|\/)(VIDEO_TS\/.*|VTS_\d\d_\d)\.vob$/i.test(first.path)) {
    return nothing(reason("torrent-disc"));
  }
  const equals = features.filter((file) => file.sizeBytes >= first.sizeBytes * equalFrom);
  if (equals.filter((file) => episode.test(file.stem)).length >= 3) {
    return nothing(reason("torrent-series"));
  }

  const units = unitsOf(features, wanted.film);
  const choice = filmAmong(units, wanted);
  if (Array.isArray(choice)) {
    const options = choice.flatMap(({ files: [head], sizeBytes }) =>
      head ? [{ index: head.index, name: head.stem, sizeBytes }] : [],
    );
    return { kind: "unsure", options: options.sort((a, b) => a.name.localeCompare(b.name, "en")) };
  }
  const [feature = first, ...parts] = choice.files;
  const subtitles = subtitlesAmong(entries, videos, features, units, choice);
  const isWanted = new Set([...choice.files.map(({ index }) => index), ...subtitles]);
  return {
    kind: "chosen",
    feature: { index: feature.index },
    parts: parts.map(({ index }) => index),
    subtitles,
    skipped: files.map(({ index }) => index).filter((index) => !isWanted.has(index)),
  };
}

/** The film; where that can't be told, the best rendering of each that it may be. */
function filmAmong(units: readonly FilmUnit[], { film, taken }: Wanted): FilmUnit | FilmUnit[] {
  const [any] = units;
  if (!any) throw new Error("no film to choose from");
  const asked = units.find(({ files }) => files.some(({ index }) => index === taken));
  if (asked) return asked;
  const largest = units.reduce((size, unit) => Math.max(size, unit.sizeBytes), 0);
  const films = units.filter(({ sizeBytes }) => sizeBytes >= largest * filmFrom);
  const groups = groupsOf(films);
  const best = (group: readonly FilmUnit[]) => bestOf(group, film) ?? any;
  const [only = films] = groups;
  if (groups.length === 1) return best(only);
  const named = film && groupOfFilm(groups, film);
  if (named) return best(named);
  const equals = groups.filter((group) =>
    group.some(({ sizeBytes }) => sizeBytes >= largest * equalFrom),
  );
  const [largestGroup = films] = equals;
  return equals.length === 1 ? best(largestGroup) : groups.map(best);
}

/** Text subtitles of the movie wherever they lie, but not those of extras and of other films. */
function subtitlesAmong(
  entries: Entry[],
  videos: Entry[],
  features: Entry[],
  units: readonly FilmUnit[],
  chosen: FilmUnit,
): number[] {
  const isFeature = new Set(features.map((entry) => entry.index));
  const extras = new Set(
    videos.filter((entry) => !isFeature.has(entry.index)).map((entry) => entry.stem),
  );
  const bitmaps = new Set(
    entries
      .filter((entry) => extensionOf(entry.path) === "idx")
      .map((entry) => entry.path.slice(0, -".idx".length).toLowerCase()),
  );
  const isOfOther = ofOtherFilm(units, chosen);
  return entries
    .filter(({ kind, mark, sizeBytes, stem, path, inner }) => {
      if (kind !== "subtitle" || mark === "folder" || extras.has(stem)) return false;
      // Beside an .idx, a .sub holds pictures (VobSub).
      const isBitmap = bitmaps.has(path.slice(0, -".sub".length).toLowerCase());
      if (isBitmap && extensionOf(path) === "sub") return false;
      return sizeBytes > 0 && sizeBytes <= maxSubtitleBytes && !isOfOther(inner);
    })
    .map((entry) => entry.index);
}

/** Tells the subtitles of other films: named like their video, or in a folder that is theirs alone. */
function ofOtherFilm(units: readonly FilmUnit[], chosen: FilmUnit): (inner: string) => boolean {
  if (units.length === 1) return () => false;
  const folderOf = (path: string) => path.slice(0, path.lastIndexOf("/") + 1);
  const owners = units.flatMap((unit) =>
    unit.files.map((file) => ({ unit, stem: file.stem, folder: folderOf(file.inner) })),
  );
  return (inner) => {
    const name = inner.slice(inner.lastIndexOf("/") + 1);
    const named = owners
      .filter(({ stem }) => name.startsWith(stem))
      .toSorted((a, b) => b.stem.length - a.stem.length)[0];
    if (named) return named.unit !== chosen;
    const nearest = owners
      .filter(({ folder }) => inner.startsWith(folder))
      .toSorted((a, b) => b.folder.length - a.folder.length)[0];
    if (!nearest || nearest.folder === "") return false;
    return owners.every(({ unit, folder }) => folder !== nearest.folder || unit !== chosen);
  };
}

const archiveNames: [RegExp, string][] = [
  [/\.(rar|[r-z]\d\d)$/i, "RAR"],
  [/\.(zip|z\d\d)$/i, "ZIP"],
  [/\.7z(\.\d+)?$/i, "7z"],
];

function whyNothing(entries: Entry[]): Reason {
  const kinds = new Set(entries.map((entry) => entry.kind));
  if (kinds.has("disc")) return reason("torrent-disc");
  if (kinds.has("archive")) {
    const archives = entries.filter(({ kind }) => kind === "archive");
    const [, name = "archive"] =
      archiveNames.find(([ending]) => archives.some(({ path }) => ending.test(path))) ?? [];
    const bytes = archives.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    return reason("torrent-archives", {
      count: archives.length,
      kind: name,
      megabytes: Math.ceil(bytes / 1e6),
    });
  }
  if (kinds.has("dangerous")) return reason("torrent-bait");
  return reason("torrent-no-video");
}
