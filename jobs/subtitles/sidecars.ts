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
  ".srt .ass .ssa .vtt .sub .smi .sami .ttml .dfxp .mpl .txt .sup".split(" "),
);
const videoExtensions = new Set(".mkv .mp4 .avi .m4v .mov .ts .m2ts .wmv .webm .mpg".split(" "));
const subtitleFolders = /^(subs?|subtitles?|legendas|vobsubs?)$/i;

interface Sidecar {
  /** Relative to the folder, with `/`. */
  key: string;
  path: string;
}

/** The files of a torrent that were chosen as its subtitles. */
function ofTorrent(context: JobContext, version: VersionRow): { folder: string; files: Sidecar[] } {
  const download = downloadOfVersion(context.db, version.id);
  if (!download) return { folder: "", files: [] };
  const folder = download.savePath ?? join(context.env.downloadsDir, download.id);
  const files = (download.files ?? []).flatMap(({ role, path: key }) => {
    const path = role === "subtitle" ? insideFolder(folder, key) : null;
    return path ? [{ key, path }] : [];
  });
  return { folder, files };
}

const stemOf = (name: string) => basename(name, extname(name)).toLowerCase();

/**
 * What lies beside an imported file: names that begin like the video's; where it is the only video
 * in its folder, all that is in a folder of subtitles there, too.
 */
async function besideImport(video: string): Promise<{ folder: string; files: Sidecar[] }> {
  const folder = dirname(video);
  const stem = stemOf(video);
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const videos = entries.filter((entry) => videoExtensions.has(extname(entry.name).toLowerCase()));
  const isText = (name: string) => textExtensions.has(extname(name).toLowerCase());
  const isOwn = (name: string) => stemOf(name) === stem || stemOf(name).startsWith(`${stem}.`);
  const names = entries
    .filter((entry) => entry.isFile() && isText(entry.name) && isOwn(entry.name))
    .map((entry) => entry.name);
  for (const entry of entries) {
    if (!entry.isDirectory() || !subtitleFolders.test(entry.name)) continue;
    const inside = await readdir(join(folder, entry.name), { withFileTypes: true });
    for (const file of inside) {
      if (!file.isFile() || !isText(file.name)) continue;
      if (videos.length === 1 || isOwn(file.name)) names.push(`${entry.name}/${file.name}`);
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

/** Keeps every subtitle file that came with the film, and lists those that cannot be used. */
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
  for (const { key, path } of files) {
    signal.throwIfAborted();
    // The index of a VobSub says nothing that its pictures do not.
    if (known.has(key) || /\.idx$/i.test(key)) continue;
    const name = version.sourcePath ? relative(dirname(version.sourcePath), path) : key;
    const facts = {
      ...languageOfFileName(name.replace(/^(\.\.\/)+/, ""), { videoName }),
      ...{ versionId: version.id, source: "sidecar" as const, sourceKey: key, label: null },
      now: now(),
    };
    const bytes = await readInside(folder, path);
    if (bytes === null) continue;
    const saved = Buffer.isBuffer(bytes)
      ? await saveSubtitle(db, { ...facts, bytes, fps, mediaDir: env.mediaDir })
      : { reason: bytes };
    if ("reason" in saved) saveUnusableSubtitle(db, { ...facts, reason: saved.reason });
  }
}
