import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { flag, idColumn, json, moment, type StoredReason } from "./columns";

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
    /**
     * Where it was copied from; null when an admin wrote it. One that was copied never leads into
     * the own network.
     */
    galleryId: text("gallery_id"),
    /** Which entry of that gallery it was, and a digest of its definition as it was then. */
    galleryEntryId: text("gallery_entry_id"),
    galleryDigest: text("gallery_digest"),
    description: text("description"),
    author: text("author"),
    /** What whoever uses it should know about the law, in the author's words. */
    legalNote: text("legal_note"),
    enabled: flag("enabled").notNull().default(true),
    position: integer("position").notNull(),
    /** When it answered last as it should. */
    answeredAt: moment("answered_at"),
    /** Mean over its last answers. */
    averageMs: integer("average_ms"),
    failuresInRow: integer("failures_in_row").notNull().default(0),
    lastError: json<StoredReason>("last_error"),
    failedAt: moment("failed_at"),
    /** Not before: it asked for a pause, or failed too often; null while nothing holds it back. */
    pausedUntil: moment("paused_until"),
    /** What an indexer said that it can; null for schemas, and until it was asked. */
    capabilities: json<unknown>("capabilities"),
    capabilitiesAt: moment("capabilities_at"),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [index("sources_position").on(table.position)],
);

/**
 * Releases that a search found, for some hours: a browser gets their ids, and never their links,
 * which may carry an indexer's key.
 */
export const searchResults = sqliteTable(
  "search_results",
  {
    id: idColumn(),
    sourceId: text("source_id")
      .notNull()
      .references(() => sources.id, { onDelete: "cascade" }),
    imdbId: text("imdb_id"),
    tmdbId: integer("tmdb_id"),
    title: text("title").notNull(),
    year: integer("year"),
    name: text("name"),
    link: text("link").notNull(),
    infoHash: text("info_hash"),
    foundAt: moment("found_at").notNull(),
  },
  (table) => [index("search_results_found").on(table.foundAt)],
);

/**
 * Posters that a search came upon: a browser gets their ids, and the server fetches them when one is
 * looked at.
 */
export const foundImages = sqliteTable(
  "found_images",
  {
    /** From the film's IMDb id where there is one, else from the address. */
    id: idColumn(),
    imdbId: text("imdb_id"),
    /** As a source gave it; null where only TMDB may know one. */
    url: text("url"),
    foundAt: moment("found_at").notNull(),
  },
  (table) => [index("found_images_found").on(table.foundAt)],
);

/** A gallery of sources that another Vigilio publishes. */
export const galleries = sqliteTable("galleries", {
  /** Made of its address, so that one that is followed again knows its copies. */
  id: idColumn(),
  /** Of its index.json, as it was reached in the end. */
  url: text("url").notNull().unique(),
  /** `URL.host` where an admin typed an address in the own network; only there it may lead in. */
  privateHost: text("private_host"),
  name: text("name").notNull(),
  entries: json<unknown>("entries").notNull(),
  /** Entries that this Vigilio could not read. */
  unreadable: integer("unreadable").notNull().default(0),
  /** As the answer had it: what has not changed is not sent again. */
  etag: text("etag"),
  fetchedAt: moment("fetched_at"),
  /** Why the last try brought nothing; null when it did. */
  lastError: json<StoredReason>("last_error"),
  failedAt: moment("failed_at"),
  createdAt: moment("created_at").notNull(),
});

/** A source that this Vigilio publishes, with what others think of it. */
export const publishedSources = sqliteTable("published_sources", {
  id: idColumn(),
  sourceId: text("source_id")
    .notNull()
    .unique()
    .references(() => sources.id, { onDelete: "cascade" }),
  /** What is published, as an admin looked at it: a later change of the source is not. */
  definition: json<unknown>("definition").notNull().default({}),
  /** Digest of the source's own definition then, which may hold keys that were left out. */
  sourceDigest: text("source_digest").notNull().default(""),
  thumbsUp: integer("thumbs_up").notNull().default(0),
  thumbsDown: integer("thumbs_down").notNull().default(0),
  publishedAt: moment("published_at").notNull(),
});

/** Who voted today, as a keyed digest of the address: never the address itself. */
export const sourceVotes = sqliteTable(
  "source_votes",
  {
    publishedId: text("published_id")
      .notNull()
      .references(() => publishedSources.id, { onDelete: "cascade" }),
    voterHash: text("voter_hash").notNull(),
    isUp: flag("is_up").notNull(),
    votedAt: moment("voted_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.publishedId, table.voterHash] })],
);

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
