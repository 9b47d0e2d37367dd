import { readFile } from "node:fs/promises";
import { and, eq } from "drizzle-orm";
import { subtitles, versions } from "@/db/schema";
import type { Db } from "@/lib/db";
import { randomId } from "@/lib/ids";
import { touchMovieOf } from "@/lib/movies/status";
import { subtitleById, subtitlesOf } from "./data";
import { storeVtt, subtitlePath } from "./stored-file";

function folderOf(db: Db, versionId: string): string | undefined {
  return db
    .select({ folder: versions.folder })
    .from(versions)
    .where(eq(versions.id, versionId))
    .get()?.folder;
}

/** True when the version has a subtitle from the same place already. */
function hasSame(db: Db, versionId: string, of: { source: string; sourceKey: string }): boolean {
  const same = and(
    eq(subtitles.versionId, versionId),
    eq(subtitles.source, of.source as typeof subtitles.$inferSelect.source),
    eq(subtitles.sourceKey, of.sourceKey),
  );
  return db.select({ id: subtitles.id }).from(subtitles).where(same).get() !== undefined;
}

/**
 * Copies a version's subtitles, with their files, to another version of the same length. Those that
 * it has from the same place stay as they are, so that doing it twice changes nothing. A file that
 * is missing is made from the bytes in the row when it is asked for.
 */
export async function copySubtitlesOf(
  db: Db,
  args: { fromVersionId: string; toVersionId: string; mediaDir: string; now: Date },
): Promise<void> {
  const { fromVersionId, toVersionId, mediaDir, now } = args;
  const [from, to] = [folderOf(db, fromVersionId), folderOf(db, toVersionId)];
  if (!from || !to) return;
  for (const known of subtitlesOf(db, fromVersionId)) {
    if (hasSame(db, toVersionId, known)) continue;
    const id = randomId();
    const vtt = await readFile(subtitlePath(mediaDir, from, known.id), "utf8").catch(() => null);
    if (vtt !== null) await storeVtt(subtitlePath(mediaDir, to, id), vtt);
    const row = subtitleById(db, known.id);
    // Deleted meanwhile: the sweep takes the file.
    if (!row) continue;
    db.insert(subtitles)
      .values({ ...row, id, versionId: toVersionId, createdAt: now, updatedAt: now })
      .onConflictDoNothing()
      .run();
  }
  touchMovieOf(db, toVersionId, now);
}
