import { sql } from "drizzle-orm";
import type { Db } from "@/lib/db";
import { binned, namesOf } from "./movie-sizes";
import type { Candidate, Candidates, CountedStorage } from "./schema";

const mostShown = 100;
const dayMs = 86_400_000;

interface Row extends Omit<Candidate, "at"> {
  at: number | null;
}

function toCandidates(rows: readonly Row[]): Candidates {
  const items = rows
    .toSorted((a, b) => b.sizeBytes - a.sizeBytes || (a.id < b.id ? -1 : 1))
    .map(({ at, ...row }) => ({ ...row, at: at === null ? null : new Date(at).toISOString() }));
  return {
    count: items.length,
    sizeBytes: items.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    items: items.slice(0, mostShown),
  };
}

/** Whoever has an account and ever watched something: nobody else is waited for. */
const whoWatch = sql`(select u.id from users u where u.disabled_at is null and u.role <> 'visitor'
  and (exists (select 1 from watched where user_id = u.id)
    or exists (select 1 from history where user_id = u.id)
    or exists (select 1 from progress where user_id = u.id)))`;

/** How many people watch here. */
function countWatchers(db: Db): number {
  return db.get<{ n: number }>(sql`select count(*) as n from ${whoWatch}`)?.n ?? 0;
}

interface Seen {
  movieId: string;
  at: number;
  sizeBytes: number;
}

/** Films that everybody who watches here has seen, the last of them so many days ago. */
export function watchedByAll(
  db: Db,
  { days, now, originals }: { days: number; now: Date; originals: ReadonlyMap<string, number> },
): Candidates & { people: number; days: number } {
  const people = countWatchers(db);
  const seen = db.all<Seen>(sql`
    with seen as materialized (
      select w.movie_id, max(w.watched_at) as at from watched w
      where w.user_id in ${whoWatch} and w.movie_id not in ${binned}
      group by w.movie_id
      having count(*) = ${people} and max(w.watched_at) <= ${now.getTime() - days * dayMs})
    select seen.movie_id as "movieId", at, coalesce(sum(v.size_bytes), 0) as "sizeBytes"
    from seen left join versions v on v.movie_id = seen.movie_id and v.id not in ${binned}
    group by seen.movie_id`);
  const whole = seen
    .map((row) => ({ ...row, sizeBytes: row.sizeBytes + (originals.get(row.movieId) ?? 0) }))
    .sort((a, b) => b.sizeBytes - a.sizeBytes || (a.movieId < b.movieId ? -1 : 1));
  const shown = whole.slice(0, mostShown);
  const names = namesOf(
    db,
    shown.map(({ movieId }) => movieId),
  );
  const items = shown.map(({ movieId, at, sizeBytes }) => ({
    ...{ id: movieId, movieId, sizeBytes, at: new Date(at).toISOString() },
    ...(names.get(movieId) ?? { title: "", year: null }),
  }));
  const sizeBytes = whole.reduce((sum, row) => sum + row.sizeBytes, 0);
  return { count: whole.length, sizeBytes, items, people, days };
}

/** Smaller versions that were made for phones, of films that have another one. */
export function smallerVersions(db: Db): Candidates {
  return toCandidates(
    db.all<Row>(sql`
      select v.id, m.id as "movieId", m.title, m.release_year as year,
        v.size_bytes as "sizeBytes", v.published_at as at
      from versions v join movies m on m.id = v.movie_id
      where v.source_kind = 'smaller' and v.status = 'ready' and v.size_bytes is not null
        and v.movie_id not in ${binned} and v.id not in ${binned}
        and exists (select 1 from versions o where o.movie_id = v.movie_id and o.id <> v.id
          and o.status = 'ready' and o.source_kind <> 'smaller' and o.id not in ${binned})`),
  );
}

export interface SeedingLimits {
  ratio: number | null;
  days: number | null;
}

/** What a rounded ratio may be below the limit that stopped it. */
const almost = 0.005;

/**
 * What was downloaded, whose film plays from a file of its own, and whose sharing is over: qBittorrent
 * stopped it at a limit, or it was taken away there.
 */
export function spentOriginals(
  db: Db,
  args: { counted: CountedStorage | null; limits: SeedingLimits; now: Date },
): Candidates {
  const sizes = new Map(args.counted?.originals.map((one) => [one.downloadId, one.sizeBytes]));
  const { ratio, days } = args.limits;
  const rows = db.all<Row & { state: string; ratio: number; code: string | null }>(sql`
    select d.id, m.id as "movieId", m.title, m.release_year as year, d.completed_at as at,
      d.state, d.ratio, json_extract(d.reason, '$.code') as code
    from downloads d join versions v on v.id = d.version_id join movies m on m.id = d.movie_id
    where d.completed_at is not null and v.status = 'ready'
      and v.movie_id not in ${binned} and v.id not in ${binned}
      and d.id in (select value from json_each(${JSON.stringify([...sizes.keys()])}))`);
  const isOver = (row: (typeof rows)[number]) => {
    if (row.code === "torrent-gone-after") return true;
    if (row.state !== "paused") return false;
    const byRatio = ratio !== null && row.ratio >= ratio - almost;
    const byTime = days !== null && args.now.getTime() - (row.at ?? 0) >= days * dayMs;
    return byRatio || byTime;
  };
  const over = rows.filter(isOver).map(({ state: _, ratio: __, code: ___, ...row }) => ({
    ...row,
    sizeBytes: sizes.get(row.id) ?? 0,
  }));
  return toCandidates(over);
}
