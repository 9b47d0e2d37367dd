import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/lib/db";
import { cardsOf, type Reader } from "@/lib/movies/cards";
import type { EditableField } from "@/lib/movies/edits";
import { searchMovies } from "@/lib/movies/search";
import { languageFit } from "@/lib/subtitles/language";
import type { Page } from "@/lib/web/page-query";
import type { LibraryQuery, LibraryRow } from "./schema";

/** As it stands in the partial index of what films can be read in. */
const canBeRead = sql`s.reason is null and s.forced = 0`;
const isShown = sql`v.id not in (select subject_id from bin_entries)`;
const list = (values: readonly (string | number)[]) =>
  sql`(select value from json_each(${JSON.stringify(values)}))`;

/** The languages in use that serve a wanted one. */
function servingLanguages(db: Db, wanted: string): string[] {
  return db
    .all<{ language: string }>(sql`select distinct s.language from subtitles s where ${canBeRead}`)
    .map(({ language }) => language)
    .filter((language) => languageFit(wanted, language) > 0);
}

function conditionOf(db: Db, query: LibraryQuery, found: readonly number[] | null): SQL {
  // Written out, since a partial index is taken only for its very condition.
  const conditions = [sql`movies.binned_at is null`];
  if (found) conditions.push(sql`movies.num in ${list(found)}`);
  if (query.status === "unready") conditions.push(sql`movies.status <> 'ready'`);
  else if (query.status) conditions.push(sql`movies.status = ${query.status}`);
  if (query.quality) conditions.push(sql`movies.best_quality = ${query.quality}`);
  if (query.match === "none") conditions.push(sql`movies.tmdb_id is null`);
  if (query.without) {
    const serving = list(servingLanguages(db, query.without));
    conditions.push(sql`movies.status = 'ready' and not exists (
      select 1 from versions v join subtitles s on s.version_id = v.id
      where v.movie_id = movies.id and v.status = 'ready' and ${isShown}
      and ${canBeRead} and s.language in ${serving})`);
  }
  if (query.watched === "never") {
    conditions.push(sql`movies.id not in (select movie_id from watched)
      and movies.id not in (select movie_id from history)`);
  }
  return sql.join(conditions, sql` and `);
}

/** Written so that an index can be walked: in descending order SQLite puts nulls last by itself. */
function orderOf({ sort, order }: LibraryQuery): SQL {
  const isAscending = (order ?? (sort === "title" ? "asc" : "desc")) === "asc";
  const column = {
    added: sql`movies.added_at`,
    title: sql`movies.sort_title`,
    release: sql`movies.release_date`,
    size: sql`coalesce(sizes.bytes, 0)`,
  }[sort];
  return isAscending
    ? sql`${column} asc nulls last, movies.num asc`
    : sql`${column} desc, movies.num desc`;
}

/** Of all movies at once: they are ordered by it. */
const sizes = sql`left join (
  select v.movie_id, sum(v.size_bytes) as bytes from versions v where ${isShown} group by v.movie_id
) sizes on sizes.movie_id = movies.id`;

interface Selected {
  id: string;
  num: number;
  total: number;
}

/** With words and the order that nobody chose, the best match comes first. */
const isRanked = ({ query, sort, order }: LibraryQuery) =>
  query !== undefined && sort === "added" && order === undefined;

function selectedRows(db: Db, query: LibraryQuery, cut: SQL): Selected[] {
  const found = query.query ? searchMovies(db, query.query).nums : null;
  const rows = db.all<Selected>(sql`
    select movies.id, movies.num, count(*) over () as total
    from movies ${query.sort === "size" ? sizes : sql``}
    where ${conditionOf(db, query, found)} order by ${orderOf(query)} ${cut}`);
  if (found === null || !isRanked(query)) return rows;
  const rank = new Map(found.map((num, at) => [num, at]));
  return rows.sort((a, b) => (rank.get(a.num) ?? 0) - (rank.get(b.num) ?? 0));
}

/** Ids of all movies that fit, in the order of the table. */
export function libraryIds(db: Db, query: LibraryQuery): string[] {
  return selectedRows(db, query, sql``).map(({ id }) => id);
}

/** Those of a page, and how many there are in all: what fits is looked for once. */
function pageOfIds(db: Db, query: LibraryQuery): { ids: string[]; total: number } {
  const { page, pageSize } = query;
  const offset = (page - 1) * pageSize;
  const rows = isRanked(query)
    ? []
    : selectedRows(db, query, sql`limit ${pageSize} offset ${offset}`);
  const [first] = rows;
  if (first) return { ids: rows.map(({ id }) => id), total: first.total };
  if (!isRanked(query) && offset === 0) return { ids: [], total: 0 };
  // What a search found is short; and beyond the last page nothing tells how many there are.
  const all = libraryIds(db, query);
  return { ids: all.slice(offset, offset + pageSize), total: all.length };
}

/** A page of the table of all movies outside the bin. */
export function listLibrary(
  db: Db,
  query: LibraryQuery,
  { reader, wantedLanguages }: { reader: Reader; wantedLanguages: readonly string[] },
): Page<LibraryRow> {
  const { page, pageSize } = query;
  const { ids, total } = pageOfIds(db, query);
  const facts = factsOf(db, ids);
  const languages = languagesOf(db, ids);
  const watchers = watchersOf(db, ids);
  const items = cardsOf(db, ids, reader).map((card): LibraryRow => {
    const own = facts.get(card.id);
    const spoken = languages.get(card.id) ?? [];
    const isMissing = (wanted: string) => !spoken.some((one) => languageFit(wanted, one) > 0);
    const { id, title, tmdbId, poster, addedAt, status, statusDetail, quality } = card;
    return {
      ...{ id, title, tmdbId, poster, addedAt, status, statusDetail, quality },
      year: own?.year ?? null,
      sizeBytes: own?.sizeBytes ?? 0,
      versions: own?.versions ?? 0,
      languages: spoken,
      missing: status === "ready" ? wantedLanguages.filter(isMissing) : [],
      watchedBy: watchers.get(id) ?? [],
      edited: own?.edited ?? [],
    };
  });
  return { items, page, pageSize, total };
}

interface Facts {
  year: number | null;
  sizeBytes: number;
  versions: number;
  edited: EditableField[];
}

function factsOf(db: Db, ids: readonly string[]): Map<string, Facts> {
  const rows = db.all<{
    id: string;
    year: number | null;
    sizeBytes: number | null;
    versions: number;
    title: number | null;
    ownYear: number | null;
    poster: number | null;
  }>(sql`
    select movies.id, movies.release_year as year,
      sum(v.size_bytes) as "sizeBytes", count(v.id) as versions,
      max(e.title is not null) as title, max(e.release_year is not null) as "ownYear",
      max(e.poster_id is not null) as poster
    from movies left join versions v on v.movie_id = movies.id and ${isShown}
    left join movie_edits e on e.movie_id = movies.id
    where movies.id in ${list(ids)} group by movies.id`);
  return new Map(
    rows.map(({ id, title, ownYear, poster, sizeBytes, ...row }) => {
      const isEdited = { title, year: ownYear, poster };
      const edited = (["title", "year", "poster"] as const).filter((field) => isEdited[field]);
      return [id, { ...row, sizeBytes: sizeBytes ?? 0, edited }];
    }),
  );
}

/** Adds to a list of a map. */
function push(map: Map<string, string[]>, key: string, value: string): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}

function languagesOf(db: Db, ids: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const rows = db.all<{ movieId: string; language: string }>(sql`
    select distinct v.movie_id as "movieId", s.language from versions v
    join subtitles s on s.version_id = v.id
    where v.movie_id in ${list(ids)} and v.status = 'ready' and ${isShown} and ${canBeRead}
    order by s.language`);
  for (const { movieId, language } of rows) push(found, movieId, language);
  return found;
}

function watchersOf(db: Db, ids: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const rows = db.all<{ movieId: string; username: string }>(sql`
    select w.movie_id as "movieId", u.username from watched w join users u on u.id = w.user_id
    where w.movie_id in ${list(ids)} and u.role <> 'visitor' order by w.watched_at`);
  for (const { movieId, username } of rows) push(found, movieId, username);
  return found;
}
