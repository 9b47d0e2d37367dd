import { sql } from "drizzle-orm";
import type { Db } from "@/lib/db";
import type { MovieSize } from "./schema";

/** Ids of movies and versions in the bin, to be held against either. */
export const binned = sql`(select subject_id from bin_entries)`;

const mostLargest = 10;

/** Titles and years of movies, by id. */
export function namesOf(
  db: Db,
  ids: readonly string[],
): Map<string, Pick<MovieSize, "title" | "year">> {
  const rows = db.all<Omit<MovieSize, "sizeBytes">>(sql`
    select id as "movieId", title, release_year as year from movies
    where id in (select value from json_each(${JSON.stringify(ids)}))`);
  return new Map(rows.map(({ movieId, ...names }) => [movieId, names]));
}

interface Sum {
  movieId: string;
  sizeBytes: number | null;
}

/**
 * The movies that take most, with what was downloaded for them.
 *
 * @param originals what that takes, by movie.
 */
export function largestMovies(db: Db, originals: ReadonlyMap<string, number>): MovieSize[] {
  const sums = sql`select v.movie_id as "movieId", sum(v.size_bytes) as "sizeBytes" from versions v
    where v.movie_id not in ${binned} and v.id not in ${binned}`;
  const played = db.all<Sum>(sql`${sums} group by v.movie_id order by 2 desc limit ${mostLargest}`);
  // A small film whose large original is kept is among the largest, too.
  const kept = [...originals].sort((a, b) => b[1] - a[1]).slice(0, mostLargest);
  const ids = JSON.stringify(kept.map(([id]) => id));
  const others = db.all<Sum>(
    sql`${sums} and v.movie_id in (select value from json_each(${ids})) group by v.movie_id`,
  );
  const rows = new Map([...played, ...others].map((row) => [row.movieId, row.sizeBytes ?? 0]));
  const largest = [...rows]
    .map(([movieId, bytes]) => ({ movieId, sizeBytes: bytes + (originals.get(movieId) ?? 0) }))
    .filter(({ sizeBytes }) => sizeBytes > 0)
    .sort((a, b) => b.sizeBytes - a.sizeBytes)
    .slice(0, mostLargest);
  const names = namesOf(
    db,
    largest.map(({ movieId }) => movieId),
  );
  return largest.flatMap((row) => {
    const named = names.get(row.movieId);
    return named ? [{ ...row, ...named }] : [];
  });
}
