import { desc, eq, isNotNull } from "drizzle-orm";
import { downloads, searchResults, triedReleases, versions } from "@/db/schema";
import type { Db } from "@/lib/db";
import { AppError, type Reason, reason } from "@/lib/errors";
import { type Acquisition, addMovie } from "@/lib/movies/mutations";
import { deleteVersion } from "@/lib/movies/remove";
import { record } from "@/lib/movies/timeline";
import type { Signs } from "./dead";
import { type DownloadRow, downloadById } from "./mutations";
import { type StoredReplacement, storedReplacement } from "./schema";

type Followed = Omit<DownloadRow, "torrentFile">;

/** Results of a search are kept for twelve hours: what is offered is looked for again before. */
const offerKeptMs = 6 * 60 * 60_000;
/** Where nothing was found, a source may only have been away. */
const nothingKeptMs = 60 * 60_000;

/** Writes down since when a torrent shows no sign of life, where that changed. */
export function saveSigns(
  db: Db,
  known: Followed,
  signs: Signs & { deadSince: Date | null },
  now: Date,
): void {
  const isSame = (["metadataSince", "seedlessSince", "deadSince"] as const).every(
    (key) => known[key]?.getTime() === signs[key]?.getTime(),
  );
  if (isSame) return;
  // Pages are told when it dies or lives again, and not that somebody began to wait.
  const isNews = (known.deadSince === null) !== (signs.deadSince === null);
  db.update(downloads)
    .set({
      ...signs,
      ...(isNews && { updatedAt: now }),
      ...(signs.deadSince === null && { replacement: null }),
    })
    .where(eq(downloads.id, known.id))
    .run();
}

/** What is offered in the place of a dead release; null while nothing was looked for. */
export function offerOf({
  replacement,
}: Pick<DownloadRow, "replacement">): StoredReplacement | null {
  return storedReplacement.nullable().safeParse(replacement).data ?? null;
}

/** True while a new download waits to take the place of this one. */
export function isBeingReplaced(db: Db, downloadId: string): boolean {
  const row = db
    .select({ id: downloads.id })
    .from(downloads)
    .where(eq(downloads.replacesId, downloadId))
    .get();
  return row !== undefined;
}

/** True when another release has to be looked for: none was, or what is offered may be gone by now. */
export function wantsReplacement(db: Db, download: Followed, now: Date): boolean {
  const offer = offerOf(download);
  const keptMs = offer?.release ? offerKeptMs : nothingKeptMs;
  if (offer && now.getTime() - offer.at < keptMs) return false;
  return !isBeingReplaced(db, download.id);
}

/** Keeps what was found, or why nothing was. */
export function saveOffer(
  db: Db,
  downloadId: string,
  offer: Omit<StoredReplacement, "at"> | null,
  now: Date,
): void {
  db.update(downloads)
    .set({ replacement: offer && { ...offer, at: now.getTime() }, updatedAt: now })
    .where(eq(downloads.id, downloadId))
    .run();
}

/** What is offered is looked for anew: from now on it may be taken by itself. */
export function forgetOffers(db: Db): void {
  db.update(downloads).set({ replacement: null }).where(isNotNull(downloads.deadSince)).run();
}

const cut = (hash: string) => hash.toLowerCase().slice(0, 40);

/** Releases of a movie that are here or were tried: no other is offered that is one of them. */
export function triedOf(db: Db, movieId: string) {
  const here = db
    .select({ v1: downloads.infoHashV1, v2: downloads.infoHashV2, name: downloads.name })
    .from(downloads)
    .where(eq(downloads.movieId, movieId))
    .all();
  const before = db.select().from(triedReleases).where(eq(triedReleases.movieId, movieId)).all();
  const hashes = new Set(
    [...here.flatMap(({ v1, v2 }) => [v1, v2]), ...before.map(({ infoHash }) => infoHash)]
      .filter((hash) => hash !== null)
      .map(cut),
  );
  const names = new Set([...here, ...before].map(({ name }) => name?.toLowerCase()));
  const hasHash = (hash: string | null) => hash !== null && hashes.has(cut(hash));
  return {
    /** By its hash, and where only its link knows that, by its name. */
    isTried: ({ infoHash, name }: { infoHash: string | null; name: string | null }) =>
      infoHash === null ? name !== null && names.has(name.toLowerCase()) : hasHash(infoHash),
    hasHash,
  };
}

/** Notes a release that can't be taken, so that it is not offered again. */
export function noteUnusable(
  db: Db,
  movieId: string,
  release: { resultId: string; name: string | null },
  now: Date,
): void {
  const { resultId, name } = release;
  const row = db.select().from(searchResults).where(eq(searchResults.id, resultId)).get();
  db.insert(triedReleases)
    .values({ movieId, infoHash: row?.infoHash ?? null, name, at: now })
    .run();
}

/** How many releases of a movie were taken one after the other without a person. */
export function takenByItself(db: Db, movieId: string): number {
  const replaced = db
    .select({ by: triedReleases.replacedBy })
    .from(triedReleases)
    .where(eq(triedReleases.movieId, movieId))
    .orderBy(desc(triedReleases.id))
    .all()
    .filter(({ by }) => by !== null);
  const byPerson = replaced.findIndex(({ by }) => by === "person");
  return byPerson === -1 ? replaced.length : byPerson;
}

/**
 * Adds another release beside a dead one, which goes when qBittorrent has taken the new one, and not
 * before.
 *
 * @throws AppError 409 when that is under way, when there is nothing to replace any more, and for a
 *   torrent that is known.
 */
export function addReplacement(
  db: Db,
  args: {
    download: DownloadRow;
    acquisition: Extract<Acquisition, { kind: "torrent" }>;
    by: "itself" | "person";
    now: Date;
  },
): { versionId: string } {
  const { download, by, now } = args;
  const { movieId } = download;
  return db.transaction((tx) => {
    const version = tx.select().from(versions).where(eq(versions.id, download.versionId)).get();
    const isWaiting = version?.status === "downloading" && downloadById(tx, download.id);
    if (!isWaiting) throw new AppError("replacement-not-needed", { status: 409 });
    if (isBeingReplaced(tx, download.id)) {
      throw new AppError("replacement-under-way", { status: 409 });
    }
    const { acquisition } = args;
    const identity = { title: acquisition.name };
    const added = addMovie(tx, { identity, acquisition, addedBy: null, movieId, now });
    tx.update(downloads)
      .set({ replacesId: download.id })
      .where(eq(downloads.id, added.downloadId ?? ""))
      .run();
    const { infoHashV1, infoHashV2, name } = download;
    // One torrent, of which a hybrid has two hashes: it counts once.
    const tried = { movieId, name, at: now };
    tx.insert(triedReleases)
      .values({ ...tried, infoHash: infoHashV1 ?? infoHashV2, replacedBy: by })
      .run();
    if (infoHashV1 && infoHashV2) {
      tx.insert(triedReleases)
        .values({ ...tried, infoHash: infoHashV2 })
        .run();
    }
    return { versionId: added.versionId };
  });
}

/**
 * qBittorrent has the new torrent: the dead one goes with what it loaded, and the movie tells. In the
 * caller's transaction.
 */
export function finishReplacement(db: Db, download: DownloadRow, now: Date): void {
  if (!download.replacesId) return;
  const old = downloadById(db, download.replacesId);
  db.update(downloads).set({ replacesId: null }).where(eq(downloads.id, download.id)).run();
  if (!old) return;
  const { movieId, versionId } = download;
  const by = lastReplacedBy(db, movieId);
  const why: Reason = reason(by === "itself" ? "release-replaced-itself" : "release-replaced", {
    old: old.name,
    name: download.name,
  });
  deleteVersion(db, old.versionId, now);
  record(db, { movieId, versionId, stage: "added", state: "done", reason: why, at: now });
}

function lastReplacedBy(db: Db, movieId: string): "itself" | "person" | null {
  const rows = db
    .select({ by: triedReleases.replacedBy })
    .from(triedReleases)
    .where(eq(triedReleases.movieId, movieId))
    .orderBy(desc(triedReleases.id))
    .all();
  return rows.find(({ by }) => by !== null)?.by ?? null;
}

/** qBittorrent did not take the new torrent: it goes, what was there stays, and another is looked for. */
export function dropReplacement(db: Db, download: DownloadRow, now: Date): void {
  const { movieId, infoHashV1, infoHashV2, name, replacesId } = download;
  db.transaction((tx) => {
    tx.insert(triedReleases)
      .values({ movieId, infoHash: infoHashV1 ?? infoHashV2, name, at: now })
      .run();
    deleteVersion(tx, download.versionId, now);
    if (replacesId) saveOffer(tx, replacesId, null, now);
  });
}
