import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openDatabase } from "@/db/client";
import type { Connection } from "@/lib/db";
import type { MovingTorrent } from "./manage-qbittorrent";
import { libraryOfSize } from "./pages-library";

export const jobCount = 10_000;
export const torrentCount = 200;
const movieCount = 2000;
/** Written once the server has started, which takes back what a dead one left running. */
const runningCount = 5;

const kinds =
  "fetch-metadata start-download prepare-download import make-playable publish find-subtitles make-previews";

/** Of a hundred jobs, as after a busy week: what is to come is due in a month, so that none runs. */
const statusOf = `case when i % 100 < 78 then 'succeeded' when i % 100 < 84 then 'failed'
  when i % 100 < 87 then 'cancelled' when i % 100 < 95 then 'queued' else 'waiting' end`;

function statements(dataDir: string, nowMs: number): string[] {
  const numbers = (count: number) =>
    `with recursive numbers(i) as (select 1 union all select i + 1 from numbers where i < ${count})`;
  const id = (number: string) => `printf('%016x', ${number})`;
  const kind = `('${JSON.stringify(kinds.split(" "))}' ->> (i % 8))`;
  const isOver = "i % 100 < 87";
  const unready = `(select id, row_number() over (order by num) as i from movies where status <> 'ready' limit ${torrentCount})`;
  return [
    // Nothing that the clock would begin by itself.
    `update versions set preview_tried_at = ${nowMs}, chapters_read_at = ${nowMs}`,
    `update movies set status = 'downloading', reason = null where status <> 'ready'`,
    `insert into versions (id, movie_id, status, source_kind, release_name, folder, file_name, created_at, updated_at)
      select ${id("1000000 + i")}, id, 'downloading', 'torrent', 'Film.' || i || '.2160p.Remux', ${id("1000000 + i")}, ${id("2000000 + i")}, ${nowMs}, ${nowMs} from ${unready}`,
    `insert into downloads (id, movie_id, version_id, tag, info_hash_v1, client_hash, name, state, progress, size_bytes,
        files, save_path, added_at, started_at, updated_at)
      select ${id("i")}, id, ${id("1000000 + i")}, 'vigilio-' || ${id("i")}, printf('%040x', i), printf('%040x', i),
        'Film.' || i || '.2160p.Remux', 'downloading', 0, 8000000000,
        '[{"index":0,"path":"film.mkv","sizeBytes":8000000000,"role":"feature"}]',
        '${dataDir}/downloads/' || ${id("i")}, ${nowMs} - i * 1000, ${nowMs}, ${nowMs} from ${unready}`,
    `insert into timeline_events (movie_id, version_id, stage, state, at)
      select movie_id, version_id, 'added', 'done', ${nowMs} from downloads
      union all select movie_id, version_id, 'download', 'active', ${nowMs} from downloads`,
    `${numbers(jobCount)} insert into jobs (id, kind, payload, status, dedupe_key, movie_id, lane, run_at, attempts,
        max_attempts, deadline_ms, last_error, last_error_detail, created_at, started_at, finished_at, updated_at)
      select ${id("5000000 + i")}, ${kind}, json_object('movieId', ${id(`1 + i % ${movieCount}`)}, 'versionId', ${id(`1 + i % ${movieCount}`)}),
        ${statusOf}, ${kind} || ':' || i, ${id(`1 + i % ${movieCount}`)}, 'io',
        ${nowMs} + case when ${isOver} then -i * 60000 else 2592000000 + i * 1000 end, 1 + i % 3, 5, 60000,
        case when i % 100 >= 78 and i % 100 < 84 then '{"code":"media-unreadable"}' end,
        case when i % 100 >= 78 and i % 100 < 84 then 'Invalid data found when processing input' end,
        ${nowMs} - i * 60000, ${nowMs} - i * 60000,
        case when ${isOver} then ${nowMs} - i * 59000 end, ${nowMs} - i * 59000 from numbers`,
    `${numbers(jobCount * 3)} insert into job_logs (job_id, at, level, message, facts)
      select ${id(`5000001 + i % ${jobCount}`)}, ${nowMs}, 'info', 'a line of the log', '{"ms":1200}' from numbers`,
  ];
}

/** Fills a data folder with a household's work. @returns its torrents, for the stand-in. */
export async function householdAtWork(dataDir: string): Promise<MovingTorrent[]> {
  await libraryOfSize(dataDir, movieCount);
  const db = openDatabase(join(dataDir, "vigilio.db"));
  try {
    const nowMs = Date.now();
    db.$client.transaction(() => {
      for (const statement of statements(dataDir, nowMs)) db.$client.exec(statement);
    })();
    db.$client.exec("analyze");
    return torrentsOf(db);
  } finally {
    db.$client.close();
  }
}

function torrentsOf(db: Connection): MovingTorrent[] {
  const rows = db.$client
    .prepare("select client_hash as hash, tag, name, save_path as savePath from downloads")
    .all() as MovingTorrent[];
  for (const { savePath } of rows) {
    mkdirSync(savePath, { recursive: true });
    writeFileSync(join(savePath, "film.mkv"), "");
  }
  return rows;
}

/** Some of the jobs run, as far as anybody who looks can tell. @returns the id of one. */
export function letSomeRun(dataDir: string): string {
  const db = openDatabase(join(dataDir, "vigilio.db"));
  try {
    db.$client.exec(`update jobs set status = 'running', progress = 0.4, started_at = ${Date.now()}
      where id in (select id from jobs where status = 'queued' limit ${runningCount})`);
    const one = db.$client.prepare("select id from jobs where status = 'failed' limit 1").get();
    return (one as { id: string }).id;
  } finally {
    db.$client.close();
  }
}
