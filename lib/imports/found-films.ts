import { partSets } from "@/lib/downloads/part-names";
import { isEpisode } from "./film-name";
import type { WalkedFile } from "./folder-walk";

/** A film of a folder: one file, or several that are its parts, in order. */
export interface FoundFilm {
  parts: [WalkedFile, ...WalkedFile[]];
  /** Text beside it that is taken along. */
  subtitleCount: number;
}

export interface FoundFilms {
  films: FoundFilm[];
  extras: number;
  episodes: number;
}

/** Folders that hold everything but the film. */
const extraFolder =
  /^(samples?|proofs?|trailers?|teasers?|extras?|bonus|specials?|special[ ._-]features?|featurettes?|behind[ ._-]the[ ._-]scenes?|deleted[ ._-]scenes?|making[ ._-]of|interviews?|scenes?|shorts?|outtakes?|bloopers?|gag[ ._-]?reel|bonus[ ._-](disc|features?|material))$/i;
/** These may as well be a shelf of the library, where they are no film's. */
const shelfName = /^(shorts?|specials?|interviews?|scenes?)$/i;
const extraWord =
  "(?:sample|trailer|teaser|featurette|extras?|bonus|behind[ ._-]?the[ ._-]?scenes|deleted[ ._-]?scenes?|making[ ._-]of|interview|outtakes|bloopers|gag[ ._-]?reel|proof|short|scene|deleted|promo)";
/** At the end of a name: there it is put to say what the file is. */
const extraEnding = new RegExp(`^(.*?)[ ._([-]+${extraWord}[ ._-]?\\d*[)\\]]?$`, "i");
/** All of the name, but for a number. */
const extraName = new RegExp(`^${extraWord}[ ._-]?\\d*$`, "i");
/** A clip is a small part of its film. */
const clipShare = 0.25;
const partFolder = /^(cd|dis[ck]|dvd)[ ._-]?\d{1,2}$/i;
const subtitleFolder = /^(subs?|subtitles?|legendas|vobsubs?|sous-titres|untertitel)$/i;

const folderOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf("/")));
const nameOf = (path: string) => path.slice(path.lastIndexOf("/") + 1);
const bare = (path: string) => path.replace(/\.[^./]*$/, "");
const stemOf = (path: string) => bare(nameOf(path)).toLowerCase();

/** The folder of a film: that of its file, without the folders for extras, discs and subtitles. */
function filmFolder(path: string): string {
  const segments = folderOf(path).split("/");
  while (segments.length > 0) {
    const last = segments.at(-1) ?? "";
    if (![extraFolder, partFolder, subtitleFolder].some((kind) => kind.test(last))) break;
    if (segments.length === 1 && shelfName.test(last)) break;
    segments.pop();
  }
  return segments.join("/");
}

/** True for what its folder or its name says is about a film, and not one. */
function isExtra(video: WalkedFile, besides: readonly WalkedFile[]): boolean {
  const inner = folderOf(video.path).slice(filmFolder(video.path).length);
  if (inner.split("/").some((folder) => extraFolder.test(folder))) return true;
  const stem = bare(nameOf(video.path));
  if (extraName.test(stem)) return besides.some(({ sizeBytes }) => isClipOf(video, sizeBytes));
  const film = extraEnding.exec(stem)?.[1]?.toLowerCase();
  if (film === undefined) return false;
  // "The Interview" is a film, too: an extra is beside one that its name begins like.
  return besides.some(
    (other) => stemOf(other.path).startsWith(film) && isClipOf(video, other.sizeBytes),
  );
}

const isClipOf = (video: WalkedFile, filmBytes: number) => video.sizeBytes <= filmBytes * clipShare;

/** How many subtitles are named like a video, by the beginnings of their names; one pass for all. */
function namedSubtitles(subtitles: readonly WalkedFile[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { path } of subtitles) {
    const stem = stemOf(path);
    for (let at = stem.length; at > 0; at = stem.lastIndexOf(".", at - 1)) {
      const start = stem.slice(0, at);
      counts.set(start, (counts.get(start) ?? 0) + 1);
    }
  }
  return counts;
}

/** The sets of one folder: parts are put together where nothing else lies there. */
function setsOf(videos: readonly WalkedFile[], folder: string): WalkedFile[][] {
  const discs = partSets(
    videos,
    ({ path }) => bare(path),
    ({ kind }) => kind === "disc",
  );
  // "Part 1" is half the time a word of a title: it is a part where the folder is one film's.
  if (discs.length < 2 || folder === "") return discs;
  const parts = partSets(videos, ({ path }) => bare(path));
  return parts.length === 1 ? parts : discs;
}

/**
 * What of the files of a folder are films: samples, trailers, extras and episodes are left out,
 * files that are parts of one film are put together, and the subtitles are counted that come with
 * each of them.
 */
export function findFilms(files: readonly WalkedFile[]): FoundFilms {
  const found: FoundFilms = { films: [], extras: 0, episodes: 0 };
  const groups = new Map<string, { videos: WalkedFile[]; subtitles: WalkedFile[] }>();
  for (const file of files) {
    const folder = filmFolder(file.path);
    const group = groups.get(folder) ?? { videos: [], subtitles: [] };
    group[file.kind === "video" ? "videos" : "subtitles"].push(file);
    groups.set(folder, group);
  }
  for (const [folder, { videos, subtitles }] of groups) {
    const whole = videos.filter(({ path, sizeBytes }) => {
      const isOne = isEpisode(nameOf(path));
      if (isOne) found.episodes += 1;
      return !isOne && sizeBytes > 0;
    });
    const mayBeExtra = (video: WalkedFile) => extraEnding.test(bare(nameOf(video.path)));
    const unmarked = whole.filter(
      (video) => !mayBeExtra(video) && !extraName.test(bare(nameOf(video.path))),
    );
    const features = whole.filter((video) => !isExtra(video, unmarked));
    found.extras += whole.length - features.length;
    const sets = setsOf(features, folder);
    const named = namedSubtitles(subtitles);
    for (const [first, ...others] of sets) {
      if (!first) continue;
      const parts: FoundFilm["parts"] = [first, ...others];
      const ofNames = parts.reduce((sum, { path }) => sum + (named.get(stemOf(path)) ?? 0), 0);
      // Alone in its folder a film has all of its subtitles, however they are called.
      found.films.push({ parts, subtitleCount: sets.length === 1 ? subtitles.length : ofNames });
    }
  }
  return found;
}
