import { describe, expect, it } from "vitest";
import { allSources, sourceById } from "@/lib/sources/data";
import { searchPlaceholder } from "@/lib/sources/definition";
import { updateSource } from "@/lib/sources/mutations";
import { testDatabase } from "@/tests/support/database";
import { entryViews, galleryById } from "./data";
import { addGallery, copyEntry, removeGallery, saveGallery } from "./mutations";
import { readIndex } from "./read-index";

const now = new Date("2026-11-01T20:00:00Z");
const hours = (count: number) => new Date(now.getTime() + count * 3_600_000);
const definition = {
  version: 2 as const,
  apiUrl: `https://films.example/?q=${searchPlaceholder}`,
  query: { limit: "5" },
  parsers: [{ key: "title", value: "m.0.title" }],
};
type Db = ReturnType<typeof testDatabase>;

describe("a copy", () => {
  const entry = (schema: object) => ({ id: "a1", name: "Shared", author: "Ada", schema });
  const gallery = (schema: object = definition) => {
    const read = readIndex({
      ...{ format: "vigilio-gallery", version: 1, name: "G", sources: [entry(schema)] },
    });
    if (!read) throw new Error("no gallery");
    return read;
  };
  const follow = (db: Db) =>
    addGallery(db, {
      ...{ url: "https://a.example/gallery/index.json", privateHost: null, etag: null, now },
      gallery: gallery(),
    });
  const view = (db: Db, id: string) => {
    const stored = galleryById(db, id);
    return stored ? entryViews(db, stored)[0] : undefined;
  };

  it("is a source from a gallery, and is known as one", () => {
    using db = testDatabase();
    const galleryId = follow(db);
    expect(view(db, galleryId)).toMatchObject({ copy: "none", host: "films.example" });
    const { sourceId } = copyEntry(db, { galleryId, entryId: "a1", now });
    expect(sourceById(db, sourceId)).toMatchObject({
      ...{ name: "Shared", author: "Ada", galleryId, enabled: true },
    });
    expect(view(db, galleryId)).toMatchObject({ copy: "same", sourceId });
  });

  it("is brought up to date when its entry changed, under the name that it has here", () => {
    using db = testDatabase();
    const galleryId = follow(db);
    const { sourceId } = copyEntry(db, { galleryId, entryId: "a1", now });
    updateSource(db, { id: sourceId, change: { name: "Mine" }, now });
    const changed = { ...definition, query: { limit: "9" } };
    saveGallery(db, { id: galleryId, etag: null, gallery: gallery(changed), now: hours(1) });
    expect(view(db, galleryId)?.copy).toBe("changed");
    expect(copyEntry(db, { galleryId, entryId: "a1", now }).sourceId).toBe(sourceId);
    expect(view(db, galleryId)?.copy).toBe("same");
    expect(allSources(db)).toMatchObject([
      { name: "Mine", galleryId, definition: { query: { limit: "9" } } },
    ]);
  });

  it("stays when its gallery goes, and still knows that it was copied", () => {
    using db = testDatabase();
    const galleryId = follow(db);
    expect(() => follow(db)).toThrow("invalid-input");
    const { sourceId } = copyEntry(db, { galleryId, entryId: "a1", now });
    removeGallery(db, galleryId);
    expect(sourceById(db, sourceId)?.galleryId).toBe(galleryId);
    expect(() => removeGallery(db, galleryId)).toThrow("gallery-unknown");
    expect(() => copyEntry(db, { galleryId, entryId: "a1", now })).toThrow("gallery-entry-unknown");
    // Followed again, it knows its copies.
    expect(view(db, follow(db))).toMatchObject({ copy: "same", sourceId });
  });
});
