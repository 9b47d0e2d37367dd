import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { openDatabase } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import type { Connection } from "@/lib/db";
import { createFirstAdmin } from "@/lib/users/mutations";
import { hashPassword } from "@/lib/users/password";
import { viewer } from "./viewer";

const first =
  "Amber Silent Northern Broken Golden Hidden Distant Hollow Velvet Crimson Paper Winter Electric Quiet Burning Wooden Second Blue Lonely Restless Foreign Gentle Iron Last Early";
const second =
  "Lantern River Harbour Garden Theatre Orchard Station Mirror Bridge Summer Kitchen Island Engine Letter Window Passenger Winter Circus Mountain Evening";
const third =
  "Varna Tromso Lisbon Kyoto Oulu Cadiz Trieste Bergen Ankara Quito Galway Split Tartu Matera Ghent Porto Zadar Turku Nantes Lviv";
const genreNames =
  "Drama Comedy Thriller Romance Adventure Crime Fantasy Mystery Animation Documentary Horror Western";

/** Searches of a library: all three find (or miss) the same film in every size of it. */
export const searches = {
  hit: "silent lantern varna",
  misspelt: "silnet lantren varna",
  nothing: "zzqxv",
} as const;

/** A genre that two movies of three have. */
export const commonGenreId = 1;

/** The id of the movie with a number, as the statements below write it. */
export const movieIdOf = (number: number) => number.toString(16).padStart(16, "0");

const json = (words: string) => `'${JSON.stringify(words.split(" "))}'`;
const pick = (words: string, place: string) => `(${json(words)} ->> (${place}))`;

/**
 * Everything that pages read, made by SQLite itself. Of ten movies nine are ready; each has two
 * pictures, four genres, twelve people, and a version. The viewer has begun 30, listed 60, seen a
 * tenth of all, and a history of 200 sittings.
 */
function statements(count: number, userId: string, nowMs: number): string[] {
  const numbers = `with recursive numbers(i) as (select 1 union all select i + 1 from numbers where i < ${count})`;
  const repeated = (times: number) =>
    `${numbers}, places(place) as (select 0 union all select place + 1 from places where place < ${times - 1})`;
  const id = (number: string) => `printf('%016x', ${number})`;
  const at = (number: string) => `${nowMs} - (${number}) * 60000`;
  const title = `${pick(first, "i % 25")} || ' ' || ${pick(second, "i / 25 % 20")} || ' of ' || ${pick(third, "i / 500 % 20")}`;
  const some = Math.min(count, 60);
  return [
    ...genreNames
      .split(" ")
      .map((name, at) => `insert into genres (id, name) values (${at + 1}, '${name}')`),
    `${numbers} insert into images (id, kind, source_path, widths, width, height, color, created_at)
      select ${id("i")}, 'poster', '/p' || i, '[185,342,500]', 500, 750, printf('#%06x', i * 977 % 16777216), ${nowMs} from numbers`,
    `${numbers} insert into images (id, kind, source_path, widths, width, height, color, created_at)
      select ${id(`i + ${count}`)}, 'backdrop', '/b' || i, '[780,1280]', 1280, 720, '#223344', ${nowMs} from numbers`,
    `${numbers} insert into movies (id, tmdb_id, title, sort_title, overview, tagline, release_date, release_year,
        runtime_minutes, score, vote_count, certification, poster_id, backdrop_id, people_text, status,
        metadata_state, added_at, updated_at)
      select ${id("i")}, i, ${title}, lower(${title}),
        'A keeper of lights and a stranger who mends clocks spend one winter in a town that the map forgot, and learn what the sea keeps (' || i || ').',
        'Every light is an answer.', (1950 + i % 75) || '-0' || (1 + i % 9) || '-11', 1950 + i % 75,
        80 + i % 70, 4 + i % 50 / 10.0, i % 9000, 'PG-13', ${id("i")}, ${id(`i + ${count}`)},
        'Person ' || (i % 3000) || ' Person ' || (i % 2999),
        case i % 30 when 3 then 'downloading' when 13 then 'processing' when 23 then 'failed' else 'ready' end,
        'complete', ${at(`${count} - i`)}, ${at(`${count} - i`)} from numbers`,
    `${repeated(4)} insert or ignore into movie_genres (movie_id, genre_id, position)
      select ${id("i")}, case when place = 0 and i % 3 <> 0 then ${commonGenreId} else 2 + (i + place * 3) % 11 end, place from numbers, places`,
    `with recursive people(i) as (select 1 union all select i + 1 from people where i < 3000)
      insert into people (id, name) select i, 'Person ' || i from people`,
    `${repeated(12)} insert or ignore into credits (movie_id, person_id, kind, character, position)
      select ${id("i")}, 1 + (i * 13 + place * 251) % 3000, case place when 0 then 'director' else 'cast' end, 'Character ' || place, place from numbers, places`,
    `${numbers} insert into versions (id, movie_id, status, source_kind, release_name, folder, file_name, width, height,
        duration_seconds, size_bytes, container, video_codec, codecs, published_at, created_at, updated_at)
      select ${id("i")}, ${id("i")}, 'ready', 'torrent', 'Film.' || i || '.1080p', ${id("i")}, ${id(`i + ${count}`)}, 1920, 1080,
        5400, 2000000000, 'mp4', 'h264', 'avc1.640028,mp4a.40.2', ${nowMs}, ${nowMs}, ${nowMs}
      from numbers where i % 30 not in (3, 13, 23)`,
    `insert into progress (user_id, movie_id, position_seconds, duration_seconds, updated_at)
      select '${userId}', id, 600, 5400, ${at("num")} from movies where status = 'ready' order by num limit 30`,
    `insert into list_entries (user_id, movie_id, added_at)
      select '${userId}', id, ${at("num")} from movies order by num limit ${some}`,
    `insert into watched (user_id, movie_id, watched_at)
      select '${userId}', id, ${at("num")} from movies where num % 10 = 5`,
    `${numbers} insert into history (user_id, movie_id, started_at, last_watched_at, position_seconds, finished)
      select '${userId}', ${id(`1 + i % ${some}`)}, ${at("i * 60")}, ${at("i * 60 - 30")}, 600, 0 from numbers limit 200`,
  ];
}

function fill(db: Connection, count: number, userId: string, nowMs: number): void {
  db.$client.transaction(() => {
    for (const statement of statements(count, userId, nowMs)) db.$client.exec(statement);
  })();
}

/** Makes a data folder with a library of a size, in which nobody has looked at anything yet. */
export async function libraryOfSize(dataDir: string, count: number): Promise<void> {
  mkdirSync(dataDir, { recursive: true });
  const databasePath = join(dataDir, "vigilio.db");
  const now = new Date();
  migrateDatabase({
    databasePath,
    migrationsDir: "db/migrations",
  });
  const db = openDatabase(databasePath);
  try {
    const passwordHash = await hashPassword(viewer.password);
    const { id } = createFirstAdmin(db, { username: viewer.username, passwordHash, now });
    fill(db, count, id, now.getTime());
  } finally {
    db.$client.close();
  }
}
