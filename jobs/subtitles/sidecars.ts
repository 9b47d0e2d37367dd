import { lstat, readdir, readFile, realpath } from "node:fs/promises";
import { basename, dirname, extname, join, relative } from "node:path";
import { downloadOfVersion } from "@/lib/downloads/mutations";
import { insideFolder } from "@/lib/downloads/paths";
import { type Reason, reason } from "@/lib/errors";
import { subtitlesOf } from "@/lib/subtitles/data";
import { languageOfFileName } from "@/lib/subtitles/language-of-name";
import { saveSubtitle, saveUnusableSubtitle } from "@/lib/subtitles/mutations";
import { maxSubtitleBytes } from "@/lib/subtitles/not-subtitle";
import type { versionById } from "@/lib/versions/mutations";
import type { JobContext } from "../context";

type VersionRow = NonNullable<ReturnType<typeof versionById>>;

const textExtensions = new Set(
  ".srt .ass .ssa .vtt .webvtt .sub .smi .sami .ttml .dfxp .mpl .txt .sup".split(" "),
);
const videoExtensions = new Set(
  ".mkv .mp4 .avi .m4v .mov .ts .m2ts .wmv .webm .mpg .mpeg .flv .ogm .divx".split(" "),
);
const subtitleFolders = /^(subs?|subtitles?|legendas|vobsubs?|sous-titres|untertitel)$/i;
/** `Subs/<release>/2_English.srt`, and no deeper. */
const deepest = 2;

interface Sidecar {
  /** Relative to the folder, with `/`. */
  key: string;
  path: string;
  /** Made of pictures by its name alone; such files are left out of a download. */
  isBitmap?: boolean;
}

interface Sidecars {
  folder: string;
  files: Sidecar[];
}

const stemOf = (name: string) => basename(name, extname(name)).toLowerCase();
const withoutExtension = (path: string) => path.slice(0, -extname(path).length).toLowerCase();
/** The half of a VobSub pair that holds the pictures has an .idx of the same name beside it. */
const isVobSub = (path: string, paths: readonly string[]) =>
  /\.sub$/i.test(path) &&
  paths.some(
    (other) => /\.idx$/i.test(other) && withoutExtension(other) === withoutExtension(path),
  );

/**
 * The files of a torrent that were chosen as its subtitles, and those made of pictures, which were
 * not worth downloading but are worth telling of.
 */
function ofTorrent(context: JobContext, version: VersionRow): Sidecars {
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

/**
 * What lies beside an imported file: names that begin like the video's; where it is the only video
 * in its folder, every other subtitle there and in a folder of subtitles, too.
 */
async function besideImport(video: string): Promise<Sidecars> {
  const folder = dirname(video);
  const stem = stemOf(video);
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const videos = entries.filter((entry) => videoExtensions.has(extname(entry.name).toLowerCase()));
  const isAlone = videos.length === 1;
  const isText = (name: string) => textExtensions.has(extname(name).toLowerCase());
  const isOwn = (name: string) => stemOf(name) === stem || stemOf(name).startsWith(`${stem}.`);
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
        await lookInto(key, isTheirs || entry.name.toLowerCase() === stem, depth + 1);
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

/** The bytes of a plain file that really lies in the folder; torrents may hold links elsewhere. */
async function readInside(folder: string, path: string): Promise<Buffer | Reason | null> {
  const stats = await lstat(path).catch(() => null);
  if (!stats) return null;
  const real = await realpath(path);
  const isInside = real.startsWith(`${await realpath(folder)}/`);
  if (!stats.isFile() || !isInside) return reason("subtitle-not-a-file");
  if (stats.size > maxSubtitleBytes) {
    // A VobSub's pictures take this much; text never does.
    return reason(/\.(sub|sup)$/i.test(path) ? "subtitle-bitmap" : "subtitle-too-large");
  }
  return readFile(path);
}

/** Keeps every subtitle file that came with the film, and lists those that cannot be used with why. */
export async function keepSidecars(
  context: JobContext,
  version: VersionRow,
  fps: number | null,
): Promise<void> {
  const { db, env, signal, now } = context;
  const { folder, files } =
    version.sourceKind === "torrent"
      ? ofTorrent(context, version)
      : version.sourcePath
        ? await besideImport(version.sourcePath)
        : { folder: "", files: [] };
  const known = new Set(
    subtitlesOf(db, version.id)
      .filter((row) => row.source === "sidecar")
      .map((row) => row.sourceKey),
  );
  const videoName = version.sourcePath ? basename(version.sourcePath) : version.releaseName;
  for (const { key, path, isBitmap } of files) {
    signal.throwIfAborted();
    // The index of a VobSub says nothing that its pictures do not.
    if (known.has(key) || /\.idx$/i.test(key)) continue;
    const name = version.sourcePath ? relative(dirname(version.sourcePath), path) : key;
    const facts = {
      ...languageOfFileName(name.replace(/^(\.\.\/)+/, ""), { videoName }),
      ...{ versionId: version.id, source: "sidecar" as const, sourceKey: key, label: null },
      now: now(),
    };
    const bytes = isBitmap ? reason("subtitle-bitmap") : await readInside(folder, path);
    if (bytes === null) continue;
    const saved = Buffer.isBuffer(bytes)
      ? await saveSubtitle(db, {
          ...{ ...facts, bytes, framesPerSecond: fps, mediaDir: env.mediaDir },
        })
      : { reason: bytes };
    if ("reason" in saved) saveUnusableSubtitle(db, { ...facts, reason: saved.reason });
  }
}
