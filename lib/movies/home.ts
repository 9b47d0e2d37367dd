import { and, asc, count, desc, eq, gt, isNull, type SQL, sql } from "drizzle-orm";
import { genres, listEntries, movieGenres, movies, progress } from "@/db/schema";
import type { Db } from "@/lib/db";
import { cardsOf, type Reader } from "./cards";
import type { MovieCard } from "./schema";

const rowLength = 20;
const mostGenres = 12;

export interface HomeRows {
  /** The movie to continue, else the newest that is ready, else the newest. */
  hero: MovieCard | null;
  continueWatching: MovieCard[];
  myList: MovieCard[];
  recentlyAdded: MovieCard[];
  byGenre: { genre: { id: number; name: string }; movies: MovieCard[] }[];
}

/**
 * The rows of the home page, at most 20 cards each; by genre only what is ready to be played, the
 * fullest genres first. Nine statements however large the library is, since a movie that stands in
 * several rows is read once.
 */
export function homeRows(db: Db, reader: Reader): HomeRows {
  const started = idsOf(
    db,
    sql`select movies.id from ${progress} join ${movies} on ${movies.id} = ${progress.movieId}
      where ${and(eq(progress.userId, reader.userId), gt(progress.positionSeconds, 0))}
      and ${isNull(movies.binnedAt)} order by ${desc(progress.updatedAt)} limit ${rowLength}`,
  );
  const listed = idsOf(
    db,
    sql`select movies.id from ${listEntries} join ${movies} on ${movies.id} = ${listEntries.movieId}
      where ${eq(listEntries.userId, reader.userId)}
      and ${isNull(movies.binnedAt)} order by ${desc(listEntries.addedAt)} limit ${rowLength}`,
  );
  const recent = idsOf(
    db,
    sql`select id from ${movies} where binned_at is null
      order by added_at desc, num desc limit ${rowLength}`,
  );
  const fullest = fullestGenres(db);
  const byGenre = newestOf(db, fullest);
  const all = [...new Set([started, listed, recent, ...byGenre.values()].flat())];
  const cards = new Map(cardsOf(db, all, reader).map((card) => [card.id, card]));
  const pick = (ids: string[]) => ids.flatMap((id) => cards.get(id) ?? []);

  const continueWatching = pick(started);
  const recentlyAdded = pick(recent);
  const newestReady = recentlyAdded.find((card) => card.status === "ready");
  return {
    hero: continueWatching[0] ?? newestReady ?? recentlyAdded[0] ?? null,
    continueWatching,
    myList: pick(listed),
    recentlyAdded,
    byGenre: fullest.flatMap((genre) => {
      const ids = byGenre.get(genre.id);
      return ids ? [{ genre, movies: pick(ids) }] : [];
    }),
  };
}

/** The genres that most movies have; counted without a look at the movies, which is what costs. */
function fullestGenres(db: Db): { id: number; name: string }[] {
  return db
    .select({ id: genres.id, name: genres.name })
    .from(movieGenres)
    .innerJoin(genres, eq(genres.id, movieGenres.genreId))
    .groupBy(movieGenres.genreId)
    .orderBy(desc(count()), asc(genres.name))
    .limit(mostGenres)
    .all();
}

/**
 * The newest movies of each genre that are ready, in one statement. Each part walks the movies from
 * the newest and stops when its row is full, so that it does not grow with the library.
 */
function newestOf(db: Db, wanted: { id: number }[]): Map<number, string[]> {
  const found = new Map<number, string[]>();
  if (wanted.length === 0) return found;
  const parts = wanted.map(
    ({ id }) => sql`select * from (
      select ${id} as "genreId", movies.id from movies
      where binned_at is null and status = 'ready' and exists (
        select 1 from movie_genres where movie_id = movies.id and genre_id = ${id})
      order by added_at desc, num desc limit ${rowLength})`,
  );
  const rows = db.all<{ genreId: number; id: string }>(sql.join(parts, sql` union all `));
  for (const { genreId, id } of rows) {
    const ids = found.get(genreId);
    if (ids) ids.push(id);
    else found.set(genreId, [id]);
  }
  return found;
}

function idsOf(db: Db, query: SQL): string[] {
  return db.all<{ id: string }>(query).map(({ id }) => id);
}
