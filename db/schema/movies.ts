import { sql } from "drizzle-orm";
import {
  index,
  integer,
  primaryKey,
  real,
  sqliteTable,
  text,
  uniqueIndex,
} from "drizzle-orm/sqlite-core";
import { idColumn, json, moment, type StoredReason } from "./columns";
import { users } from "./people";

export const movieStatuses = [
  "adding",
  "downloading",
  "processing",
  "deciding",
  "ready",
  "failed",
] as const;
export type MovieStatus = (typeof movieStatuses)[number];

/** What a badge calls the size of a picture, the smallest first. */
export const movieQualities = ["SD", "HD", "4K"] as const;

/** `pending`: still to be fetched; `partial`: came from the release name; `complete`: from TMDB. */
export const metadataStates = ["pending", "partial", "complete", "missing"] as const;

export const imageKinds = ["poster", "backdrop", "profile"] as const;

/** A picture that was stored locally, in several widths, as WebP. */
export const images = sqliteTable(
  "images",
  {
    id: idColumn(),
    kind: text("kind", { enum: imageKinds }).notNull(),
    /** TMDB's path, so that a picture is fetched once. */
    sourcePath: text("source_path").notNull(),
    /** Widths in pixels that lie in the images folder as `<id>/<width>.webp`. */
    widths: json<number[]>("widths").notNull(),
    width: integer("width").notNull(),
    height: integer("height").notNull(),
    /** Dominant colour as #rrggbb: what a page shows until the picture is there. */
    color: text("color").notNull(),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [uniqueIndex("images_source").on(table.kind, table.sourcePath)],
);

export const movies = sqliteTable(
  "movies",
  {
    /** SQLite's rowid, named so that it survives VACUUM: the full-text tables refer to it. */
    num: integer("num").primaryKey({ autoIncrement: true }),
    id: text("id").notNull().unique(),
    imdbId: text("imdb_id"),
    tmdbId: integer("tmdb_id"),
    title: text("title").notNull(),
    originalTitle: text("original_title"),
    /** Lower case, without a leading article: what lists sort by. */
    sortTitle: text("sort_title").notNull(),
    originalLanguage: text("original_language"),
    overview: text("overview"),
    tagline: text("tagline"),
    /** YYYY-MM-DD; YYYY where a person gave a year that is not TMDB's. */
    releaseDate: text("release_date"),
    releaseYear: integer("release_year"),
    runtimeMinutes: integer("runtime_minutes"),
    /** TMDB's vote average, 0 to 10; null while nobody voted. */
    score: real("score"),
    voteCount: integer("vote_count"),
    certification: text("certification"),
    trailerUrl: text("trailer_url"),
    posterId: text("poster_id").references(() => images.id, { onDelete: "set null" }),
    backdropId: text("backdrop_id").references(() => images.id, { onDelete: "set null" }),
    /** Names of directors, cast and writers, joined for the full-text index. */
    peopleText: text("people_text").notNull().default(""),
    status: text("status", { enum: movieStatuses }).notNull(),
    /** Of the best version that is ready and outside the bin; kept by triggers (0005). */
    bestQuality: text("best_quality", { enum: movieQualities }),
    reason: json<StoredReason>("reason"),
    /** What a person has to choose, parsed by lib/movies/schema.ts; null when nothing. */
    decision: json<unknown>("decision"),
    metadataState: text("metadata_state", { enum: metadataStates }).notNull(),
    metadataReason: json<StoredReason>("metadata_reason"),
    metadataFetchedAt: moment("metadata_fetched_at"),
    addedBy: text("added_by").references(() => users.id, { onDelete: "set null" }),
    addedAt: moment("added_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
    /** Set while the movie lies in the bin. */
    binnedAt: moment("binned_at"),
  },
  (table) => {
    // Each order of a list has an index that also holds what a list is filtered by: however much is
    // passed over, rows of movies are read only for the page that is shown.
    const { num, status, bestQuality, releaseYear, id, binnedAt } = table;
    const filters = [num, status, bestQuality, releaseYear, id, binnedAt] as const;
    return [
      uniqueIndex("movies_imdb").on(table.imdbId).where(sql`binned_at is null`),
      uniqueIndex("movies_tmdb").on(table.tmdbId).where(sql`binned_at is null`),
      index("movies_by_added")
        .on(table.addedAt, ...filters)
        .where(sql`binned_at is null`),
      index("movies_by_title")
        .on(table.sortTitle, ...filters)
        .where(sql`binned_at is null`),
      index("movies_by_score")
        .on(table.score, ...filters)
        .where(sql`binned_at is null`),
      index("movies_by_release")
        .on(table.releaseDate, ...filters)
        .where(sql`binned_at is null`),
      index("movies_updated").on(table.updatedAt),
    ];
  },
);

/**
 * What a person changed of a movie, and what it would have without that: a fetch of its description
 * leaves the first alone, and going back needs nobody. The movie's own row holds what counts.
 */
export const movieEdits = sqliteTable("movie_edits", {
  movieId: text("movie_id")
    .primaryKey()
    .references(() => movies.id, { onDelete: "cascade" }),
  /** Null where it was left alone; so are the next two. */
  title: text("title"),
  releaseYear: integer("release_year"),
  posterId: text("poster_id").references(() => images.id, { onDelete: "set null" }),
  foundTitle: text("found_title").notNull(),
  foundReleaseDate: text("found_release_date"),
  foundReleaseYear: integer("found_release_year"),
  foundPosterId: text("found_poster_id").references(() => images.id, { onDelete: "set null" }),
  editedAt: moment("edited_at").notNull(),
});

export const genres = sqliteTable("genres", {
  /** TMDB's id. */
  id: integer("id").primaryKey(),
  name: text("name").notNull(),
});

export const movieGenres = sqliteTable(
  "movie_genres",
  {
    movieId: text("movie_id")
      .notNull()
      .references(() => movies.id, { onDelete: "cascade" }),
    genreId: integer("genre_id")
      .notNull()
      .references(() => genres.id),
    position: integer("position").notNull(),
    /** When its movie was added, while that can be watched, else null; kept by triggers (0005). */
    shelvedAt: moment("shelved_at"),
  },
  (table) => [
    primaryKey({ columns: [table.movieId, table.genreId] }),
    index("movie_genres_shelf").on(table.genreId, table.shelvedAt, table.movieId),
  ],
);

export const people = sqliteTable("people", {
  /** TMDB's id. */
  id: integer("id").primaryKey(),
  name: text("name").notNull(),
  imageId: text("image_id").references(() => images.id, { onDelete: "set null" }),
});

export const credits = sqliteTable(
  "credits",
  {
    movieId: text("movie_id")
      .notNull()
      .references(() => movies.id, { onDelete: "cascade" }),
    personId: integer("person_id")
      .notNull()
      .references(() => people.id),
    kind: text("kind", { enum: ["cast", "director", "writer"] }).notNull(),
    character: text("character"),
    position: integer("position").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.movieId, table.kind, table.personId] }),
    index("credits_person").on(table.personId),
  ],
);

export const timelineStages = [
  "added",
  "metadata",
  "download",
  "processing",
  "subtitles",
  "ready",
] as const;
export const timelineStates = ["done", "active", "waiting", "failed"] as const;

/** What happened to a movie and when: appended to, never changed. */
export const timelineEvents = sqliteTable(
  "timeline_events",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    movieId: text("movie_id")
      .notNull()
      .references(() => movies.id, { onDelete: "cascade" }),
    versionId: text("version_id"),
    stage: text("stage", { enum: timelineStages }).notNull(),
    state: text("state", { enum: timelineStates }).notNull(),
    reason: json<StoredReason>("reason"),
    at: moment("at").notNull(),
  },
  (table) => [index("timeline_movie").on(table.movieId, table.id)],
);
