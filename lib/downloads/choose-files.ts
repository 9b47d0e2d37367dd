import { type Reason, reason } from "@/lib/errors";
import { extensionOf, type FileKind, kindOf } from "./file-kinds";

interface ListedFile {
  index: number;
  path: string;
  sizeBytes: number;
}

export interface ChosenFiles {
  feature: { index: number };
  /** Videos that could as well be the movie (parts, other cuts), largest first: a person's choice. */
  others: number[];
  subtitles: number[];
  /** Everything else, `others` included: not downloaded. */
  skipped: number[];
}

/** Folders (below the torrent's own) that hold everything but the movie. */
const extraFolder =
  /^(samples?|proofs?|trailers?|teasers?|extras?|bonus(es)?|specials?|special[ ._-]features?|featurettes?|behind[ ._-]the[ ._-]scenes?|deleted[ ._-]scenes?|making[ ._-]of|interviews?|scenes?|shorts?|others?|outtakes?|bloopers?|gag[ ._-]?reel|screens(hots)?|bonus[ ._-](disc|features?|material))$/i;

const extraWords =
  "(sample|trailer|teaser|featurette|extras?|bonus|behind[ ._-]?the[ ._-]?scenes|deleted[ ._-]?scenes?|making[ ._-]of|interview|outtakes|bloopers|gag[ ._-]?reel|proof|short|scene|other|deleted|promo)";
/** At the start or the end of the name, where it is put to say what the file is. */
const strongMark = new RegExp(
  `^${extraWords}(\\d*)$|^${extraWords}\\d*[ ._-]|[ ._-]${extraWords}[ ._-]?\\d*$|[([]${extraWords}[)\\]]`,
  "i",
);
/** Anywhere as a word: half the time it is a word of the movie's own title. */
const weakMark = new RegExp(`(^|[^a-z])${extraWords}s?([^a-z]|$)`, "i");

/**
 * How large an unmarked video must be, as a part of the marked one, for the mark to be believed.
 * "Interview.2007.mkv" beside a clip of 20 MB is the movie; "movie-sample.mkv" beside "movie.mkv"
 * is not.
 */
const believedFrom = { folder: 0.1, strong: 0.25, weak: 2 };
/** Videos this close in size to the feature are as likely to be it. */
const equalFrom = 0.6;
/** No text is longer; a "subtitle" that is, is something else. */
const maxSubtitleBytes = 20 * 1024 * 1024;

const episode = /(^|[^a-z0-9])(s\d{1,2}[ ._-]?e\d{1,3}|\d{1,2}x\d{2,3})([^0-9]|$)/i;
const part = /[ ._([-](?:cd|dis[ck]|part|pt)[ ._-]?(\d|[a-d]|i{1,3})(?=[ ._)\]-]|$)/i;

/** A listed file with what its name tells. */
interface Entry extends ListedFile {
  kind: FileKind;
  stem: string;
  /** By its folder, and of videos by the name too. */
  mark: keyof typeof believedFrom | null;
}

/**
 * Picks what is worth downloading from a torrent's list of files: the movie and its text
 * subtitles. Samples, trailers, extras, executables, links and archives are left out, whatever
 * their size.
 *
 * @returns the choice, or why there is none: `torrent-no-video`, `torrent-bait`,
 *   `torrent-archives`, `torrent-disc`, `torrent-series`.
 */
export function chooseFiles(files: ListedFile[]): ChosenFiles | { reason: Reason } {
  const entries = readEntries(files);
  const videos = entries.filter((entry) => entry.kind === "video" && entry.sizeBytes > 0);
  const features = featuresAmong(videos, packedBytesOf(entries));
  const [first] = features;
  if (!first) return { reason: whyNothing(entries) };
  // A film on a DVD is cut into files of a gigabyte: one of them is not the movie.
  if (/(^|\/)(VIDEO_TS\/.*|VTS_\d\d_\d)\.vob$/i.test(first.path)) {
    return { reason: reason("torrent-disc") };
  }
  const equals = features.filter((file) => file.sizeBytes >= first.sizeBytes * equalFrom);
  if (equals.filter((file) => episode.test(file.stem)).length >= 3) {
    return { reason: reason("torrent-series") };
  }

  const feature = firstPart(equals) ?? first;
  const subtitles = subtitlesAmong(entries, videos, features);
  const wanted = new Set([feature.index, ...subtitles]);
  return {
    feature: { index: feature.index },
    others: equals.filter((file) => file !== feature).map((file) => file.index),
    subtitles,
    skipped: files.map((file) => file.index).filter((index) => !wanted.has(index)),
  };
}

function readEntries(files: ListedFile[]): Entry[] {
  // The torrent's own folder carries the movie's title: its name tells nothing about the files.
  const root = files[0]?.path.match(/^[^/]+\//)?.[0] ?? "";
  const isRooted = root !== "" && files.every((file) => file.path.startsWith(root));
  return files.map((file) => {
    const inner = isRooted ? file.path.slice(root.length) : file.path;
    const parts = inner.split("/");
    const stem = (parts.pop() ?? "").replace(/\.[^.]*$/, "");
    const kind = kindOf(file.path);
    return { ...file, kind, stem, mark: markOf(parts, kind === "video" ? stem : "") };
  });
}

function markOf(folders: string[], stem: string): Entry["mark"] {
  if (folders.some((folder) => extraFolder.test(folder))) return "folder";
  if (strongMark.test(stem)) return "strong";
  return weakMark.test(stem) ? "weak" : null;
}

const packedBytesOf = (entries: Entry[]) =>
  entries.reduce((sum, entry) => sum + (entry.kind === "archive" ? entry.sizeBytes : 0), 0);

/**
 * Videos that are not extras, largest first (then in the torrent's order).
 *
 * @param packedBytes size of all archives: the movie may be inside, so that a lone sample beside
 *   them is still a sample.
 */
function featuresAmong(videos: Entry[], packedBytes: number): Entry[] {
  const largest = videos.reduce(
    (size, { mark, sizeBytes }) => (mark === null ? Math.max(size, sizeBytes) : size),
    packedBytes,
  );
  return videos
    .filter(({ mark, sizeBytes }) => mark === null || largest < sizeBytes * believedFrom[mark])
    .filter(({ sizeBytes }) => sizeBytes * 4 >= packedBytes)
    .sort((a, b) => b.sizeBytes - a.sizeBytes || a.index - b.index);
}

/** Of a movie cut into discs, the first; null when they are not numbered parts of one name. */
function firstPart(equals: Entry[]): Entry | null {
  const parts = equals.map((entry) => ({
    entry,
    number: part.exec(entry.stem)?.[1]?.toLowerCase(),
    rest: entry.stem.replace(part, ""),
  }));
  const isSplit =
    parts.length > 1 &&
    parts.every(({ number, rest }) => number !== undefined && rest === parts[0]?.rest);
  if (!isSplit) return null;
  parts.sort((a, b) => (a.number ?? "").localeCompare(b.number ?? ""));
  return parts[0]?.entry ?? null;
}

/** Text subtitles of the movie wherever they lie, but not those of its extras. */
function subtitlesAmong(entries: Entry[], videos: Entry[], features: Entry[]): number[] {
  const isFeature = new Set(features.map((entry) => entry.index));
  const extras = new Set(
    videos.filter((entry) => !isFeature.has(entry.index)).map((entry) => entry.stem),
  );
  const bitmaps = new Set(
    entries
      .filter((entry) => extensionOf(entry.path) === "idx")
      .map((entry) => entry.path.slice(0, -".idx".length).toLowerCase()),
  );
  return entries
    .filter(({ kind, mark, sizeBytes, stem, path }) => {
      if (kind !== "subtitle" || mark === "folder" || extras.has(stem)) return false;
      // Beside an .idx, a .sub holds pictures (VobSub).
      const isBitmap = bitmaps.has(path.slice(0, -".sub".length).toLowerCase());
      if (isBitmap && extensionOf(path) === "sub") return false;
      return sizeBytes > 0 && sizeBytes <= maxSubtitleBytes;
    })
    .map((entry) => entry.index);
}

function whyNothing(entries: Entry[]): Reason {
  const kinds = new Set(entries.map((entry) => entry.kind));
  if (kinds.has("disc")) return reason("torrent-disc");
  if (kinds.has("archive")) return reason("torrent-archives");
  if (kinds.has("dangerous")) return reason("torrent-bait");
  return reason("torrent-no-video");
}
