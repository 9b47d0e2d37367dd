import { and, count, eq, inArray, type SQL } from "drizzle-orm";
import type { SQLiteTable } from "drizzle-orm/sqlite-core";
import {
  downloads,
  history,
  jobs,
  listEntries,
  progress,
  subtitles,
  versions,
  watched,
} from "@/db/schema";
import type { Db } from "@/lib/db";
import { type FileFolders, movieFiles } from "@/lib/versions/files";
import type { MovieRemoval } from "./schema";

function counted(db: Db, table: SQLiteTable, where: SQL | undefined): number {
  return db.select({ rows: count() }).from(table).where(where).get()?.rows ?? 0;
}

/** Everybody who loses something of their own: a place, a mark, a line of their history. */
function peopleOf(db: Db, movieId: string): number {
  const tables = [history, progress, watched, listEntries] as const;
  const ids = new Set(
    tables.flatMap((table) =>
      db
        .selectDistinct({ userId: table.userId })
        .from(table)
        .where(eq(table.movieId, movieId))
        .all()
        .map(({ userId }) => userId),
    ),
  );
  return ids.size;
}

/**
 * What goes when a movie is deleted, counted: asked before the question is answered. Files that a
 * person has in a folder of their own stay, and are counted apart.
 *
 * @throws AppError 404.
 */
export async function removalOf(
  db: Db,
  { movieId, folders }: { movieId: string; folders: FileFolders },
): Promise<MovieRemoval> {
  const files = (await movieFiles(db, { movieId, folders })).filter(({ missing }) => !missing);
  const isOwn = ({ relativePath }: { relativePath: string }) => relativePath.startsWith("import/");
  const going = files.filter((file) => !isOwn(file));
  const ofMovie = eq(versions.movieId, movieId);
  return {
    versions: counted(db, versions, ofMovie),
    files: going.length,
    sizeBytes: going.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0),
    filesKept: files.length - going.length,
    subtitles: counted(
      db,
      subtitles,
      inArray(subtitles.versionId, db.select({ id: versions.id }).from(versions).where(ofMovie)),
    ),
    torrents: counted(db, downloads, eq(downloads.movieId, movieId)),
    jobs: counted(
      db,
      jobs,
      and(eq(jobs.movieId, movieId), inArray(jobs.status, ["queued", "waiting", "running"])),
    ),
    people: peopleOf(db, movieId),
  };
}
