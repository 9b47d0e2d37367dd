import { desc, eq, or } from "drizzle-orm";
import { downloads, movies, versions } from "@/db/schema";
import type { Db } from "@/lib/db";
import { isFollowed } from "@/lib/downloads/held";
import { AppError } from "@/lib/errors";
import { randomId } from "@/lib/ids";
import { enqueue } from "@/lib/queue/enqueue";
import { fulfilRequests } from "@/lib/requests/fulfil";
import { refreshMovieStatus } from "./status";
import { record } from "./timeline";
import { sortTitle } from "./titles";

/** What a movie is known by; one of the ids, or a title. */
export interface MovieIdentity {
  imdbId?: string | undefined;
  tmdbId?: number | undefined;
  title: string;
  year?: number | undefined;
}

/** Where its file comes from. */
export type Acquisition =
  | {
      kind: "torrent";
      magnet: string | null;
      torrentFile: Buffer | null;
      infoHashV1: string | null;
      infoHashV2: string | null;
      name: string;
      sizeBytes: number | null;
    }
  | {
      kind: "file";
      path: string;
      mode: "link" | "copy" | "move";
      sizeBytes: number;
      /** All files of the film in order, where that is known; else those beside it are looked at. */
      parts?: { path: string; sizeBytes: number }[];
    };

export interface AddedMovie {
  movieId: string;
  versionId: string;
  downloadId: string | null;
}

/**
 * Refuses a torrent that a movie has already, by either hash, with that movie: in the library, or in
 * the bin, from where it can be brought back.
 *
 * @throws AppError 409 with `movieId`, and `binId` where it lies in the bin.
 */
export function refuseKnownTorrent(
  db: Db,
  hashes: { infoHashV1: string | null; infoHashV2: string | null },
): void {
  const matches = [
    hashes.infoHashV1 ? eq(downloads.infoHashV1, hashes.infoHashV1) : undefined,
    hashes.infoHashV2 ? eq(downloads.infoHashV2, hashes.infoHashV2) : undefined,
  ].filter((match) => match !== undefined);
  if (matches.length === 0) return;
  const row = db
    .select({ id: downloads.id, movieId: downloads.movieId, versionId: downloads.versionId })
    .from(downloads)
    .where(or(...matches))
    .get();
  if (!row) return;
  const { movieId } = row;
  if (isFollowed(db, row.id))
    throw new AppError("torrent-known", { status: 409, members: { movieId } });
  if (isBinned(db, movieId)) throw inBin("movie-in-bin", movieId, movieId);
  throw inBin("version-in-bin", movieId, row.versionId);
}

const isBinned = (db: Db, movieId: string) =>
  db.select({ at: movies.binnedAt }).from(movies).where(eq(movies.id, movieId)).get()?.at != null;

function inBin(code: string, movieId: string, binId: string): AppError {
  return new AppError(code, { status: 409, members: { movieId, binId } });
}

/** @throws AppError 409 with `movieId` and `binId` when the film lies in the bin and nowhere else. */
function findMovie(db: Db, identity: MovieIdentity): string | null {
  const match = identity.imdbId
    ? eq(movies.imdbId, identity.imdbId)
    : identity.tmdbId
      ? eq(movies.tmdbId, identity.tmdbId)
      : undefined;
  if (!match) return null;
  const rows = db
    .select({ id: movies.id, binnedAt: movies.binnedAt })
    .from(movies)
    .where(match)
    .orderBy(desc(movies.binnedAt))
    .all();
  const shown = rows.find(({ binnedAt }) => binnedAt === null);
  const [binned] = rows;
  if (!shown && binned) throw inBin("movie-in-bin", binned.id, binned.id);
  return shown?.id ?? null;
}

function insertMovie(db: Db, identity: MovieIdentity, addedBy: string | null, now: Date): string {
  const id = randomId();
  db.insert(movies)
    .values({
      id,
      imdbId: identity.imdbId ?? null,
      tmdbId: identity.tmdbId ?? null,
      title: identity.title,
      sortTitle: sortTitle(identity.title),
      releaseYear: identity.year ?? null,
      status: "adding",
      metadataState: "pending",
      addedBy,
      addedAt: now,
      updatedAt: now,
    })
    .run();
  record(db, { movieId: id, stage: "added", state: "done", at: now });
  enqueue(db, "fetch-metadata", { movieId: id }, { now });
  return id;
}

/**
 * Adds a movie, or another version to one that exists, together with the jobs that bring it: all of
 * it or nothing.
 *
 * @throws AppError 409 with `movieId` when the torrent is there already, and with `binId` when it or
 *   the film lies in the bin.
 */
export function addMovie(
  db: Db,
  args: {
    identity: MovieIdentity;
    acquisition: Acquisition;
    addedBy: string | null;
    /** Where it is known which movie gets another version. */
    movieId?: string | undefined;
    now: Date;
  },
): AddedMovie {
  const { identity, acquisition, now } = args;
  return db.transaction((tx) => {
    if (acquisition.kind === "torrent") refuseKnownTorrent(tx, acquisition);
    const movieId =
      args.movieId ?? findMovie(tx, identity) ?? insertMovie(tx, identity, args.addedBy, now);
    fulfilRequests(tx, { movieId, decidedBy: args.addedBy, now });
    const versionId = randomId();
    const isFile = acquisition.kind === "file";
    tx.insert(versions)
      .values({
        id: versionId,
        movieId,
        status: isFile ? "queued" : "downloading",
        releaseName: isFile ? (acquisition.path.split("/").pop() ?? null) : acquisition.name,
        sourceKind: isFile ? "import" : "torrent",
        sourcePath: isFile ? acquisition.path : null,
        sourceSizeBytes: acquisition.sizeBytes,
        importMode: isFile ? acquisition.mode : null,
        sourceParts: isFile
          ? (acquisition.parts?.map((part) => ({ ...part, startSeconds: 0 })) ?? null)
          : null,
        folder: randomId(),
        fileName: randomId(),
        createdAt: now,
        updatedAt: now,
      })
      .run();
    if (acquisition.kind === "file") {
      enqueue(tx, "import", { versionId, movieId }, { now });
      refreshMovieStatus(tx, movieId, now);
      return { movieId, versionId, downloadId: null };
    }
    const downloadId = randomId();
    tx.insert(downloads)
      .values({
        id: downloadId,
        movieId,
        versionId,
        tag: `vigilio-${downloadId}`,
        magnet: acquisition.magnet,
        torrentFile: acquisition.torrentFile,
        infoHashV1: acquisition.infoHashV1,
        infoHashV2: acquisition.infoHashV2,
        name: acquisition.name,
        state: "queued",
        sizeBytes: acquisition.sizeBytes,
        addedAt: now,
        updatedAt: now,
      })
      .run();
    enqueue(tx, "start-download", { downloadId, movieId }, { now });
    record(tx, { movieId, versionId, stage: "download", state: "active", at: now });
    refreshMovieStatus(tx, movieId, now);
    return { movieId, versionId, downloadId };
  });
}
