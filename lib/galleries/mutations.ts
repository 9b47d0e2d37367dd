import { and, count, eq } from "drizzle-orm";
import { galleries, sources } from "@/db/schema";
import type { Db } from "@/lib/db";
import { AppError, fieldError, type Reason } from "@/lib/errors";
import { createSource, updateSource } from "@/lib/sources/mutations";
import { type Gallery, galleryById } from "./data";
import { digestOf, galleryIdOf } from "./digest";
import type { ReadGallery } from "./read-index";
import type { GalleryEntry, GalleryScore } from "./schema";

/** A household follows a few; each is asked every day. */
const mostGalleries = 20;

/** Follows a gallery that was just read; its id. @throws AppError 422 for `address`. */
export function addGallery(
  db: Db,
  args: {
    url: string;
    privateHost: string | null;
    etag: string | null;
    gallery: ReadGallery;
    now: Date;
  },
): string {
  const { url, privateHost, etag, gallery, now } = args;
  return db.transaction(
    (tx) => {
      if (tx.select().from(galleries).where(eq(galleries.url, url)).get()) {
        throw fieldError("address", "gallery-known");
      }
      const known = tx.select({ count: count() }).from(galleries).get();
      if ((known?.count ?? 0) >= mostGalleries) {
        throw fieldError("address", "galleries-too-many", { most: mostGalleries });
      }
      const id = galleryIdOf(url);
      const fetched = { ...gallery, etag, fetchedAt: now, createdAt: now };
      tx.insert(galleries)
        .values({ id, url, privateHost, ...fetched })
        .run();
      return id;
    },
    { behavior: "immediate" },
  );
}

/** Stores what a gallery answered; null: it is as it was. */
export function saveGallery(
  db: Db,
  args: { id: string; etag: string | null; gallery: ReadGallery | null; now: Date },
): void {
  const { id, etag, gallery, now } = args;
  db.update(galleries)
    .set({
      ...(gallery ? { ...gallery, etag } : {}),
      ...{ fetchedAt: now, lastError: null, failedAt: null },
    })
    .where(eq(galleries.id, id))
    .run();
}

/** Notes why a gallery brought nothing; what it had before stays. */
export function saveGalleryFailure(db: Db, args: { id: string; reason: Reason; now: Date }): void {
  db.update(galleries)
    .set({ lastError: args.reason, failedAt: args.now })
    .where(eq(galleries.id, args.id))
    .run();
}

/** Follows it no more; what was copied from it stays, and still never leads into the own network. */
export function removeGallery(db: Db, id: string): void {
  const { changes } = db.delete(galleries).where(eq(galleries.id, id)).run();
  if (changes === 0) throw new AppError("gallery-unknown", { status: 404 });
}

/** Keeps the score that a vote was answered with. */
export function saveScore(
  db: Db,
  args: { galleryId: string; entryId: string; score: GalleryScore },
): void {
  db.transaction((tx) => {
    const gallery = galleryById(tx, args.galleryId);
    if (!gallery) return;
    const entries = gallery.entries.map((entry) =>
      entry.id === args.entryId ? { ...entry, score: args.score } : entry,
    );
    // Its page may have been asked meanwhile: what comes next is read whole.
    tx.update(galleries).set({ entries, etag: null }).where(eq(galleries.id, gallery.id)).run();
  });
}

/** An entry of a followed gallery. @throws AppError 404. */
export function entryOf(
  db: Db,
  { galleryId, entryId }: { galleryId: string; entryId: string },
): { gallery: Gallery; entry: GalleryEntry } {
  const gallery = galleryById(db, galleryId);
  const entry = gallery?.entries.find(({ id }) => id === entryId);
  if (!gallery || !entry) throw new AppError("gallery-entry-unknown", { status: 404 });
  return { gallery, entry };
}

/**
 * Copies an entry as a source that is asked from the next search on, or brings the copy up to date.
 * It never leads into the own network, whatever happens to its gallery.
 */
export function copyEntry(
  db: Db,
  args: { galleryId: string; entryId: string; now: Date },
): { sourceId: string; name: string } {
  const { now } = args;
  return db.transaction(
    (tx) => {
      const { gallery, entry } = entryOf(tx, args);
      const { schema, description, author, legalNote, name } = entry;
      const isCopy = and(eq(sources.galleryId, gallery.id), eq(sources.galleryEntryId, entry.id));
      const copy = tx
        .select({ id: sources.id, name: sources.name })
        .from(sources)
        .where(isCopy)
        .get();
      const told = { description, author, legalNote };
      const galleryDigest = digestOf(schema);
      if (!copy) {
        const from = { galleryId: gallery.id, galleryEntryId: entry.id, galleryDigest };
        const given = { name, kind: "schema", definition: schema, enabled: true } as const;
        return { sourceId: createSource(tx, { ...given, ...told, ...from, now }), name };
      }
      updateSource(tx, { id: copy.id, change: { definition: schema, ...told }, now });
      tx.update(sources).set({ galleryDigest }).where(eq(sources.id, copy.id)).run();
      return { sourceId: copy.id, name: copy.name };
    },
    { behavior: "immediate" },
  );
}
