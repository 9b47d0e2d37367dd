import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { idColumn, moment } from "./columns";
import { movies } from "./movies";
import { users } from "./people";

export const requestStates = ["asked", "approved", "declined"] as const;

/** A movie that somebody who may not add asks for; whoever asks for the same joins it. */
export const requests = sqliteTable(
  "requests",
  {
    id: idColumn(),
    imdbId: text("imdb_id"),
    tmdbId: integer("tmdb_id"),
    title: text("title").notNull(),
    year: integer("year"),
    /** Of search_results, which are kept for some hours; null when it was asked for by name. */
    resultId: text("result_id"),
    state: text("state", { enum: requestStates }).notNull(),
    /** What came of it. Both go together: what is deleted is no answer to a wish. */
    movieId: text("movie_id").references(() => movies.id, { onDelete: "cascade" }),
    /** In an admin's words. */
    declinedBecause: text("declined_because"),
    decidedBy: text("decided_by").references(() => users.id, { onDelete: "set null" }),
    decidedAt: moment("decided_at"),
    createdAt: moment("created_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [
    index("requests_movie").on(table.movieId),
    index("requests_updated").on(table.updatedAt),
  ],
);

/** Who asks for it. A request that nobody asks for any more is gone. */
export const requestAskers = sqliteTable(
  "request_askers",
  {
    requestId: text("request_id")
      .notNull()
      .references(() => requests.id, { onDelete: "cascade" }),
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    askedAt: moment("asked_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.requestId, table.userId] }),
    index("request_askers_user").on(table.userId),
  ],
);
