import { type FileKind, kindOf } from "./file-kinds";

/** A file of a torrent, as its list has it. */
export interface ListedFile {
  index: number;
  /** With `/`. */
  path: string;
  sizeBytes: number;
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
/** A listed file with what its name tells. */
export interface Entry extends ListedFile {
  kind: FileKind;
  /** Below the torrent's own folder, without its extension. */
  inner: string;
  stem: string;
  /** By its folder, and of videos by the name too. */
  mark: keyof typeof believedFrom | null;
}

/** What the names of a torrent's files tell. */
export function readEntries(files: ListedFile[]): Entry[] {
  // The torrent's own folder carries the movie's title: its name tells nothing about the files.
  const root = files[0]?.path.match(/^[^/]+\//)?.[0] ?? "";
  const isRooted = root !== "" && files.every((file) => file.path.startsWith(root));
  return files.map((file) => {
    const inner = isRooted ? file.path.slice(root.length) : file.path;
    const parts = inner.split("/");
    const stem = (parts.pop() ?? "").replace(/\.[^.]*$/, "");
    const kind = kindOf(file.path);
    const extensionAt = inner.length - (inner.match(/\.[^./]*$/)?.[0].length ?? 0);
    return {
      ...file,
      kind,
      stem,
      inner: inner.slice(0, extensionAt),
      mark: markOf(parts, kind === "video" ? stem : ""),
    };
  });
}

function markOf(folders: string[], stem: string): Entry["mark"] {
  if (folders.some((folder) => extraFolder.test(folder))) return "folder";
  if (strongMark.test(stem)) return "strong";
  return weakMark.test(stem) ? "weak" : null;
}

/** Size of all archives. */
export const packedBytesOf = (entries: Entry[]) =>
  entries.reduce((sum, entry) => sum + (entry.kind === "archive" ? entry.sizeBytes : 0), 0);

/**
 * Videos that are not extras, largest first (then in the torrent's order).
 *
 * @param packedBytes size of all archives: the movie may be inside, so that a lone sample beside
 *   them is still a sample.
 */
export function featuresAmong(videos: Entry[], packedBytes: number): Entry[] {
  const largest = videos.reduce(
    (size, { mark, sizeBytes }) => (mark === null ? Math.max(size, sizeBytes) : size),
    packedBytes,
  );
  return videos
    .filter(({ mark, sizeBytes }) => mark === null || largest < sizeBytes * believedFrom[mark])
    .filter(({ sizeBytes }) => sizeBytes * 4 >= packedBytes)
    .sort((a, b) => b.sizeBytes - a.sizeBytes || a.index - b.index);
}
