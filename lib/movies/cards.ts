import { and, asc, eq, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { z } from "zod";
import { genres, images, listEntries, movieGenres, movies, progress, watched } from "@/db/schema";
import type { Db } from "@/lib/db";
import type { Reason } from "@/lib/errors";
import { isPrepared, preparingOf, workOn } from "./preparing";
import type { MovieCard, PictureView } from "./schema";

/** For whom something is read, and how a reason is said in their language. */
export interface Reader {
  /** Empty for a token without an account: nothing is theirs. */
  userId: string;
  say: (reason: Reason) => string;
}

const storedWidths = z.array(z.number().int().positive());

/** One parameter however many ids there are: a statement with hundreds takes longer to write than to run. */
function oneOf(column: SQLWrapper, ids: string[]): SQL {
  return sql`${column} in (select value from json_each(${JSON.stringify(ids)}))`;
}

/**
 * Pictures by id, each once. One statement.
 *
 * @param ids nulls are passed over, so that a column can be given as it is.
 */
export function picturesOf(db: Db, ids: (string | null)[]): Map<string, PictureView> {
  const wanted = [...new Set(ids.filter((id) => id !== null))];
  if (wanted.length === 0) return new Map();
  const rows = db.select().from(images).where(oneOf(images.id, wanted)).all();
  return new Map(
    rows.map((row) => {
      const sizes = storedWidths
        .parse(row.widths)
        .toSorted((a, b) => a - b)
        .map((width) => ({ width, url: `/images/${row.id}/${width}.webp` }));
      const { width, height, color } = row;
      return [row.id, { url: sizes.at(-1)?.url ?? "", sizes, width, height, color }];
    }),
  );
}

/**
 * A picture in one of the widths that are stored; null when there is no such picture or width.
 *
 * @returns the file's place in the images folder, made from the row.
 */
export function storedPicture(
  db: Db,
  args: { id: string; width: number },
): { relativePath: string; createdAt: Date } | null {
  const row = db.select().from(images).where(eq(images.id, args.id)).get();
  const width = row && storedWidths.parse(row.widths).find((stored) => stored === args.width);
  if (!row || width === undefined) return null;
  return { relativePath: `${row.id}/${width}.webp`, createdAt: row.createdAt };
}

/**
 * Cards of these movies in this order; an id without a movie is passed over. Three statements,
 * however many movies there are, and two more when some are on their way.
 */
export function cardsOf(db: Db, ids: string[], reader: Reader): MovieCard[] {
  if (ids.length === 0) return [];
  const rows = db
    .select({
      id: movies.id,
      imdbId: movies.imdbId,
      tmdbId: movies.tmdbId,
      title: movies.title,
      releaseDate: movies.releaseDate,
      runtimeMinutes: movies.runtimeMinutes,
      score: movies.score,
      posterId: movies.posterId,
      backdropId: movies.backdropId,
      status: movies.status,
      quality: movies.bestQuality,
      reason: movies.reason,
      addedAt: movies.addedAt,
      positionSeconds: progress.positionSeconds,
      durationSeconds: progress.durationSeconds,
      stoppedAt: progress.updatedAt,
      listedAt: listEntries.addedAt,
      watchedAt: watched.watchedAt,
    })
    .from(movies)
    .leftJoin(progress, and(eq(progress.movieId, movies.id), eq(progress.userId, reader.userId)))
    .leftJoin(
      listEntries,
      and(eq(listEntries.movieId, movies.id), eq(listEntries.userId, reader.userId)),
    )
    .leftJoin(watched, and(eq(watched.movieId, movies.id), eq(watched.userId, reader.userId)))
    .where(oneOf(movies.id, ids))
    .all();
  const pictures = picturesOf(
    db,
    rows.flatMap((row) => [row.posterId, row.backdropId]),
  );
  const genresById = genresOf(db, ids);
  const preparing = preparingOf(
    db,
    rows.filter((row) => isPrepared(row.status)).map((row) => row.id),
  );
  const cards = new Map<string, MovieCard>();
  for (const row of rows) {
    const poster = (row.posterId && pictures.get(row.posterId)) || null;
    const backdrop = (row.backdropId && pictures.get(row.backdropId)) || null;
    cards.set(row.id, {
      id: row.id,
      imdbId: row.imdbId,
      tmdbId: row.tmdbId,
      title: row.title,
      releaseDate: row.releaseDate,
      runtimeMinutes: row.runtimeMinutes,
      score: row.score,
      posterUrl: poster?.url ?? null,
      backdropUrl: backdrop?.url ?? null,
      poster,
      backdrop,
      genres: genresById.get(row.id) ?? [],
      quality: row.quality,
      status: row.status,
      preparing: workOn(row.status, preparing.get(row.id)),
      statusDetail: row.reason && reader.say(row.reason),
      addedAt: row.addedAt.toISOString(),
      progress:
        row.positionSeconds === null || row.durationSeconds === null || row.stoppedAt === null
          ? null
          : {
              positionSeconds: row.positionSeconds,
              durationSeconds: row.durationSeconds,
              updatedAt: row.stoppedAt.toISOString(),
            },
      inList: row.listedAt !== null,
      watched: row.watchedAt !== null,
    });
  }
  return ids.flatMap((id) => cards.get(id) ?? []);
}

function genresOf(db: Db, movieIds: string[]): Map<string, MovieCard["genres"]> {
  const found = new Map<string, MovieCard["genres"]>();
  const rows = db
    .select({ movieId: movieGenres.movieId, id: genres.id, name: genres.name })
    .from(movieGenres)
    .innerJoin(genres, eq(genres.id, movieGenres.genreId))
    .where(oneOf(movieGenres.movieId, movieIds))
    .orderBy(asc(movieGenres.position))
    .all();
  for (const { movieId, id, name } of rows) {
    const list = found.get(movieId);
    if (list) list.push({ id, name });
    else found.set(movieId, [{ id, name }]);
  }
  return found;
}
