import { and, asc, desc, eq, isNotNull, isNull, lte, or } from "drizzle-orm";
import { z } from "zod";
import { galleries, publishedSources, sources } from "@/db/schema";
import type { Db } from "@/lib/db";
import type { Env } from "@/lib/env";
import type { Reason } from "@/lib/errors";
import { settingOf } from "@/lib/settings/data";
import { allSources, type Source } from "@/lib/sources/data";
import { schemaDefinition } from "@/lib/sources/definition";
import { askedHost } from "./asked-host";
import { digestOf } from "./digest";
import { keysIn } from "./keys";
import {
  type EntryView,
  type GalleryEntry,
  type GalleryIndex,
  type GalleryView,
  galleryEntry,
  galleryFormat,
  galleryIndex,
  galleryVersion,
  mostEntries,
  type OwnEntryView,
} from "./schema";

/** True while the public gallery can be seen at all. */
export const isPublished = (db: Db, env: Env): boolean => settingOf(db, env, "galleryPublished");

/** What is published, the best liked first, then by name. */
function publishedEntries(db: Db): { entry: GalleryEntry; publishedAt: Date }[] {
  const rows = db
    .select()
    .from(publishedSources)
    .innerJoin(sources, eq(sources.id, publishedSources.sourceId))
    .orderBy(desc(publishedSources.publishedAt))
    .all();
  return rows
    .flatMap(({ published_sources: published, sources: source }) => {
      const schema = schemaDefinition.safeParse(published.definition);
      // What another version of Vigilio wrote, or somebody by hand.
      if (!schema.success) return [];
      const { description, author, legalNote, name } = source;
      const score = { up: published.thumbsUp, down: published.thumbsDown };
      const told = { name, description, author, legalNote };
      const entry = { id: published.id, ...told, schema: schema.data, score };
      return [{ entry, publishedAt: published.publishedAt }];
    })
    .slice(0, mostEntries);
}

const balance = ({ score }: { score: { up: number; down: number } }) => score.up - score.down;

/** The public gallery: index.json, and what its page shows. It tells nothing else of the server. */
export function publicIndex(db: Db, name: string): GalleryIndex {
  const published = publishedEntries(db);
  const newest = published.map(({ publishedAt }) => publishedAt.getTime());
  return galleryIndex.parse({
    format: galleryFormat,
    version: galleryVersion,
    name,
    updatedAt: newest.length > 0 ? new Date(Math.max(...newest)).toISOString() : null,
    sources: published
      .map(({ entry }) => entry)
      .sort((a, b) => balance(b) - balance(a) || a.name.localeCompare(b.name)),
  });
}

/** The row of a published source; undefined when it is none. */
export function publishedOf(db: Db, sourceId: string) {
  return db.select().from(publishedSources).where(eq(publishedSources.sourceId, sourceId)).get();
}

/** Sources that can be published: schemas, never indexers. */
export function publishable(db: Db): Extract<Source, { kind: "schema" }>[] {
  return allSources(db).filter((source) => source.kind === "schema");
}

/** Every source that can be published, and how it stands in the gallery. */
export function ownEntries(db: Db): OwnEntryView[] {
  return publishable(db).map(({ id, name, definition }) => {
    const row = publishedOf(db, id);
    const isChanged = row?.sourceDigest !== digestOf(definition);
    return {
      sourceId: id,
      name,
      host: askedHost(definition),
      state: row ? (isChanged ? "changed" : "published") : "unpublished",
      score: { up: row?.thumbsUp ?? 0, down: row?.thumbsDown ?? 0 },
      keyCount: keysIn(definition).length,
    };
  });
}

export type Gallery = Omit<typeof galleries.$inferSelect, "entries"> & { entries: GalleryEntry[] };

type Row = typeof galleries.$inferSelect;

function parsed(row: Row): Gallery {
  // What a later version stored, and this one can't read, is fetched again within a day.
  const entries = z.array(z.unknown()).catch([]).parse(row.entries);
  return {
    ...row,
    entries: entries.flatMap((one) => galleryEntry.safeParse(one).data ?? []),
  };
}

/** One followed gallery; null when there is none of that id. */
export function galleryById(db: Db, id: string): Gallery | null {
  const row = db.select().from(galleries).where(eq(galleries.id, id)).get();
  return row ? parsed(row) : null;
}

const asked = {
  ...{ id: galleries.id, url: galleries.url },
  ...{ privateHost: galleries.privateHost, etag: galleries.etag },
};

/** What asking a gallery again needs of it. */
export type AskedGallery = Pick<Row, "id" | "url" | "privateHost" | "etag">;

const dayMs = 24 * 60 * 60_000;

/** Those that were not asked for a day, whether they answered then or not. */
export function galleriesToRefresh(db: Db, now: Date): AskedGallery[] {
  const before = new Date(now.getTime() - dayMs);
  const isDue = and(
    or(isNull(galleries.fetchedAt), lte(galleries.fetchedAt, before)),
    or(isNull(galleries.failedAt), lte(galleries.failedAt, before)),
  );
  return db.select(asked).from(galleries).where(isDue).all();
}

type Copy = Pick<typeof sources.$inferSelect, "id" | "galleryDigest">;

/** Sources here by the gallery and the entry that they were copied from. */
function copiesIn(db: Db): Map<string, Copy> {
  const rows = db.select().from(sources).where(isNotNull(sources.galleryId)).all();
  return new Map(rows.map((row) => [`${row.galleryId} ${row.galleryEntryId}`, row]));
}

/** Entries of a gallery as its page shows them, in the gallery's order. */
export function entryViews(db: Db, gallery: Gallery): EntryView[] {
  const copies = copiesIn(db);
  return gallery.entries.map((entry) => {
    const copy = copies.get(`${gallery.id} ${entry.id}`);
    const isSame = copy?.galleryDigest === digestOf(entry.schema);
    return {
      ...entry,
      host: askedHost(entry.schema),
      copy: copy ? (isSame ? "same" : "changed") : "none",
      sourceId: copy?.id ?? null,
    };
  });
}

/** Followed galleries as the list shows them, the oldest first; or the one of an id. */
export function galleryViews(
  db: Db,
  { say, id }: { say: (reason: Reason) => string; id?: string },
): GalleryView[] {
  const copies = [...copiesIn(db).keys()];
  const rows = db
    .select()
    .from(galleries)
    .where(id === undefined ? undefined : eq(galleries.id, id))
    .orderBy(asc(galleries.createdAt))
    .all();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    url: row.url,
    count: Array.isArray(row.entries) ? row.entries.length : 0,
    unreadable: row.unreadable,
    fetchedAt: row.fetchedAt?.toISOString() ?? null,
    detail: row.lastError && say(row.lastError),
    copied: copies.filter((key) => key.startsWith(`${row.id} `)).length,
  }));
}
