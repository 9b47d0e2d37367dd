import {
  and,
  asc,
  count,
  desc,
  eq,
  gt,
  inArray,
  isNull,
  type SQL,
  type SQLWrapper,
  sql,
} from "drizzle-orm";
import {
  credits,
  genres,
  listEntries,
  movieGenres,
  movies,
  people,
  progress,
  timelineEvents,
} from "@/db/schema";
import type { Db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { versionsOf } from "@/lib/versions/data";
import type { Page } from "@/lib/web/page-query";
import { cardsOf, picturesOf, type Reader } from "./cards";
import { type MovieCard, type MovieListQuery, type MovieView, movieView } from "./schema";
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

/**
 * A page of movies outside the bin. With a query and the default order the best match comes first;
 * with `list` and the default order what was put there, or watched, last. At most eight
 * statements, whatever the size of the page.
 */
export function listMovies(db: Db, query: MovieListQuery, reader: Reader): Page<MovieCard> {
  const { page, pageSize, sort } = query;
  const matches = query.query ? searchMovies(db, query.query) : null;
  const where = and(isNull(movies.binnedAt), ...conditionsOf(db, query));
  const offset = (page - 1) * pageSize;
  if (matches) {
    // What a search finds is short: its page is cut here, and nothing need be counted.
    const rows = selection(db, query, reader)
      .where(and(where, inArray(movies.num, matches)))
      .orderBy(...orderOf(query))
      .all();
    if (sort === "added" && query.order === undefined) {
      const rank = new Map(matches.map((num, at) => [num, at]));
      rows.sort((a, b) => (rank.get(a.num) ?? 0) - (rank.get(b.num) ?? 0));
    }
    const ids = rows.slice(offset, offset + pageSize).map(({ id }) => id);
    return { items: cardsOf(db, ids, reader), page, pageSize, total: rows.length };
  }
  const ids = selection(db, query, reader)
    .where(where)
    .orderBy(...orderOf(query))
    .limit(pageSize)
    .offset(offset)
    .all()
    .map(({ id }) => id);
  const counted = db
    .select({ total: count() })
    .from(selection(db, query, reader).where(where).as("selected"))
    .get();
  return { items: cardsOf(db, ids, reader), page, pageSize, total: counted?.total ?? 0 };
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

function conditionsOf(db: Db, query: MovieListQuery): SQL[] {
  const conditions: SQL[] = [];
  if (query.status) conditions.push(eq(movies.status, query.status));
  if (query.genre !== undefined) {
    const ofGenre = db
      .select({ id: movieGenres.movieId })
      .from(movieGenres)
      .where(eq(movieGenres.genreId, query.genre));
    conditions.push(inArray(movies.id, ofGenre));
  }
  return conditions;
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

/** Genres that movies outside the bin have, the most frequent first. */
export function listGenres(db: Db): { id: number; name: string; movies: number }[] {
  return db
    .select({ id: genres.id, name: genres.name, movies: count() })
    .from(genres)
    .innerJoin(movieGenres, eq(movieGenres.genreId, genres.id))
    .innerJoin(movies, and(eq(movies.id, movieGenres.movieId), isNull(movies.binnedAt)))
    .groupBy(genres.id)
    .orderBy(desc(count()), asc(genres.name))
    .all();
}
