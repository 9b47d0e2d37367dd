import { createHash } from "node:crypto";
import { eq, lt, sql } from "drizzle-orm";
import { foundImages } from "@/db/schema";
import type { Db } from "@/lib/db";

/** As long as results can be taken. */
const keptMs = 12 * 60 * 60_000;

export interface FoundImage {
  id: string;
  imdbId: string | null;
  url: string | null;
}

/**
 * The picture of a found film: the same film has the same id in every search, so that a browser
 * keeps it. Null when nothing is known that could lead to one.
 */
export function imageOf(film: {
  imdbId: string | null;
  imageUrl: string | null;
}): FoundImage | null {
  const known = film.imdbId ?? film.imageUrl;
  if (known === null) return null;
  const id = createHash("sha256").update(known).digest("hex").slice(0, 16);
  return { id, imdbId: film.imdbId, url: film.imageUrl };
}

/** Where a browser finds it. */
export function imageAddress({ id }: FoundImage): string {
  return `/images/found/${id}`;
}

/** Remembers pictures for as long as their films can be taken; an address that is known stays. */
export function rememberImages(db: Db, images: readonly FoundImage[], now: Date): void {
  if (images.length === 0) return;
  db.transaction((tx) => {
    tx.delete(foundImages)
      .where(lt(foundImages.foundAt, new Date(now.getTime() - keptMs)))
      .run();
    for (const image of images) {
      tx.insert(foundImages)
        .values({ ...image, foundAt: now })
        .onConflictDoUpdate({
          target: foundImages.id,
          set: { url: sql`coalesce(${foundImages.url}, excluded.url)`, foundAt: now },
        })
        .run();
    }
  });
}

/** The picture under an id; undefined when no search came upon it lately. */
export function foundImage(db: Db, id: string): FoundImage | undefined {
  return db
    .select({ id: foundImages.id, imdbId: foundImages.imdbId, url: foundImages.url })
    .from(foundImages)
    .where(eq(foundImages.id, id))
    .get();
}
