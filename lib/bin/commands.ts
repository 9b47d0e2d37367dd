import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { versions } from "@/db/schema";
import type { Db } from "@/lib/db";
import type { Env } from "@/lib/env";
import { AppError, reason } from "@/lib/errors";
import { settingOf } from "@/lib/settings/data";
import { storageBytes } from "@/lib/versions/files";
import { failVersion, versionById } from "@/lib/versions/mutations";
import { putMovieInBin, putVersionInBin, restore } from "./mutations";
import type { Restored } from "./schema";

interface CommandContext {
  db: Db;
  env: Env;
  now: Date;
}

/** How long things stay. Who asks for a deletion that can be undone gets no other. @throws AppError 409 */
function daysToStay({ db, env }: CommandContext): number {
  const days = settingOf(db, env, "binDays");
  if (days === 0) throw new AppError("bin-off", { status: 409 });
  return days;
}

/**
 * Deletes a movie in a way that can be undone.
 *
 * @returns for how many days.
 * @throws AppError 404; 409 where the household has no bin.
 */
export async function binMovie(context: CommandContext, id: string): Promise<number> {
  const { db, env, now } = context;
  const days = daysToStay(context);
  const ids = db.select({ id: versions.id }).from(versions).where(eq(versions.movieId, id)).all();
  const versionIds = ids.map((row) => row.id);
  const sizeBytes = await storageBytes(db, { versionIds, folders: env });
  putMovieInBin(db, { id, sizeBytes, days, now });
  return days;
}

/** The same for one version of a movie. */
export async function binVersion(context: CommandContext, id: string): Promise<number> {
  const { db, env, now } = context;
  const days = daysToStay(context);
  const sizeBytes = await storageBytes(db, { versionIds: [id], folders: env });
  putVersionInBin(db, { id, sizeBytes, days, now });
  return days;
}

/** Films whose file somebody removed, as far as the folder of all films can be read. */
async function withoutFile(db: Db, env: Env, versionIds: string[]) {
  // An empty folder is a disk that is not plugged in: that says nothing about one film.
  const all = await readdir(env.mediaDir).catch(() => []);
  if (all.length === 0) return [];
  const rows = versionIds.flatMap((id) => versionById(db, id) ?? []);
  const looked = await Promise.all(
    rows
      .filter(({ status }) => status === "ready")
      .map(async (version) => {
        const path = join(env.mediaDir, version.folder, `${version.fileName}.mp4`);
        return { version, found: await stat(path).catch(() => null) };
      }),
  );
  return looked.flatMap(({ version, found }) => (found ? [] : [version]));
}

/**
 * Brings back what lies in the bin, as it was. A version whose file is gone by now says so, instead of
 * failing when somebody wants to watch it.
 *
 * @throws AppError 404; 409 when the same film was added again meanwhile.
 */
export async function restoreFromBin(
  { db, env, now }: CommandContext,
  id: string,
): Promise<Restored> {
  const { movieId, title, versionIds } = restore(db, id, now);
  const missing = await withoutFile(db, env, versionIds);
  for (const version of missing) {
    failVersion(db, version, "processing", reason("bin-file-missing"), now);
  }
  return { movieId, title, missingFiles: missing.length };
}
