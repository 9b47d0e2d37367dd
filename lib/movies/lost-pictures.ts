import { existsSync } from "node:fs";
import { join } from "node:path";
import { inArray, or } from "drizzle-orm";
import { images, movies } from "@/db/schema";
import type { Db } from "@/lib/db";

/**
 * Forgets pictures whose files are gone, as those of a movie that was deleted and came back by a
 * restore; its poster and backdrop are asked for again with its description.
 */
export function forgetLostPictures(db: Db, imagesDir: string): void {
  db.transaction((tx) => {
    const lost = tx
      .select({ id: images.id })
      .from(images)
      .all()
      .map(({ id }) => id)
      .filter((id) => !existsSync(join(imagesDir, id)));
    // In pieces: SQLite takes a limited number of values at once.
    for (let at = 0; at < lost.length; at += 500) {
      const some = lost.slice(at, at + 500);
      tx.update(movies)
        .set({ metadataState: "pending" })
        .where(or(inArray(movies.posterId, some), inArray(movies.backdropId, some)))
        .run();
      tx.delete(images).where(inArray(images.id, some)).run();
    }
  });
}
