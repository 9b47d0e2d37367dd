import { and, count, desc, eq, isNotNull, isNull, or, sql, sum } from "drizzle-orm";
import { binEntries, movies, versions } from "@/db/schema";
import type { Db } from "@/lib/db";
import { picturesOf } from "@/lib/movies/cards";
import type { Page, PageQuery } from "@/lib/web/page-query";
import type { BinItem } from "./schema";

const isOfVersion = and(eq(binEntries.kind, "version"), eq(versions.id, binEntries.subjectId));
const isOfMovie = sql`${movies.id} = coalesce(${versions.movieId}, ${binEntries.subjectId})`;
/** A version of a movie that lies there itself comes back with that one, as deleted as it was. */
const isShown = or(
  and(eq(binEntries.kind, "movie"), isNotNull(movies.binnedAt)),
  and(eq(binEntries.kind, "version"), isNull(movies.binnedAt)),
);

/** How much lies in the bin. */
export function binTotal(db: Db): { count: number; sizeBytes: number } {
  const row = db
    .select({ count: count(), sizeBytes: sum(binEntries.sizeBytes) })
    .from(binEntries)
    .leftJoin(versions, isOfVersion)
    .innerJoin(movies, isOfMovie)
    .where(isShown)
    .get();
  return { count: row?.count ?? 0, sizeBytes: Number(row?.sizeBytes ?? 0) };
}

/** A page of what lies in the bin, what was deleted last first. */
export function listBin(db: Db, { page, pageSize }: PageQuery): Page<BinItem> {
  const rows = db
    .select({
      id: binEntries.subjectId,
      kind: binEntries.kind,
      movieId: movies.id,
      title: movies.title,
      releaseYear: movies.releaseYear,
      releaseName: versions.releaseName,
      width: versions.width,
      height: versions.height,
      posterId: movies.posterId,
      sizeBytes: binEntries.sizeBytes,
      binnedAt: binEntries.binnedAt,
      emptiedAfter: binEntries.emptiedAfter,
    })
    .from(binEntries)
    .leftJoin(versions, isOfVersion)
    .innerJoin(movies, isOfMovie)
    .where(isShown)
    .orderBy(desc(binEntries.binnedAt), desc(binEntries.id))
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .all();
  const pictures = picturesOf(
    db,
    rows.map(({ posterId }) => posterId),
  );
  const items = rows.map(({ posterId, binnedAt, emptiedAfter, ...row }) => {
    const poster = (posterId && pictures.get(posterId)) || null;
    return {
      ...row,
      posterUrl: poster?.url ?? null,
      poster,
      binnedAt: binnedAt.toISOString(),
      emptiedAfter: emptiedAfter.toISOString(),
    };
  });
  return { items, page, pageSize, total: binTotal(db).count };
}
