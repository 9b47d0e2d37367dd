import { inArray, sql } from "drizzle-orm";
import { images } from "@/db/schema";
import type { Db } from "@/lib/db";
import { enqueue } from "@/lib/queue/enqueue";

type ImageIds = readonly (string | null | undefined)[];

/** Those that a movie shows, or would without a person's changes, or that are somebody's face. */
function shownAmong(db: Db, ids: readonly string[]): Set<string> {
  const asked = sql`(select value from json_each(${JSON.stringify(ids)}))`;
  const rows = db.all<{ id: string }>(sql`
    select poster_id as id from movies where poster_id in ${asked}
    union select backdrop_id from movies where backdrop_id in ${asked}
    union select poster_id from movie_edits where poster_id in ${asked}
    union select found_poster_id from movie_edits where found_poster_id in ${asked}
    union select image_id from people where image_id in ${asked}`);
  return new Set(rows.map(({ id }) => id));
}

/**
 * Forgets those of these pictures that nothing shows any more.
 *
 * @returns their ids: the files are for the caller to remove.
 */
export function dropUnusedImages(db: Db, ids: ImageIds): string[] {
  const asked = [...new Set(ids)].filter((id) => id != null);
  if (asked.length === 0) return [];
  const shown = shownAmong(db, asked);
  const unused = asked.filter((id) => !shown.has(id));
  if (unused.length > 0) db.delete(images).where(inArray(images.id, unused)).run();
  return unused;
}

/** The same, and their files go in a job. */
export function removeUnusedImages(db: Db, ids: ImageIds, now: Date): void {
  const [subjectId, ...others] = dropUnusedImages(db, ids);
  if (subjectId === undefined) return;
  const payload = { subjectId, folders: [], downloads: [], imageIds: [subjectId, ...others] };
  enqueue(db, "remove-leftovers", payload, { now });
}
