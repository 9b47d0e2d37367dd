import { and, desc, eq, gt, isNull, type SQL, sql } from "drizzle-orm";
import { listEntries, movies, progress } from "@/db/schema";
import type { Db } from "@/lib/db";
import { cardsOf, type Reader } from "./cards";
import { listGenres } from "./data";
import type { MovieCard } from "./schema";

const rowLength = 20;
const genreRowLength = 12;
const mostGenres = 12;
/** A row of one or two says nothing about a genre. */
const leastOfGenre = 3;

export interface HomeRows {
  /** The movie to continue, else the newest that is ready, else the newest. */
  hero: MovieCard | null;
  continueWatching: MovieCard[];
  myList: MovieCard[];
  recentlyAdded: MovieCard[];
  topRated: MovieCard[];
  byGenre: { genre: { id: number; name: string }; movies: MovieCard[] }[];
}

/**
 * The rows of the home page, at most 20 cards each and 12 of a genre; by score and by genre only what is ready to be
 * played, the fullest genres first. As many statements, and as many rows looked at, for a library
 * of ten thousand as for one of a hundred: each row is the beginning of an index, and a movie that
 * stands in several is read once.
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
  const best = idsOf(
    db,
    sql`select id from ${movies} where binned_at is null and status = 'ready' and score > 0
      order by score desc, num desc limit ${rowLength}`,
  );
  const fullest = listGenres(db).slice(0, mostGenres);
  const byGenre = newestOf(db, fullest);
  const all = [...new Set([started, listed, recent, best, ...byGenre.values()].flat())];
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
    topRated: pick(best),
    byGenre: fullest.flatMap((genre) => {
      const ids = byGenre.get(genre.id) ?? [];
      return ids.length >= leastOfGenre ? [{ genre, movies: pick(ids) }] : [];
    }),
  };
}

/** The newest movies of each genre that are ready, in one statement. */
function newestOf(db: Db, wanted: { id: number }[]): Map<number, string[]> {
  const found = new Map<number, string[]>();
  if (wanted.length === 0) return found;
  const parts = wanted.map(
    ({ id }) => sql`select * from (
      select genre_id as "genreId", movie_id as id from movie_genres
      where genre_id = ${id} and shelved_at is not null
      order by shelved_at desc, movie_id desc limit ${genreRowLength})`,
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
