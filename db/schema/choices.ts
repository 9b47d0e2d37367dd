import { primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { json, moment } from "./columns";
import { movies } from "./movies";
import { users } from "./people";

/** What a person picked for one movie; parsed by lib/users/schema.ts. */
export interface StoredTrackChoice {
  /** BCP 47, and the name of the track where the film has several of a language. */
  audio?: { language: string; label: string };
  /** Null: none. */
  subtitle?: { id: string; language: string; forced: boolean; hearingImpaired: boolean } | null;
}

/** The sound and the subtitle that a person picked last, for each movie. */
export const trackChoices = sqliteTable(
  "track_choices",
  {
    userId: text("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    movieId: text("movie_id")
      .notNull()
      .references(() => movies.id, { onDelete: "cascade" }),
    choice: json<StoredTrackChoice>("choice").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.movieId] })],
);
