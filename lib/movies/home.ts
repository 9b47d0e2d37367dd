import { and, desc, eq, gt, isNull, type SQL, sql } from "drizzle-orm";
import { listEntries, movies, progress } from "@/db/schema";
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
  const genreRows = db.all<{ genreId: number; name: string; id: string }>(sql`
    select genre_id as "genreId", name, id from (
      select movie_genres.genre_id, genres.name, movies.id,
        row_number() over (
          partition by movie_genres.genre_id order by movies.added_at desc, movies.num desc
        ) as place,
        count(*) over (partition by movie_genres.genre_id) as total
      from movie_genres
        join movies on movies.id = movie_genres.movie_id
        join genres on genres.id = movie_genres.genre_id
      where movies.binned_at is null and movies.status = 'ready'
    ) where place <= ${rowLength} order by total desc, name, place`);

  const byGenre = new Map<number, { name: string; ids: string[] }>();
  for (const { genreId, name, id } of genreRows) {
    const genre = byGenre.get(genreId);
    if (genre) genre.ids.push(id);
    else if (byGenre.size < mostGenres) byGenre.set(genreId, { name, ids: [id] });
  }
  const inGenres = [...byGenre.values()].flatMap(({ ids }) => ids);
  const all = [...new Set([...started, ...listed, ...recent, ...inGenres])];
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
    byGenre: [...byGenre].map(([id, { name, ids }]) => ({
      genre: { id, name },
      movies: pick(ids),
    })),
  };
}

function idsOf(db: Db, query: SQL): string[] {
  return db.all<{ id: string }>(query).map(({ id }) => id);
}
