import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";

interface MovieRow {
  id: string;
  imdbId: string;
  status: string;
  reason: string | null;
}
interface VersionRow {
  id: string;
  movieId: string;
  status: string;
  folder: string;
  fileName: string;
  importMode: string | null;
  sourcePath: string | null;
}

/** Asks the database of a Vigilio that runs, or was killed, without a way to change anything. */
export function ask<Row>(dataDir: string, query: string, ...values: unknown[]): Row[] {
  const db = new Database(join(dataDir, "vigilio.db"), { readonly: true });
  try {
    return db.prepare(query).all(...values) as Row[];
  } finally {
    db.close();
  }
}

const names = (dir: string) => (existsSync(dir) ? readdirSync(dir) : []);

/** All files below a folder, relative to it. */
function filesBelow(dir: string): string[] {
  return names(dir).flatMap((name) => {
    const path = join(dir, name);
    return existsSync(path) && isFolder(path)
      ? filesBelow(path).map((below) => join(name, below))
      : [name];
  });
}

function isFolder(path: string): boolean {
  try {
    readdirSync(path);
    return true;
  } catch {
    return false;
  }
}

const versionsQuery = `select id, movie_id as movieId, status, folder, file_name as fileName,
  import_mode as importMode, source_path as sourcePath from versions`;

/** What is still on its way, for whoever waits. */
export function unfinished(dataDir: string): string[] {
  const movies = ask<MovieRow>(
    dataDir,
    "select id, imdb_id as imdbId, status from movies where status not in ('ready', 'failed')",
  );
  const open = ask<{ kind: string; movieId: string }>(
    dataDir,
    "select kind, movie_id as movieId from jobs where status in ('queued', 'running', 'waiting')",
  );
  return [
    ...movies.map(({ imdbId, status }) => `${imdbId} is ${status}`),
    ...open.map(({ kind, movieId }) => `${kind} of ${movieId} is on`),
  ];
}

/** Every film plays: the first second of what stands in its place decodes without a fault. */
export function unplayable(dataDir: string): string[] {
  return ask<VersionRow>(dataDir, `${versionsQuery} where status = 'ready'`).flatMap((version) => {
    const path = join(dataDir, "media", version.folder, `${version.fileName}.mp4`);
    try {
      execFileSync(
        process.env.FFMPEG_PATH || "ffmpeg",
        ["-v", "error", "-xerror", "-t", "1", "-i", path, "-f", "null", "-"],
        {
          stdio: ["ignore", "ignore", "pipe"],
        },
      );
      return [];
    } catch (error) {
      return [`${version.id} does not play: ${(error as Error).message}`];
    }
  });
}

/**
 * What is not as it must be when all work is over: a movie that is there twice, ended without
 * words, or whose files and rows do not tell the same.
 */
export function faults(dataDir: string): string[] {
  const versions = ask<VersionRow>(dataDir, versionsQuery);
  return [...rowFaults(dataDir, versions), ...fileFaults(dataDir, versions)];
}

function rowFaults(dataDir: string, versions: VersionRow[]): string[] {
  const found: string[] = [];
  const movies = ask<MovieRow>(dataDir, "select id, imdb_id as imdbId, status, reason from movies");
  const ids = movies.map(({ imdbId }) => imdbId);
  for (const id of new Set(ids)) {
    if (ids.filter((other) => other === id).length > 1) found.push(`${id} is there twice`);
  }
  for (const movie of movies) {
    const own = versions.filter(({ movieId }) => movieId === movie.id);
    if (own.length !== 1) found.push(`${movie.imdbId} has ${own.length} versions`);
    if (movie.status !== own[0]?.status) {
      found.push(`${movie.imdbId} is ${movie.status}, its version ${own[0]?.status}`);
    }
    if (movie.status === "failed" && !movie.reason) found.push(`${movie.imdbId} failed silently`);
    const events = ask<{ count: number }>(
      dataDir,
      "select count(*) as count from timeline_events where movie_id = ? and stage = 'ready'",
      movie.id,
    );
    const expected = movie.status === "ready" ? 1 : 0;
    if (events[0]?.count !== expected) {
      found.push(`${movie.imdbId} became ready ${events[0]?.count} times`);
    }
  }
  return found;
}

/** The track of each set of previews that a row names, and the sheets that the track names. */
function previewFiles(dataDir: string): string[] {
  const sets = ask<{ folder: string; name: string }>(
    dataDir,
    "select folder, preview_set as name from versions where preview_set is not null",
  );
  return sets.flatMap(({ folder, name }) => {
    const set = join(folder, "preview", name);
    const track = join(set, "track.vtt");
    const path = join(dataDir, "media", track);
    const text = existsSync(path) ? readFileSync(path, "utf8") : "";
    const sheets = [...text.matchAll(/^preview\/([0-9a-f]{16}\.jpg)#/gm)];
    return [track, ...sheets.map(([, sheet = ""]) => join(set, sheet))];
  });
}

function fileFaults(dataDir: string, versions: VersionRow[]): string[] {
  const expected = new Set<string>();
  for (const { folder, fileName, status } of versions) {
    if (status === "ready") expected.add(join(folder, `${fileName}.mp4`));
  }
  for (const path of previewFiles(dataDir)) expected.add(path);
  const subtitles = ask<{ id: string; folder: string }>(
    dataDir,
    `select s.id, v.folder from subtitles s join versions v on v.id = s.version_id
     where s.reason is null`,
  );
  for (const { id, folder } of subtitles) expected.add(join(folder, "subtitles", `${id}.vtt`));
  const there = new Set(filesBelow(join(dataDir, "media")));
  const downloads = new Set(
    ask<{ id: string }>(dataDir, "select id from downloads").map(({ id }) => id),
  );
  const images = new Set(ask<{ id: string }>(dataDir, "select id from images").map(({ id }) => id));
  return [
    ...[...there].filter((path) => !expected.has(path)).map((path) => `media/${path} is a stray`),
    ...[...expected].filter((path) => !there.has(path)).map((path) => `media/${path} is missing`),
    ...names(join(dataDir, "downloads"))
      .filter((name) => !downloads.has(name))
      .map((name) => `downloads/${name} is a stray`),
    ...names(join(dataDir, "images"))
      .filter((name) => !images.has(name))
      .map((name) => `images/${name} is a stray`),
    ...filesBelow(join(dataDir, "tmp")).map((name) => `tmp/${name} is a stray`),
    ...versions
      .filter(({ status, importMode }) => status === "ready" && importMode !== null)
      .filter(
        ({ importMode, sourcePath }) => existsSync(sourcePath ?? "") === (importMode === "move"),
      )
      .map(({ importMode, sourcePath }) => `${sourcePath}: not what mode ${importMode} leaves`),
  ];
}
