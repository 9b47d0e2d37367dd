import { index, integer, primaryKey, real, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { flag, moment } from "./columns";
import { movies } from "./movies";
import { users } from "./people";

const userId = () =>
  text("user_id")
    .notNull()
    .references(() => users.id, { onDelete: "cascade" });
const movieId = () =>
  text("movie_id")
    .notNull()
    .references(() => movies.id, { onDelete: "cascade" });

/** Where a person stopped. */
export const progress = sqliteTable(
  "progress",
  {
    userId: userId(),
    movieId: movieId(),
    positionSeconds: real("position_seconds").notNull(),
    durationSeconds: real("duration_seconds").notNull(),
    /** When the person was there: reports may arrive late. */
    updatedAt: moment("updated_at").notNull(),
    /** Since when it moves on without a jump; null for rows that are older than this column. */
    steadySince: moment("steady_since"),
  },
  (table) => [
    primaryKey({ columns: [table.userId, table.movieId] }),
    index("progress_recent").on(table.userId, table.updatedAt),
  ],
);

/** Where a person was before they jumped elsewhere or were through: the last few of a movie. */
export const earlierPlaces = sqliteTable(
  "earlier_places",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    userId: userId(),
    movieId: movieId(),
    positionSeconds: real("position_seconds").notNull(),
    durationSeconds: real("duration_seconds").notNull(),
    leftAt: moment("left_at").notNull(),
  },
  (table) => [index("earlier_places_movie").on(table.userId, table.movieId, table.leftAt)],
);

export const watched = sqliteTable(
  "watched",
  { userId: userId(), movieId: movieId(), watchedAt: moment("watched_at").notNull() },
  (table) => [
    primaryKey({ columns: [table.userId, table.movieId] }),
    index("watched_movie").on(table.movieId, table.watchedAt, table.userId),
  ],
);

export const listEntries = sqliteTable(
  "list_entries",
  { userId: userId(), movieId: movieId(), addedAt: moment("added_at").notNull() },
  (table) => [
    primaryKey({ columns: [table.userId, table.movieId] }),
    index("list_entries_recent").on(table.userId, table.addedAt),
  ],
);

/** One row per sitting: opened again within the same evening it is the same row. */
export const history = sqliteTable(
  "history",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    userId: userId(),
    movieId: movieId(),
    startedAt: moment("started_at").notNull(),
    lastWatchedAt: moment("last_watched_at").notNull(),
    positionSeconds: real("position_seconds").notNull(),
    finished: flag("finished").notNull().default(false),
  },
  (table) => [index("history_user").on(table.userId, table.lastWatchedAt)],
);
