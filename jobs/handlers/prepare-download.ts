import type { StoredTorrentFile } from "@/db/schema";
import { chooseFiles, type Wanted } from "@/lib/downloads/choose-files";
import { askForFile, isAskedAbout } from "@/lib/downloads/file-choice";
import type { FilmFacts } from "@/lib/downloads/film-units";
import {
  type DownloadRow,
  downloadById,
  saveChosenFiles,
  saveWaiting,
} from "@/lib/downloads/mutations";
import { insideFolder } from "@/lib/downloads/paths";
import { maxTorrentFiles } from "@/lib/downloads/torrent-file";
import { type Reason, reason } from "@/lib/errors";
import { movieById, nameFromRelease } from "@/lib/movies/metadata";
import { done, type Handler, type JobContext, later, type Outcome } from "../context";
import { gigabytes, whyShort } from "../disk";
import { orWait } from "../wait-for-qbittorrent";

/** Kept free for everything else on the disk. */
const reserveBytes = 1024 ** 3;
/** More films than this are no choice for a person any more. */
const mostOptions = 40;
/** After this it is asked without knowing the title. */
const longestTitleWaitMs = 60_000;
/** How soon it is looked again: for room on the disk, for a torrent that is not listed just now. */
const roomPauseMs = 15_000;
const listPauseMs = 4_000;

/** Room for the download and, in the worst case, for a converted copy of it. */
function neededBytes(files: StoredTorrentFile[]): number {
  const wanted = files.filter((file) => file.role !== "skipped");
  return wanted.reduce((sum, file) => sum + file.sizeBytes, 0) + reserveBytes;
}

/** What to load of the torrent, or why none of it. A magnet's list is seen here for the first time. */
function look(
  folder: string,
  listed: { index: number; path: string; sizeBytes: number }[],
  wanted: Wanted,
): Exclude<ReturnType<typeof chooseFiles>, { kind: "nothing" }> | { reason: Reason } {
  if (listed.length > maxTorrentFiles) {
    return { reason: reason("torrent-too-many-files", { limit: maxTorrentFiles }) };
  }
  if (listed.some((file) => insideFolder(folder, file.path) === null)) {
    return { reason: reason("torrent-escapes") };
  }
  const choice = chooseFiles(listed, wanted);
  if (choice.kind === "unsure" && choice.options.length > mostOptions) {
    return { reason: reason("torrent-collection", { films: choice.options.length }) };
  }
  return choice;
}

type MovieRow = ReturnType<typeof movieById>;

/** What the names of a torrent's files are held against. */
function factsOf(movie: MovieRow): FilmFacts | null {
  if (!movie) return null;
  return {
    titles: [movie.title, movie.originalTitle].filter((title) => title !== null),
    year: movie.releaseYear,
    originalLanguage: movie.originalLanguage,
  };
}

/** True while TMDB is about to say what the movie is called; not for long. */
function awaitsTitle(movie: MovieRow, download: DownloadRow, now: Date): boolean {
  const isOnItsWay = movie?.metadataState === "pending" && movie.metadataReason === null;
  return isOnItsWay && now.getTime() - download.addedAt.getTime() < longestTitleWaitMs;
}

async function prepare(context: JobContext, downloadId: string): Promise<Outcome> {
  const { db, env, services, now } = context;
  const download = downloadById(db, downloadId);
  if (!download || download.completedAt) return done;
  const client = services.qbittorrent();
  const torrent = await client.findByTag(download.tag);
  // It may be restarting, or a person took the tag away: the tick of the downloads decides.
  if (!torrent) return later(context, listPauseMs, reason("torrent-not-listed"));
  if (download.files) {
    // An earlier attempt died after it had written down its choice, before it could start it.
    await client.start(torrent.hash);
    return done;
  }
  const listed = await client.files(torrent.hash);
  if (listed.length === 0) {
    return later(context, listPauseMs, reason("torrent-metadata-pending"));
  }

  const movie = movieById(db, download.movieId);
  const choice = look(download.savePath ?? env.downloadsDir, listed, {
    film: factsOf(movie),
    taken: download.fileChoice?.chosen ?? null,
  });
  if ("reason" in choice) {
    await client.delete(torrent.hash, { deleteFiles: true });
    return { kind: "failed", reason: choice.reason };
  }
  if (choice.kind === "unsure") {
    if (awaitsTitle(movie, download, now())) {
      const why = reason("torrent-waits-for-title");
      saveWaiting(db, download, why, now());
      return later(context, listPauseMs, why);
    }
    // Asked already: the tick of the downloads may have seen it a moment before that.
    if (isAskedAbout(movie?.decision, download.id)) return done;
    // One question at a time: this one follows when a person answered the other.
    if (movie?.decision) return later(context, roomPauseMs, reason("match-unsure"));
    const options = choice.options.map(({ index, name, sizeBytes }) => ({
      index,
      label: `${name} (${gigabytes(sizeBytes)} GB)`,
    }));
    askForFile(db, download, options, now());
    return done;
  }
  const roleOf = (index: number): StoredTorrentFile["role"] =>
    index === choice.feature.index
      ? "feature"
      : choice.parts.includes(index)
        ? "part"
        : choice.subtitles.includes(index)
          ? "subtitle"
          : "skipped";
  const files = listed.map(({ index, path, sizeBytes }) => ({
    index,
    path,
    sizeBytes,
    role: roleOf(index),
  }));

  const why = await whyShort(env.downloadsDir, neededBytes(files));
  if (why) {
    saveWaiting(db, download, why, now());
    return later(context, roomPauseMs, why);
  }

  const skipped = files.filter((file) => file.role === "skipped").map((file) => file.index);
  const wanted = files.filter((file) => file.role !== "skipped").map((file) => file.index);
  if (skipped.length > 0) await client.setPriority(torrent.hash, skipped, 0);
  await client.setPriority(torrent.hash, wanted, 1);
  await client.setShareLimits(torrent.hash, services.seedingLimits());
  nameFromRelease(db, download, torrent.name, now());
  // The row first: should this stop here, the next attempt finds the choice and starts it.
  saveChosenFiles(db, download, files, now());
  await client.start(torrent.hash);
  return done;
}

/**
 * Looks before it downloads: chooses the movie and its subtitles among the torrent's files, skips
 * the rest, holds the size against the free disk, and only then lets data flow.
 */
export const prepareDownload: Handler<"prepare-download"> = (context, { downloadId }) =>
  orWait(context, downloadId, () => prepare(context, downloadId));
