import { readdir } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { downloadOfVersion } from "@/lib/downloads/mutations";
import { withoutPart } from "@/lib/downloads/part-names";
import { insideFolder } from "@/lib/downloads/paths";
import type { versionById } from "@/lib/versions/mutations";
import type { JobContext } from "../context";

export type VersionRow = NonNullable<ReturnType<typeof versionById>>;

const textExtensions = new Set(
  ".srt .ass .ssa .vtt .webvtt .sub .smi .sami .ttml .dfxp .mpl .txt .sup".split(" "),
);
const videoExtensions = new Set(
  ".mkv .mp4 .avi .m4v .mov .ts .m2ts .wmv .webm .mpg .mpeg .flv .ogm .divx".split(" "),
);
const subtitleFolders = /^(subs?|subtitles?|legendas|vobsubs?|sous-titres|untertitel)$/i;
/** `Subs/<release>/2_English.srt`, and no deeper. */
const deepest = 2;

export interface Sidecar {
  /** Relative to the folder, with `/`. */
  key: string;
  path: string;
  /** Made of pictures by its name alone; such files are left out of a download. */
  isBitmap?: boolean;
}

export interface Sidecars {
  folder: string;
  files: Sidecar[];
}

const stemOf = (name: string) => basename(name, extname(name)).toLowerCase();
/** A path without its extension. */
export const bare = (path: string) => path.slice(0, path.length - extname(path).length);
/** The half of a VobSub pair that holds the pictures has an .idx of the same name beside it. */
const isVobSub = (path: string, paths: readonly string[]) =>
  /\.sub$/i.test(path) &&
  paths.some(
    (other) => /\.idx$/i.test(other) && bare(other).toLowerCase() === bare(path).toLowerCase(),
  );

/**
 * The files of a torrent that were chosen as its subtitles, and those made of pictures, which were
 * not worth downloading but are worth telling of.
 */
export function ofTorrent(context: JobContext, version: VersionRow): Sidecars {
  const download = downloadOfVersion(context.db, version.id);
  if (!download) return { folder: "", files: [] };
  const folder = download.savePath ?? join(context.env.downloadsDir, download.id);
  const listed = download.files ?? [];
  const paths = listed.map(({ path }) => path);
  const files = listed.flatMap(({ role, path: key }) => {
    const isBitmap = role === "skipped" && (isVobSub(key, paths) || /\.sup$/i.test(key));
    const path = role === "subtitle" || isBitmap ? insideFolder(folder, key) : null;
    return path ? [{ key, path, isBitmap }] : [];
  });
  return { folder, files };
}

/** The files that the film came in. */
export function filmOf(version: VersionRow, sourcePath: string): [string, ...string[]] {
  const [first, ...others] = (version.sourceParts ?? []).map(({ path }) => path);
  return first ? [first, ...others] : [sourcePath];
}

/**
 * What lies beside an imported film: names that begin like a video of it; where no other video lies
 * in its folder, every other subtitle there and in a folder of subtitles, too.
 *
 * @param film its file, or its parts in order, which may lie in folders of their own (`CD1`, `CD2`).
 */
export async function besideImport(film: readonly [string, ...string[]]): Promise<Sidecars> {
  const [first] = film;
  const own = (path: string) => film.filter((part) => dirname(part) === path);
  const folders = [...new Set(film.map(dirname))];
  if (folders.length === 1) return besideIn(dirname(first), film);
  const files: Sidecar[] = [];
  for (const folder of folders) {
    const found = await besideIn(folder, own(folder));
    files.push(...found.files.map((file) => ({ ...file, key: `${basename(folder)}/${file.key}` })));
  }
  return { folder: dirname(dirname(first)), files };
}

async function besideIn(folder: string, film: readonly string[]): Promise<Sidecars> {
  const [first = ""] = film;
  const stems = (film.length > 1 ? [...film, withoutPart(bare(first))] : film).map(stemOf);
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const videos = entries.filter((entry) => videoExtensions.has(extname(entry.name).toLowerCase()));
  const isAlone = videos.length === film.length;
  const isText = (name: string) => textExtensions.has(extname(name).toLowerCase());
  const isOwn = (name: string) =>
    stems.some((stem) => stemOf(name) === stem || stemOf(name).startsWith(`${stem}.`));
  // A text file is a subtitle only when it is named like the film: others are read-me files.
  const mayBe = (name: string) => isText(name) && (isOwn(name) || !/\.txt$/i.test(name));
  const names = entries
    .filter((entry) => entry.isFile() && mayBe(entry.name) && (isAlone || isOwn(entry.name)))
    .map((entry) => entry.name);

  async function lookInto(path: string, isTheirs: boolean, depth: number): Promise<void> {
    const inside = await readdir(join(folder, path), { withFileTypes: true }).catch(() => []);
    for (const entry of inside) {
      const key = `${path}/${entry.name}`;
      if (entry.isDirectory() && depth < deepest) {
        await lookInto(key, isTheirs || stems.includes(entry.name.toLowerCase()), depth + 1);
      } else if (entry.isFile() && mayBe(entry.name) && (isTheirs || isOwn(entry.name))) {
        names.push(key);
      }
    }
  }
  for (const entry of entries) {
    if (entry.isDirectory() && subtitleFolders.test(entry.name)) {
      await lookInto(entry.name, isAlone, 1);
    }
  }
  return { folder, files: names.sort().map((key) => ({ key, path: join(folder, key) })) };
}
