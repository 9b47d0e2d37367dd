import { and, eq, inArray, isNull, ne, type SQL, sql } from "drizzle-orm";
import { credits, movieGenres, movies } from "@/db/schema";
import type { Db } from "@/lib/db";
import { cardsOf, type Reader } from "./cards";
import type { MovieCard } from "./schema";

/** So many are looked at from each of the places where a similar movie may stand. */
const mostByPeople = 120;
const mostByYear = 60;
const mostByScore = 80;
const mostByGenre = 60;
/** Of the cast, those whose names stand on a poster. */
const mostBilled = 8;

/** How much each thing that two movies share is worth. */
const worth = {
  genres: 5,
  director: 3,
  writer: 1.5,
  cast: 1.2,
  mostPeople: 6,
  year: 1,
  score: 1.5,
};
/** So far apart two movies are of different times. */
const yearsApart = 20;
/** What TMDB has no votes for is neither good nor bad. */
const middlingScore = 6;

interface Candidate {
  id: string;
  num: number;
  releaseYear: number | null;
  score: number | null;
  sharedGenres: number;
  allGenres: number;
}

/**
 * Movies that are like another one and ready to be played, the most alike first: by genres and
 * people that they share, then by how near in time and how good they are. What shares neither genre
 * nor person is not alike. Looks at a few hundred movies by way of indexes, however large the
 * library is.
 */
export function similarMovies(db: Db, movieId: string, reader: Reader, limit: number): MovieCard[] {
  const movie = db
    .select({ releaseDate: movies.releaseDate, releaseYear: movies.releaseYear })
    .from(movies)
    .where(and(eq(movies.id, movieId), isNull(movies.binnedAt)))
    .get();
  if (!movie) return [];
  const genreIds = db
    .select({ id: movieGenres.genreId })
    .from(movieGenres)
    .where(eq(movieGenres.movieId, movieId))
    .all()
    .map(({ id }) => id);
  const people = sharedPeople(db, movieId);
  const candidates = candidatesOf(db, movieId, {
    genreIds,
    withPeople: [...people.keys()],
    releaseDate: movie.releaseDate,
  });
  const ranked = candidates
    .map((candidate) => ({
      ...candidate,
      alike: alikeness(candidate, {
        genreCount: genreIds.length,
        releaseYear: movie.releaseYear,
        people: people.get(candidate.id) ?? 0,
      }),
    }))
    .filter(({ alike }) => alike > 0)
    .sort((a, b) => b.alike - a.alike || a.num - b.num);
  return cardsOf(
    db,
    ranked.slice(0, limit).map(({ id }) => id),
    reader,
  );
}

function alikeness(
  candidate: Candidate,
  movie: { genreCount: number; releaseYear: number | null; people: number },
): number {
  const { sharedGenres, allGenres, releaseYear, score } = candidate;
  if (sharedGenres === 0 && movie.people === 0) return 0;
  const anyGenres = movie.genreCount + allGenres - sharedGenres;
  const genreShare = anyGenres > 0 ? sharedGenres / anyGenres : 0;
  const apart =
    releaseYear === null || movie.releaseYear === null
      ? yearsApart
      : Math.abs(releaseYear - movie.releaseYear);
  return (
    worth.genres * genreShare +
    Math.min(movie.people, worth.mostPeople) +
    worth.year * Math.max(0, 1 - apart / yearsApart) +
    (worth.score * (score ?? middlingScore)) / 10
  );
}

/** Movies with people of this one, and what those they share are worth. */
function sharedPeople(db: Db, movieId: string): Map<string, number> {
  const rows = db.all<{ id: string; worth: number }>(
    sql`select theirs.movie_id as id, sum(case theirs.kind when 'director' then ${worth.director}
        when 'writer' then ${worth.writer} else ${worth.cast} end) as worth
      from ${credits} as ours join ${credits} as theirs
        on theirs.person_id = ours.person_id and theirs.kind = ours.kind
      where ours.movie_id = ${movieId} and theirs.movie_id <> ${movieId}
        and (ours.kind <> 'cast' or ours.position < ${mostBilled})
      group by theirs.movie_id order by worth desc limit ${mostByPeople}`,
  );
  return new Map(rows.map((row) => [row.id, row.worth]));
}

/** Those worth a closer look: by people, of the same time, well liked, and some of each genre. */
function candidatesOf(
  db: Db,
  movieId: string,
  by: { genreIds: number[]; withPeople: string[]; releaseDate: string | null },
): Candidate[] {
  const ready = sql`binned_at is null and status = 'ready'`;
  const parts: SQL[] = [];
  if (by.withPeople.length > 0) {
    parts.push(sql`select id from movies where ${inArray(movies.id, by.withPeople)}`);
  }
  if (by.genreIds.length > 0) {
    parts.push(
      sql`select id from movies where ${ready} and score is not null
        order by score desc limit ${mostByScore}`,
      ...by.genreIds.map(
        (id) => sql`select movie_id as id from movie_genres where genre_id = ${id}
          limit ${mostByGenre}`,
      ),
    );
    if (by.releaseDate !== null) {
      parts.push(
        sql`select id from movies where ${ready} and release_date <= ${by.releaseDate}
          order by release_date desc limit ${mostByYear}`,
        sql`select id from movies where ${ready} and release_date >= ${by.releaseDate}
          order by release_date limit ${mostByYear}`,
      );
    }
  }
  if (parts.length === 0) return [];
  const found = sql.join(
    parts.map((part) => sql`select id from (${part})`),
    sql` union `,
  );
  const shared =
    by.genreIds.length > 0
      ? sql`(select count(*) from movie_genres where movie_id = movies.id
          and ${inArray(sql`genre_id`, by.genreIds)})`
      : sql`0`;
  return db.all<Candidate>(
    sql`select movies.id, movies.num, release_year as "releaseYear", score,
        ${shared} as "sharedGenres",
        (select count(*) from movie_genres where movie_id = movies.id) as "allGenres"
      from (${found}) as found cross join movies on movies.id = found.id
      where ${ready} and ${ne(movies.id, movieId)}`,
  );
}
