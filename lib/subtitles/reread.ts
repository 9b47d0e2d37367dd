import { readFile } from "node:fs/promises";
import { eq } from "drizzle-orm";
import { subtitles, versions } from "@/db/schema";
import type { Db } from "@/lib/db";
import { touchMovieOf } from "@/lib/movies/status";
import { readSubtitle } from "./read-subtitle";
import { storeVtt, subtitlePath } from "./stored-file";

/**
 * Reads the original bytes of a version's subtitles once more, so that what Vigilio learned since
 * about encodings and cleaning reaches those that are there already. An encoding that a person
 * chose, or that the bytes themselves tell, stays; language, label and delay are not touched.
 *
 * @returns how many came out otherwise than they were.
 */
export async function rereadSubtitles(
  db: Db,
  { versionId, mediaDir, now }: { versionId: string; mediaDir: string; now: Date },
): Promise<number> {
  const version = db
    .select({ folder: versions.folder })
    .from(versions)
    .where(eq(versions.id, versionId))
    .get();
  if (!version) return 0;
  const rows = db.select().from(subtitles).where(eq(subtitles.versionId, versionId)).all();
  let changed = 0;
  for (const row of rows) {
    if (!row.original || row.reason) continue;
    const isGuessed = row.encodingCertainty !== null && row.encodingCertainty < 1;
    const read = readSubtitle(row.original, {
      language: row.language === "und" ? null : row.language,
      isLanguageCertain: true,
      encoding: isGuessed ? null : row.encoding,
      framesPerSecond: row.framesPerSecond,
    });
    // What could be read once is not taken away.
    if ("reason" in read) continue;
    const path = subtitlePath(mediaDir, version.folder, row.id);
    if (read.vtt === (await readFile(path, "utf8").catch(() => null))) continue;
    await storeVtt(path, read.vtt);
    const { encoding, cueCount } = read;
    const encodingCertainty = isGuessed ? read.encodingCertainty : row.encodingCertainty;
    db.update(subtitles)
      .set({ encoding, encodingCertainty, cueCount, updatedAt: now })
      .where(eq(subtitles.id, row.id))
      .run();
    changed += 1;
  }
  if (changed > 0) touchMovieOf(db, versionId, now);
  return changed;
}
