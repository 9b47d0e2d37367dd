import { join } from "node:path";
import Sqlite from "better-sqlite3";
import type { Connection } from "@/lib/db";
import type { BackupPlace } from "./place";
import { checkRestorable } from "./restore";
import type { RestoreChanges } from "./schema";

const namesShown = 5;

const queries = {
  movies: "select id, title as name from movies order by title",
  people: "select id, username as name from users where role <> 'visitor' order by username",
};

type Row = { id: string; name: string };

/** Those of `these` that `those` lack. */
function only(these: Row[], those: Row[]): { count: number; names: string[] } {
  const known = new Set(those.map(({ id }) => id));
  const found = these.filter(({ id }) => !known.has(id));
  return { count: found.length, names: found.slice(0, namesShown).map(({ name }) => name) };
}

/**
 * What restoring a backup would change: movies and people that came since, and those that went.
 *
 * @throws AppError 404, or 409 when it can't be restored.
 */
export function restoreChangesOf(db: Connection, name: string, place: BackupPlace): RestoreChanges {
  checkRestorable(name, place);
  const backup = new Sqlite(join(place.backupsDir, name), { readonly: true });
  try {
    const compare = (query: string) => {
      const now = db.$client.prepare(query).all() as Row[];
      const then = backup.prepare(query).all() as Row[];
      return { gone: only(now, then), back: only(then, now) };
    };
    const movies = compare(queries.movies);
    const people = compare(queries.people);
    return {
      moviesGone: movies.gone,
      moviesBack: movies.back,
      peopleGone: people.gone,
      peopleBack: people.back,
    };
  } finally {
    backup.close();
  }
}
