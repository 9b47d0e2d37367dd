import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { knownDownloadIds } from "@/lib/downloads/mutations";
import { isRandomId } from "@/lib/ids";
import { logFor } from "@/lib/log";
import { knownImageIds } from "@/lib/movies/metadata";
import { knownFolders, workingVersionIds } from "@/lib/versions/mutations";
import type { ScheduleContext } from "./schedule";

const log = logFor("sweep");

/** Pictures are written before their row is: a young folder may be one of those. */
const pictureAgeMs = 600_000;

/**
 * Removes the entries of a folder that have the form of our names and that no row knows. The folder
 * is read first: whatever appears after that has its row, or is not looked at.
 */
async function sweepFolder(
  dir: string,
  known: () => Set<string>,
  olderThan: Date,
): Promise<number> {
  const names = (await readdir(dir).catch(() => [])).filter(isRandomId);
  if (names.length === 0) return 0;
  const kept = known();
  let removed = 0;
  for (const name of names.filter((entry) => !kept.has(entry))) {
    const path = join(dir, name);
    const found = await stat(path).catch(() => null);
    if (!found || found.mtime > olderThan) continue;
    await rm(path, { recursive: true, force: true });
    removed += 1;
  }
  return removed;
}

/**
 * Removes files that no row knows: half-made ones of a dead attempt, and what a deletion could not
 * reach. Only entries named like ours are touched: a person's own files never are.
 */
export async function sweep({ db, env, now }: ScheduleContext): Promise<void> {
  const work = join(env.mediaDir, ".work");
  const at = now();
  const removed = {
    work: await sweepFolder(work, () => workingVersionIds(db), at),
    media: await sweepFolder(env.mediaDir, () => knownFolders(db), at),
    images: await sweepFolder(
      env.imagesDir,
      () => knownImageIds(db),
      new Date(at.getTime() - pictureAgeMs),
    ),
    downloads: await sweepFolder(env.downloadsDir, () => knownDownloadIds(db), at),
  };
  if (Object.values(removed).some((count) => count > 0)) log.info(removed, "strays removed");
}
