import { createHash } from "node:crypto";
import { readdir, realpath, rm, stat } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import { and, eq, inArray } from "drizzle-orm";
import { downloads, images, movies, subtitles, versions } from "@/db/schema";
import type { Db } from "@/lib/db";
import { insideFolder } from "@/lib/downloads/paths";
import { AppError } from "@/lib/errors";
import { deleteSubtitle } from "@/lib/subtitles/mutations";
import { subtitlePath } from "@/lib/subtitles/stored-file";
import { isNotBinned } from "./binned";
import { previewFolder } from "./previews";
import type { FileView } from "./schema";

/** Where Vigilio's files lie. */
export interface FileFolders {
  mediaDir: string;
  downloadsDir: string;
  imagesDir: string;
}

/** A file as the database knows it, or one that lies among a version's. */
interface KnownFile {
  path: string;
  /** Vigilio's folder that it lies in; null for a person's own file in an import folder. */
  home: keyof FileFolders | null;
  role: FileView["role"];
  inUse: boolean;
  subtitleId?: string;
}

/** First part of a relative path: which of Vigilio's folders is meant, without saying where it is. */
const shownHome = { mediaDir: "media", downloadsDir: "downloads", imagesDir: "images" } as const;

function relativePathOf(file: KnownFile, folders: FileFolders): string {
  if (file.home === null) return `import/${basename(file.path)}`;
  const inside = relative(folders[file.home], file.path).split(sep).join("/");
  return `${shownHome[file.home]}/${inside}`;
}

/** Stable while the file is where it is, and opaque. */
function idOf(path: string): string {
  return createHash("sha256").update(path).digest("hex").slice(0, 16);
}

function filesOfVersion(
  db: Db,
  version: typeof versions.$inferSelect,
  { mediaDir, downloadsDir }: FileFolders,
): KnownFile[] {
  const isReady = version.status === "ready";
  const files: KnownFile[] = [];
  if (version.publishedAt) {
    const path = join(mediaDir, version.folder, `${version.fileName}.mp4`);
    files.push({ path, home: "mediaDir", role: "video", inUse: isReady });
  }
  if (version.retiredFileName) {
    // Served to whoever had it open when another took its place; it goes by itself.
    const path = join(mediaDir, version.folder, `${version.retiredFileName}.mp4`);
    files.push({ path, home: "mediaDir", role: "video", inUse: false });
  }
  const rows = db
    .select({ id: subtitles.id, reason: subtitles.reason })
    .from(subtitles)
    .where(eq(subtitles.versionId, version.id))
    .all();
  for (const { id, reason } of rows) {
    if (reason) continue;
    const path = subtitlePath(mediaDir, version.folder, id);
    files.push({ path, home: "mediaDir", role: "subtitle", inUse: true, subtitleId: id });
  }
  const torrents = db.select().from(downloads).where(eq(downloads.versionId, version.id)).all();
  for (const torrent of torrents) {
    // While qBittorrent has the torrent, it loads or seeds what was chosen of it.
    const isHeld = torrent.clientHash !== null && torrent.state !== "failed";
    for (const { path: name, role } of torrent.files ?? []) {
      const path = insideFolder(torrent.savePath ?? join(downloadsDir, torrent.id), name);
      if (!path || role === "skipped") continue;
      files.push({
        path,
        home: path.startsWith(`${downloadsDir}/`) ? "downloadsDir" : null,
        role: role === "subtitle" ? "subtitle" : "original",
        inUse: isHeld || !isReady,
      });
    }
  }
  const sources = [version.sourcePath, ...(version.sourceParts ?? []).map(({ path }) => path)];
  for (const path of new Set(sources.filter((source) => source !== null))) {
    if (files.some((file) => file.path === path)) continue;
    const home = (["downloadsDir", "mediaDir"] as const).find((name) =>
      path.startsWith(`${{ downloadsDir, mediaDir }[name]}/`),
    );
    // What lies among the finished files was made here.
    const role = home === "mediaDir" ? "other" : "original";
    files.push({ path, home: home ?? null, role, inUse: !isReady });
  }
  return files;
}

/**
 * What lies in a version's folder beside what has a row: pictures of the seek bar, and what was left
 * by a crash or put there by hand.
 */
async function otherFiles(
  folder: string,
  known: Set<string>,
  previews: string | null,
): Promise<KnownFile[]> {
  const home = "mediaDir" as const;
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !known.has(path))
    .map((path) =>
      previews !== null && path.startsWith(`${previews}/`)
        ? { path, home, role: "image" as const, inUse: true }
        : { path, home, role: "other" as const, inUse: false },
    );
}

function picturesOf(db: Db, movie: typeof movies.$inferSelect, imagesDir: string): KnownFile[] {
  const ids = [movie.posterId, movie.backdropId].filter((id) => id !== null);
  const rows = db.select().from(images).where(inArray(images.id, ids)).all();
  return rows.flatMap(({ id, widths }) =>
    widths.map((width) => ({
      path: join(imagesDir, id, `${width}.webp`),
      home: "imagesDir" as const,
      role: "image" as const,
      inUse: true,
    })),
  );
}

async function knownFiles(db: Db, movieId: string, folders: FileFolders): Promise<KnownFile[]> {
  const movie = db.select().from(movies).where(eq(movies.id, movieId)).get();
  if (!movie || movie.binnedAt) throw new AppError("movie-unknown", { status: 404 });
  const rows = db
    .select()
    .from(versions)
    .where(and(eq(versions.movieId, movieId), isNotBinned(db)))
    .all();
  const files = await filesOfVersions(db, rows, folders);
  return [...files, ...picturesOf(db, movie, folders.imagesDir)];
}

async function filesOfVersions(
  db: Db,
  rows: (typeof versions.$inferSelect)[],
  folders: FileFolders,
): Promise<KnownFile[]> {
  const files = rows.flatMap((version) => filesOfVersion(db, version, folders));
  const known = new Set(files.map(({ path }) => path));
  for (const row of rows) {
    const previews = row.previewSet && join(folders.mediaDir, previewFolder(row, row.previewSet));
    files.push(...(await otherFiles(join(folders.mediaDir, row.folder), known, previews)));
  }
  return files;
}

/**
 * What versions take on the disk, in Vigilio's own folders: a file that has two names counts once, and
 * of one that is still being downloaded only what is there.
 */
export async function storageBytes(
  db: Db,
  { versionIds, folders }: { versionIds: string[]; folders: FileFolders },
): Promise<number> {
  const rows = db.select().from(versions).where(inArray(versions.id, versionIds)).all();
  const files = await filesOfVersions(db, rows, folders);
  const sizes = new Map<string, number>();
  for (const { path } of files.filter(({ home }) => home !== null)) {
    const found = await stat(path).catch(() => null);
    if (found) sizes.set(`${found.dev}:${found.ino}`, Math.min(found.size, found.blocks * 512));
  }
  return [...sizes.values()].reduce((sum, size) => sum + size, 0);
}

/**
 * Every file that belongs to a movie: playable files, subtitles, what was downloaded, pictures, and
 * what lies among them. Paths are shown below the name of their folder, never from the root.
 *
 * @throws AppError 404.
 */
export async function movieFiles(
  db: Db,
  { movieId, folders }: { movieId: string; folders: FileFolders },
): Promise<FileView[]> {
  const files = await knownFiles(db, movieId, folders);
  return Promise.all(
    files.map(async (file) => {
      const found = await stat(file.path).catch(() => null);
      return {
        id: idOf(file.path),
        relativePath: relativePathOf(file, folders),
        sizeBytes: found?.size ?? null,
        role: file.role,
        inUse: file.inUse,
        missing: found === null,
      };
    }),
  );
}

/**
 * Deletes one file of a movie. A subtitle goes with its row; what plays, seeds or is still worked on
 * is refused, since its version or download is what has to go then. The path comes from the database,
 * and is followed only inside Vigilio's own folders.
 *
 * @throws AppError 404 for a file that is not the movie's; 409 when it is in use or a person's own.
 */
export async function deleteMovieFile(
  db: Db,
  {
    movieId,
    fileId,
    folders,
    now,
  }: { movieId: string; fileId: string; folders: FileFolders; now: Date },
): Promise<void> {
  const file = (await knownFiles(db, movieId, folders)).find(({ path }) => idOf(path) === fileId);
  if (!file) throw new AppError("not-found", { status: 404 });
  if (file.subtitleId) {
    await deleteSubtitle(db, { id: file.subtitleId, mediaDir: folders.mediaDir, now });
    return;
  }
  if (file.inUse) throw new AppError("file-in-use", { status: 409 });
  const home = file.home && folders[file.home];
  if (!home || !(await isReallyInside(file.path, home))) {
    throw new AppError("file-not-ours", { status: 409 });
  }
  await rm(file.path, { force: true });
}

/** True when no folder on the way to a file is a link to somewhere else; a missing one is fine. */
async function isReallyInside(path: string, home: string): Promise<boolean> {
  const parent = await realpath(dirname(path)).catch(() => null);
  if (parent === null) return true;
  const root = await realpath(home);
  return parent === root || parent.startsWith(`${root}/`);
}
