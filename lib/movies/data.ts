import {
  and,
  asc,
  between,
  count,
  desc,
  eq,
  exists,
  gt,
  inArray,
  isNull,
  ne,
  notInArray,
  type SQL,
  type SQLWrapper,
  sql,
} from "drizzle-orm";
import {
  credits,
  listEntries,
  movieGenres,
  movies,
  people,
  progress,
  timelineEvents,
  watched,
} from "@/db/schema";
import type { Db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { versionsOf } from "@/lib/versions/data";
import type { Page } from "@/lib/web/page-query";
import { cardsOf, picturesOf, type Reader } from "./cards";
import { peopleFoundBy } from "./found-by";
import { type FoundCard, type MovieListQuery, type MovieView, movieView } from "./schema";
import { searchMovies } from "./search";

const mostCast = 30;
/** The newest of a movie's events: a torrent that stalls for weeks may leave many. */
const mostEvents = 100;

/** A movie that is there and not in the bin, or a 404 in words. */
export function requireMovie(db: Db, id: string): void {
  const row = db
    .select({ id: movies.id })
    .from(movies)
    .where(and(eq(movies.id, id), isNull(movies.binnedAt)))
    .get();
  if (!row) throw new AppError("movie-unknown", { status: 404 });
}

/** A page of movies, and what was meant by a query that finds nothing as it is written. */
export type MoviePage = Page<FoundCard> & { didYouMean: string | null };

/**
 * A page of movies outside the bin. With a query and the default order the best match comes first;
 * with `list` and the default order what was put there, or watched, last. A handful of statements,
 * whatever the size of the page.
 */
export function listMovies(db: Db, query: MovieListQuery, reader: Reader): MoviePage {
  const { page, pageSize } = query;
  const offset = (page - 1) * pageSize;
  const asCards = (ids: string[]) =>
    cardsOf(db, ids, reader).map((card): FoundCard => ({ ...card, foundBy: null }));
  if (query.query) {
    const { ids, isMisspelt } = searched(db, query, query.query, reader);
    const items = asCards(ids.slice(offset, offset + pageSize));
    const found = { page, pageSize, total: ids.length };
    return { ...found, ...withReasons(db, items, query.query, isMisspelt && page === 1) };
  }
  const ids = selection(db, query, reader)
    .where(conditionOf(db, query, reader))
    .orderBy(...orderOf(query))
    .limit(pageSize)
    .offset(offset)
    .all()
    .map(({ id }) => id);
  const total = countMovies(db, query, reader);
  return { items: asCards(ids), page, pageSize, total, didYouMean: null };
}

/** How many movies such a list holds in all. */
export function countMovies(db: Db, query: MovieListQuery, reader: Reader): number {
  if (query.query) return searched(db, query, query.query, reader).ids.length;
  const { genre, list, quality, decade, watched: seen, status } = query;
  const isNarrowed = [list, quality, decade, seen].some((one) => one !== undefined);
  if (genre !== undefined && !isNarrowed && (status === undefined || status === "ready")) {
    return countOfGenre(db, genre, status === "ready");
  }
  const counted = db
    .select({ total: count() })
    .from(
      selection(db, query, reader)
        .where(conditionOf(db, query, reader))
        .as("selected"),
    )
    .get();
  return counted?.total ?? 0;
}

/**
 * A genre may hold most of the library: what is ready of it is counted in its index, and only the
 * rest is looked at.
 */
function countOfGenre(db: Db, genreId: number, isReady: boolean): number {
  const ready = sql`(select count(*) from movie_genres
    where genre_id = ${genreId} and shelved_at is not null)`;
  const others = sql`(select count(*) from movie_genres join movies on movies.id = movie_id
    where genre_id = ${genreId} and shelved_at is null and binned_at is null)`;
  const counted = db.get<{ total: number }>(
    isReady ? sql`select ${ready} as total` : sql`select ${ready} + ${others} as total`,
  );
  return counted?.total ?? 0;
}

/** From here on a genre is quicker found by walking an order than by sorting its movies. */
const walkedGenre = 500;

function isWalked(db: Db, genreId: number): boolean {
  const counted = db.get<{ total: number }>(sql`select count(*) as total from
    (select 1 from movie_genres where genre_id = ${genreId} limit ${walkedGenre})`);
  return counted?.total === walkedGenre;
}

/** What a search finds is short: its pages are cut by the caller, and nothing need be counted. */
function searched(db: Db, query: MovieListQuery, text: string, reader: Reader) {
  const { nums, isMisspelt } = searchMovies(db, text);
  const rows = selection(db, query, reader)
    .where(and(conditionOf(db, query, reader), inArray(movies.num, nums)))
    .orderBy(...orderOf(query))
    .all();
  if (query.sort === "added" && query.order === undefined) {
    const rank = new Map(nums.map((num, at) => [num, at]));
    rows.sort((a, b) => (rank.get(a.num) ?? 0) - (rank.get(b.num) ?? 0));
  }
  return { ids: rows.map(({ id }) => id), isMisspelt };
}

function withReasons(db: Db, items: FoundCard[], text: string, isMisspelt: boolean) {
  const people = peopleFoundBy(db, items, text);
  const told = items.map((card) => ({ ...card, foundBy: people.get(card.id) ?? null }));
  const best = told[0];
  return { items: told, didYouMean: isMisspelt && best ? (best.foundBy ?? best.title) : null };
}

/** Movies, or those of the caller's list, or those they can continue. */
function selection(db: Db, { list }: MovieListQuery, { userId }: Reader) {
  const select = db.select({ id: movies.id, num: movies.num }).from(movies).$dynamic();
  if (list === "mine") {
    const listed = and(eq(listEntries.movieId, movies.id), eq(listEntries.userId, userId));
    return select.innerJoin(listEntries, listed);
  }
  if (list === "continue") {
    const started = and(eq(progress.movieId, movies.id), eq(progress.userId, userId));
    return select.innerJoin(progress, and(started, gt(progress.positionSeconds, 0)));
  }
  return select;
}

function conditionOf(db: Db, query: MovieListQuery, { userId }: Reader): SQL | undefined {
  // Written out, since a partial index is taken only for its very condition.
  const conditions: SQL[] = [isNull(movies.binnedAt)];
  if (query.status === "unready") conditions.push(ne(movies.status, "ready"));
  else if (query.status) conditions.push(eq(movies.status, query.status));
  if (query.quality) conditions.push(eq(movies.bestQuality, query.quality));
  if (query.decade !== undefined) {
    conditions.push(between(movies.releaseYear, query.decade, query.decade + 9));
  }
  if (query.watched) {
    const seen = db.select({ id: watched.movieId }).from(watched).where(eq(watched.userId, userId));
    conditions.push(
      query.watched === "true" ? inArray(movies.id, seen) : notInArray(movies.id, seen),
    );
  }
  if (query.genre !== undefined) {
    const ofGenre = db
      .select({ id: movieGenres.movieId })
      .from(movieGenres)
      .where(eq(movieGenres.genreId, query.genre));
    const isOfGenre = and(eq(movieGenres.genreId, query.genre), eq(movieGenres.movieId, movies.id));
    conditions.push(
      isWalked(db, query.genre)
        ? exists(db.select({ id: movieGenres.movieId }).from(movieGenres).where(isOfGenre))
        : inArray(movies.id, ofGenre),
    );
  }
  return and(...conditions);
}

/** What has no date or score comes last in either direction. */
function orderOf({ sort, order, list }: MovieListQuery): SQL[] {
  const direction = (order ?? (sort === "title" ? "asc" : "desc")) === "asc" ? asc : desc;
  const added = { mine: listEntries.addedAt, continue: progress.updatedAt, all: movies.addedAt };
  const columns: Record<MovieListQuery["sort"], SQLWrapper> = {
    added: added[list ?? "all"],
    release: movies.releaseDate,
    rating: movies.score,
    title: movies.sortTitle,
  };
  const column = columns[sort];
  // Written so that an index can be walked: in descending order SQLite puts nulls last by itself.
  if (direction === desc) return [desc(column), desc(movies.num)];
  return [sql`${column} asc nulls last`, asc(movies.num)];
}

/** Everything that the page of one movie shows; null when it is not there or in the bin. */
export function movieOf(db: Db, id: string, reader: Reader): MovieView | null {
  const row = db
    .select()
    .from(movies)
    .where(and(eq(movies.id, id), isNull(movies.binnedAt)))
    .get();
  const card = row && cardsOf(db, [id], reader)[0];
  if (!card) return null;
  return {
    ...card,
    originalTitle: row.originalTitle,
    overview: row.overview,
    tagline: row.tagline,
    voteCount: row.voteCount,
    certification: row.certification,
    ...creditsOf(db, id),
    originalLanguage: row.originalLanguage,
    trailerUrl: row.trailerUrl,
    metadataDetail: row.metadataReason && reader.say(row.metadataReason),
    decision: row.decision === null ? null : movieView.shape.decision.parse(row.decision),
    versions: versionsOf(db, id, reader.say),
    timeline: timelineOf(db, id, reader),
  };
}

function creditsOf(db: Db, movieId: string): Pick<MovieView, "cast" | "directors" | "writers"> {
  const rows = db
    .select({
      kind: credits.kind,
      name: people.name,
      character: credits.character,
      imageId: people.imageId,
    })
    .from(credits)
    .innerJoin(people, eq(people.id, credits.personId))
    .where(eq(credits.movieId, movieId))
    .orderBy(asc(credits.position))
    .all();
  const cast = rows.filter((row) => row.kind === "cast").slice(0, mostCast);
  const pictures = picturesOf(
    db,
    cast.map((row) => row.imageId),
  );
  const crew = (kind: "director" | "writer") =>
    rows.filter((row) => row.kind === kind).map((row) => row.name);
  return {
    cast: cast.map(({ name, character, imageId }) => ({
      name,
      character,
      imageUrl: (imageId && pictures.get(imageId)?.url) || null,
    })),
    directors: crew("director"),
    writers: crew("writer"),
  };
}

function timelineOf(db: Db, movieId: string, { say }: Reader): MovieView["timeline"] {
  const events = db
    .select()
    .from(timelineEvents)
    .where(eq(timelineEvents.movieId, movieId))
    .orderBy(desc(timelineEvents.id))
    .limit(mostEvents)
    .all();
  return events.reverse().map(({ stage, at, state, reason }) => ({
    stage,
    at: at.toISOString(),
    state,
    detail: reason && say(reason),
  }));
}

const firstDecade = 1870;

/** Decades that movies outside the bin were released in, the latest first. One look each. */
export function listDecades(db: Db, now: Date): number[] {
  const decades: SQL[] = [];
  for (let decade = firstDecade; decade <= now.getUTCFullYear() + 9; decade += 10) {
    decades.push(sql`select ${decade} as decade where exists (select 1 from movies
      where binned_at is null and release_date >= ${String(decade)}
      and release_date < ${String(decade + 10)})`);
  }
  return db
    .all<{ decade: number }>(sql.join(decades, sql` union all `))
    .map(({ decade }) => decade)
    .reverse();
}

/** No genre is counted further: from here on they are all large, and go by name. */
const largeGenre = 200;

/**
 * Genres of movies outside the bin, those with the most movies that can be watched first. Looks at
 * no more than a few hundred rows for each, however large the library is.
 */
export function listGenres(db: Db): { id: number; name: string }[] {
  const watchable = sql`select count(*) from (select 1 from movie_genres
    where genre_id = genres.id and shelved_at is not null limit ${largeGenre})`;
  const inUse = sql`select 1 from movie_genres join movies on movies.id = movie_id
    where genre_id = genres.id and binned_at is null`;
  return db.all<{ id: number; name: string }>(
    sql`select id, name from genres where exists (${inUse}) order by (${watchable}) desc, name`,
  );
}
