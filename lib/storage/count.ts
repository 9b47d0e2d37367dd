import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/lib/db";
import { insideFolder } from "@/lib/downloads/paths";
import type { Env } from "@/lib/env";
import { isRandomId } from "@/lib/ids";
import type { CountedStorage } from "./schema";

/**
 * Of folders that are much alike (previews, pictures), so many are looked into; where there are more,
 * these stand for the others. A library of ten thousand films is then counted in seconds.
 */
const mostLookedInto = 1500;
/** As many originals are kept with their sizes. */
const mostOriginals = 2000;
/** Looked at side by side: few, since films are streamed meanwhile. */
const atOnce = 4;

const namesIn = (dir: string) => readdir(dir).catch((): string[] => []);

/** Runs over items, few at a time. */
async function each<Item>(items: readonly Item[], work: (item: Item) => Promise<void>) {
  const left = [...items];
  const worker = async () => {
    for (let item = left.pop(); item !== undefined; item = left.pop()) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** What a file really takes: one that is written with holes takes less than it is long. */
async function takenBy(path: string) {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) return null;
  const sizeBytes = Math.min(found.size, found.blocks * 512);
  return { sizeBytes, inode: `${found.dev}:${found.ino}`, hasOtherNames: found.nlink > 1 };
}

/** Bytes at and below a path; nothing is followed out of it. */
async function bytesBelow(path: string): Promise<number> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  let sum = 0;
  for (const entry of entries) {
    const inner = join(path, entry.name);
    if (entry.isDirectory()) sum += await bytesBelow(inner);
    else if (entry.isFile()) sum += (await takenBy(inner))?.sizeBytes ?? 0;
  }
  return sum;
}

/** The sum over folders, or over evenly chosen ones of very many. */
async function sumOver<Key extends string>(
  folders: readonly string[],
  measure: (folder: string) => Promise<Record<Key, number>>,
  none: Record<Key, number>,
): Promise<Record<Key, number>> {
  const step = Math.max(1, folders.length / mostLookedInto);
  const looked = Array.from(
    { length: Math.min(folders.length, mostLookedInto) },
    (_, at) => folders[Math.floor(at * step)] ?? "",
  );
  const sums = { ...none };
  await each(looked, async (folder) => {
    const found = await measure(folder);
    for (const key of Object.keys(none) as Key[]) sums[key] += found[key];
  });
  const share = looked.length === 0 ? 1 : folders.length / looked.length;
  for (const key of Object.keys(none) as Key[]) sums[key] = Math.round(sums[key] * share);
  return sums;
}

const storedFiles = z.array(
  z.object({ path: z.string(), sizeBytes: z.number(), role: z.string() }),
);

interface Original {
  downloadId: string;
  savePath: string | null;
  files: string | null;
  folder: string;
  fileName: string;
}

/** What was downloaded whole and lies outside the bin, with the version that was made of it. */
function completeDownloads(db: Db): Original[] {
  return db.all<Original>(sql`
    select d.id as "downloadId", d.save_path as "savePath", d.files, v.folder,
      v.file_name as "fileName"
    from downloads d join versions v on v.id = d.version_id join movies m on m.id = d.movie_id
    where d.completed_at is not null and m.binned_at is null
      and v.id not in (select subject_id from bin_entries)`);
}

/**
 * What an original takes beside the file that plays: where that is the same file under another name,
 * its bytes are counted there.
 */
async function originalBytes(row: Original, { downloadsDir, mediaDir }: Env): Promise<number> {
  const parsed = storedFiles.safeParse(JSON.parse(row.files ?? "[]"));
  const base = row.savePath ?? join(downloadsDir, row.downloadId);
  // What a person lets qBittorrent keep elsewhere is theirs.
  if (!`${base}/`.startsWith(`${downloadsDir}/`)) return 0;
  let playable: string | null | undefined;
  let sum = 0;
  for (const { path, role } of parsed.success ? parsed.data : []) {
    const inside = role === "skipped" ? null : insideFolder(base, path);
    const taken = inside && (await takenBy(inside));
    if (!taken) continue;
    if (taken.hasOtherNames && playable === undefined) {
      const place = join(mediaDir, row.folder, `${row.fileName}.mp4`);
      playable = (await takenBy(place))?.inode ?? null;
    }
    if (!taken.hasOtherNames || taken.inode !== playable) sum += taken.sizeBytes;
  }
  return sum;
}

async function originalsOf(db: Db, env: Env) {
  const originals: CountedStorage["originals"] = [];
  let originalsBytes = 0;
  await each(completeDownloads(db), async (row) => {
    const sizeBytes = await originalBytes(row, env);
    originalsBytes += sizeBytes;
    if (sizeBytes > 0) originals.push({ downloadId: row.downloadId, sizeBytes });
  });
  originals.sort((a, b) => b.sizeBytes - a.sizeBytes || (a.downloadId < b.downloadId ? -1 : 1));
  return { originals: originals.slice(0, mostOriginals), originalsBytes };
}

/** Folders of versions outside the bin: what lies there is counted as the bin's. */
function foldersOf(db: Db): string[] {
  return db
    .all<{ folder: string }>(sql`
      select v.folder from versions v join movies m on m.id = v.movie_id
      where m.binned_at is null and v.id not in (select subject_id from bin_entries)`)
    .map(({ folder }) => folder);
}

/**
 * Looks at the disk for what the database does not know the size of. Takes its time, and no more than
 * a few files at once; nothing else waits for it.
 */
export async function countStorage(db: Db, env: Env, now: Date): Promise<CountedStorage> {
  const { mediaDir, imagesDir, backupsDir, databasePath } = env;
  const beside = await sumOver(
    foldersOf(db),
    async (folder) => ({
      previews: await bytesBelow(join(mediaDir, folder, "preview")),
      subtitles: await bytesBelow(join(mediaDir, folder, "subtitles")),
    }),
    { previews: 0, subtitles: 0 },
  );
  const { pictures } = await sumOver(
    (await namesIn(imagesDir)).filter(isRandomId),
    async (folder) => ({ pictures: await bytesBelow(join(imagesDir, folder)) }),
    { pictures: 0 },
  );
  const making =
    (await bytesBelow(join(mediaDir, ".work"))) + (await bytesBelow(join(mediaDir, ".joined")));
  let database = 0;
  for (const ending of ["", "-wal", "-shm"]) {
    database += (await takenBy(`${databasePath}${ending}`))?.sizeBytes ?? 0;
  }
  return {
    countedAt: now.getTime(),
    ...(await originalsOf(db, env)),
    ...beside,
    pictures,
    making,
    backups: await bytesBelow(backupsDir),
    database,
  };
}
