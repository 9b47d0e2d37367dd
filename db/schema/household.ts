import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { flag, idColumn, json, moment } from "./columns";

/** What a person saved in settings; the environment wins over it (lib/settings). */
export const settings = sqliteTable("settings", {
  key: text("key").primaryKey(),
  value: json<unknown>("value").notNull(),
  updatedAt: moment("updated_at").notNull(),
});

/** What a service told us and must survive a restart: tokens, quotas, a probe's result. */
export const serviceState = sqliteTable("service_state", {
  key: text("key").primaryKey(),
  value: json<unknown>("value").notNull(),
  updatedAt: moment("updated_at").notNull(),
});

export const sources = sqliteTable(
  "sources",
  {
    id: idColumn(),
    name: text("name").notNull(),
    kind: text("kind", { enum: ["schema", "torznab"] }).notNull(),
    definition: json<unknown>("definition").notNull(),
    /** Where it was copied from; null when a person wrote it. */
    galleryId: text("gallery_id"),
    enabled: flag("enabled").notNull().default(true),
    position: integer("position").notNull(),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [index("sources_position").on(table.position)],
);

/** A gallery of sources that another Vigilio publishes. */
export const galleries = sqliteTable("galleries", {
  id: idColumn(),
  url: text("url").notNull().unique(),
  name: text("name").notNull(),
  entries: json<unknown>("entries").notNull(),
  fetchedAt: moment("fetched_at"),
  createdAt: moment("created_at").notNull(),
});

/** A source that this Vigilio publishes, with what others think of it. */
export const publishedSources = sqliteTable("published_sources", {
  id: idColumn(),
  sourceId: text("source_id")
    .notNull()
    .references(() => sources.id, { onDelete: "cascade" }),
  thumbsUp: integer("thumbs_up").notNull().default(0),
  thumbsDown: integer("thumbs_down").notNull().default(0),
  publishedAt: moment("published_at").notNull(),
});

/** What was deleted but can be brought back. */
export const binEntries = sqliteTable("bin_entries", {
  id: idColumn(),
  kind: text("kind", { enum: ["movie", "version"] }).notNull(),
  /** The movie or version, whose rows stay until the bin is emptied. */
  subjectId: text("subject_id").notNull().unique(),
  title: text("title").notNull(),
  sizeBytes: integer("size_bytes").notNull(),
  binnedAt: moment("binned_at").notNull(),
  emptiedAfter: moment("emptied_after").notNull(),
});
