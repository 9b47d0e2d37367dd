import { stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { eq, isNull } from "drizzle-orm";
import { movies, versions } from "@/db/schema";
import type { Db } from "@/lib/db";

/** Says which version of the library a file is, if it is one. */
export type KnownFiles = (file: {
  path: string;
  sizeBytes: number;
  identity: string;
}) => string | null;

const atOnce = 16;

async function identityOf(path: string): Promise<string | null> {
  const found = await stat(path, { bigint: true }).catch(() => null);
  return found ? `${found.dev}:${found.ino}` : null;
}

/**
 * The files of the library as something to look others up in: by what they are on the disk (a hard
 * link is the same file), else by name and size, which a copy keeps.
 */
export async function knownFiles(db: Db, mediaDir: string): Promise<KnownFiles> {
  const rows = db
    .select({
      id: versions.id,
      folder: versions.folder,
      fileName: versions.fileName,
      sourcePath: versions.sourcePath,
      sourceParts: versions.sourceParts,
      sourceSizeBytes: versions.sourceSizeBytes,
      releaseName: versions.releaseName,
    })
    .from(versions)
    .innerJoin(movies, eq(movies.id, versions.movieId))
    .where(isNull(movies.binnedAt))
    .all();
  const byIdentity = new Map<string, string>();
  const byName = new Map<string, string>();
  for (let at = 0; at < rows.length; at += atOnce) {
    await Promise.all(
      rows.slice(at, at + atOnce).map(async (row) => {
        const originals = row.sourceParts?.map(({ path }) => path) ?? [];
        const published = join(mediaDir, row.folder, `${row.fileName}.mp4`);
        for (const path of [...originals, row.sourcePath, published]) {
          const identity = path && (await identityOf(path));
          if (identity) byIdentity.set(identity, row.id);
        }
      }),
    );
  }
  for (const { id, sourcePath, sourceParts, sourceSizeBytes, releaseName } of rows) {
    const [first] = sourceParts ?? [];
    const sizeBytes = first?.sizeBytes ?? sourceSizeBytes;
    const path = first?.path ?? sourcePath ?? releaseName;
    if (path && sizeBytes) byName.set(`${sizeBytes} ${basename(path)}`, id);
  }
  return ({ path, sizeBytes, identity }) =>
    byIdentity.get(identity) ?? byName.get(`${sizeBytes} ${basename(path)}`) ?? null;
}
