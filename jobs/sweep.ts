import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { holdsFiles, saveHeld } from "@/lib/backups/restored";
import { knownDownloadIds } from "@/lib/downloads/mutations";
import { isRandomId } from "@/lib/ids";
import { logFor } from "@/lib/log";
import { knownImageIds } from "@/lib/movies/metadata";
import { knownFolders, knownSubtitleFiles, workingVersionIds } from "@/lib/versions/mutations";
import { versionsInParts } from "@/lib/versions/parts";
import { knownPreviewSets } from "@/lib/versions/previews";
import { isJoined } from "./joined-files";
import type { ScheduleContext } from "./schedule";

const log = logFor("sweep");

/** Pictures and subtitles are written before their row is: a young one may still get it. */
const rowFollowsWithinMs = 600_000;

const namesIn = (dir: string) => readdir(dir).catch((): string[] => []);

/** What is done with a stray, and how many it was: 0 for one that is too young to be one. */
type Take = (path: string, olderThan: Date) => Promise<number>;

/** Removes an entry unless it was written to after `olderThan`. */
const removeIfOlder: Take = async (path, olderThan) => {
  const found = await stat(path).catch(() => null);
  if (!found || found.mtime > olderThan) return 0;
  await rm(path, { recursive: true, force: true });
  return 1;
};

/** Bytes at and below a path. */
async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => null);
  if (!found?.isDirectory()) return found?.size ?? 0;
  const sizes = await Promise.all((await namesIn(path)).map((name) => sizeOf(join(path, name))));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Leaves what no row knows where it is, however young it is, and counts it. */
function counter(): { take: Take; held: { entries: number; sizeBytes: number } } {
  const held = { entries: 0, sizeBytes: 0 };
  const take: Take = async (path) => {
    held.entries += 1;
    held.sizeBytes += await sizeOf(path);
    return 0;
  };
  return { take, held };
}

/**
 * Removes the entries of a folder that have the form of our names and that no row knows. The folder
 * is read first: whatever appears after that has its row, or is not looked at.
 */
async function sweepFolder(
  dir: string,
  known: () => Set<string>,
  olderThan: Date,
  take: Take,
): Promise<number> {
  const names = (await namesIn(dir)).filter(isRandomId);
  if (names.length === 0) return 0;
  const kept = known();
  let removed = 0;
  for (const name of names.filter((entry) => !kept.has(entry))) {
    removed += await take(join(dir, name), olderThan);
  }
  return removed;
}

/** Subtitles in the folders of versions: half-written ones, and those whose row never came. */
async function sweepSubtitles(
  { db, env }: Pick<ScheduleContext, "db" | "env">,
  olderThan: Date,
  take: Take,
): Promise<number> {
  let removed = 0;
  for (const folder of (await namesIn(env.mediaDir)).filter(isRandomId)) {
    const dir = join(env.mediaDir, folder, "subtitles");
    const files = (await namesIn(dir)).flatMap((name) => {
      const [, id = "", part] = /^([^.]+)\.vtt(\.part)?$/.exec(name) ?? [];
      return isRandomId(id) ? [{ name, id, isPart: part !== undefined }] : [];
    });
    if (files.length === 0) continue;
    // Asked after the folder was read, for the same reason as above.
    const known = knownSubtitleFiles(db).get(folder);
    for (const { name } of files.filter(({ id, isPart }) => isPart || !known?.has(id))) {
      removed += await take(join(dir, name), olderThan);
    }
  }
  return removed;
}

/** Versions whose parts are being joined, or whose source is what they were joined to. */
function joiningVersionIds(db: ScheduleContext["db"], env: ScheduleContext["env"]): Set<string> {
  const joined = versionsInParts(db).filter((version) => isJoined(env.mediaDir, version));
  return new Set([...workingVersionIds(db), ...joined.map(({ id }) => id)]);
}

/** Previews in the folders of versions: half-drawn ones, and sets that no row names. */
async function sweepPreviews(
  { db, env, startedAt }: Pick<ScheduleContext, "db" | "env" | "startedAt">,
  olderThan: Date,
  take: Take,
): Promise<number> {
  let removed = 0;
  for (const folder of (await namesIn(env.mediaDir)).filter(isRandomId)) {
    const dir = join(env.mediaDir, folder, "preview");
    const sets = await namesIn(dir);
    if (sets.length === 0) continue;
    // Asked after the folder was read, for the same reason as above.
    const known = knownPreviewSets(db).get(folder);
    for (const name of sets) {
      const [, id = "", part] = /^([^.]+)(\.part)?$/.exec(name) ?? [];
      if (!isRandomId(id) || (id === known && part === undefined)) continue;
      // One that is drawn now is younger than this Vigilio, however long it takes.
      removed += await take(join(dir, name), part ? startedAt : olderThan);
    }
  }
  return removed;
}

/**
 * Removes files that no row knows: half-made ones of a dead attempt, and what a deletion could not
 * reach. Only entries named like ours are touched: a person's own files never are. After a restore
 * what is unknown may be a film that was added since: it is counted, and stays until a person says.
 */
export async function sweep({
  db,
  env,
  now,
  startedAt,
}: Pick<ScheduleContext, "db" | "env" | "now" | "startedAt">): Promise<void> {
  const at = now();
  const unclaimed = new Date(Math.max(at.getTime() - rowFollowsWithinMs, startedAt.getTime()));
  const { take: count, held } = counter();
  const isHolding = holdsFiles(db);
  const take = isHolding ? count : removeIfOlder;
  const work = join(env.mediaDir, ".work");
  const joined = join(env.mediaDir, ".joined");
  const temporary = join(env.dataDir, "tmp");
  const removed = {
    work: await sweepFolder(work, () => workingVersionIds(db), at, removeIfOlder),
    joined: await sweepFolder(joined, () => joiningVersionIds(db, env), at, take),
    media: await sweepFolder(env.mediaDir, () => knownFolders(db), at, take),
    subtitles: await sweepSubtitles({ db, env }, unclaimed, take),
    previews: await sweepPreviews({ db, env, startedAt }, unclaimed, take),
    images: await sweepFolder(env.imagesDir, () => knownImageIds(db), unclaimed, take),
    downloads: await sweepFolder(env.downloadsDir, () => knownDownloadIds(db), at, take),
    // What is ours is removed when its work ends: older ones belong to a dead Vigilio.
    temporary: await sweepFolder(temporary, () => new Set(), startedAt, removeIfOlder),
  };
  if (isHolding) saveHeld(db, held, now());
  if (Object.values(removed).some((count) => count > 0)) log.info(removed, "strays removed");
}
