import { and, desc, eq, inArray, type SQL, sql } from "drizzle-orm";
import { downloads, movies } from "@/db/schema";
import type { Db } from "@/lib/db";
import type { Reason } from "@/lib/errors";
import { workProgress } from "@/lib/queue/progress";
import type { Page, PageQuery } from "@/lib/web/page-query";
import { isNotHeld } from "./held";
import { type DownloadItem, storedReplacement } from "./schema";

/** A download with the title of its movie, for a page of rows. */
export type DownloadRow = DownloadItem;

/** Without the torrent itself, the magnet and the list of files. */
const shown = {
  id: downloads.id,
  infoHashV1: downloads.infoHashV1,
  infoHashV2: downloads.infoHashV2,
  movieId: downloads.movieId,
  versionId: downloads.versionId,
  name: downloads.name,
  state: downloads.state,
  reason: downloads.reason,
  progress: downloads.progress,
  sizeBytes: downloads.sizeBytes,
  speedBytesPerSecond: downloads.speedBytesPerSecond,
  etaSeconds: downloads.etaSeconds,
  seeds: downloads.seeds,
  peers: downloads.peers,
  ratio: downloads.ratio,
  deadSince: downloads.deadSince,
  replacement: downloads.replacement,
  interfaceHold: downloads.interfaceHold,
  clientHash: downloads.clientHash,
  isBeingReplaced: sql<number>`exists (
    select 1 from downloads other where other.replaces_id = ${downloads.id}
  )`,
  movieTitle: movies.title,
};

/** v1 where there is one, else v2 cut to 40 digits: what the API calls a torrent. */
export function apiHashOf(hashes: {
  infoHashV1: string | null;
  infoHashV2: string | null;
}): string | null {
  return hashes.infoHashV1 ?? hashes.infoHashV2?.slice(0, 40) ?? null;
}

/** Vigilio's torrents, the newest first; those of movies and versions in the bin are left out. */
export function listDownloads(
  db: Db,
  query: PageQuery & { movieId?: string | undefined },
  say: (reason: Reason) => string,
): Page<DownloadRow> {
  const { page, pageSize, movieId } = query;
  const condition = movieId === undefined ? undefined : eq(downloads.movieId, movieId);
  const rows = db
    .select({ ...shown, total: sql<number>`count(*) over ()` })
    .from(downloads)
    .innerJoin(movies, eq(movies.id, downloads.movieId))
    .where(and(isNotHeld, condition))
    .orderBy(desc(downloads.addedAt), desc(downloads.id))
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .all();
  const total = rows[0]?.total ?? (page > 1 ? listedCount(db, condition) : 0);
  const making = workProgress(
    db,
    ["make-playable"],
    rows.filter((row) => row.progress >= 1).map((row) => row.versionId),
  );
  const items = rows.map(({ total: _, ...row }) => ({
    ...viewOf(row, say),
    preparing: making.get(row.versionId) ?? null,
  }));
  return { items, page, pageSize, total };
}

/** Downloads by their ids, in no order; one that was deleted is passed over. Two statements. */
export function downloadsById(
  db: Db,
  ids: string[],
  say: (reason: Reason) => string,
): DownloadRow[] {
  if (ids.length === 0) return [];
  const rows = db
    .select(shown)
    .from(downloads)
    .innerJoin(movies, eq(movies.id, downloads.movieId))
    .where(inArray(downloads.id, ids))
    .all();
  const making = workProgress(
    db,
    ["make-playable"],
    rows.map((row) => row.versionId),
  );
  return rows.map((row) => ({
    ...viewOf(row, say),
    preparing: making.get(row.versionId) ?? null,
  }));
}

/** One download; null when it was deleted. */
export function downloadOf(
  db: Db,
  id: string,
  say: (reason: Reason) => string,
): DownloadRow | null {
  return downloadsById(db, [id], say)[0] ?? null;
}

type StoredRow = Pick<
  typeof downloads.$inferSelect,
  | "infoHashV1"
  | "infoHashV2"
  | "reason"
  | "deadSince"
  | "replacement"
  | "interfaceHold"
  | "clientHash"
>;
type ShownRow = Omit<
  DownloadRow,
  | keyof StoredRow
  | "infoHash"
  | "stateDetail"
  | "preparing"
  | "isHeldBack"
  | "isInClient"
  | "isBeingReplaced"
> &
  StoredRow & { isBeingReplaced: number };

/** What is offered in the place of a dead release; null for one that lives, or before the search. */
function replacementOf(
  { deadSince, replacement }: StoredRow,
  say: (reason: Reason) => string,
): DownloadRow["replacement"] {
  const offer = deadSince && storedReplacement.safeParse(replacement).data;
  return offer ? { release: offer.release, detail: offer.reason && say(offer.reason) } : null;
}

function viewOf(row: ShownRow, say: (reason: Reason) => string): Omit<DownloadRow, "preparing"> {
  const { infoHashV1, infoHashV2, clientHash, reason, interfaceHold, ...shownAsIs } = row;
  return {
    ...shownAsIs,
    deadSince: row.deadSince?.toISOString() ?? null,
    replacement: replacementOf(row, say),
    isHeldBack: interfaceHold !== null,
    isInClient: clientHash !== null,
    isBeingReplaced: row.isBeingReplaced === 1,
    infoHash: apiHashOf({ infoHashV1, infoHashV2 }),
    stateDetail: reason && say(reason),
    // Rounding at the client's end may give a hair more than the whole.
    progress: Math.min(Math.max(row.progress, 0), 1),
  };
}

function listedCount(db: Db, condition: SQL | undefined): number {
  const row = db
    .select({ total: sql<number>`count(*)` })
    .from(downloads)
    .innerJoin(movies, eq(movies.id, downloads.movieId))
    .where(and(isNotHeld, condition))
    .get();
  return row?.total ?? 0;
}
