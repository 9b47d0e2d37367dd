import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Connection, openDatabase } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { credits, people } from "@/db/schema";
import { addMovieRow, addVersionRow } from "./library";

/** A library of rows alone, for pages that list movies: there is nothing to be played in it. */
export interface BrowseLibrary {
  dataDir: string;
  /** Open beside the server that uses it. */
  db: Connection;
  /** Ids by title. */
  ids: Record<string, string>;
}

const day = 86_400_000;

/** Makes the data folder of a Vigilio that starts with some thirty movies. */
export function browseLibrary(now: Date): BrowseLibrary {
  const dataDir = mkdtempSync(join(tmpdir(), "vigilio-browse-"));
  const databasePath = join(dataDir, "vigilio.db");
  migrateDatabase({
    databasePath,
    migrationsDir: "db/migrations",
  });
  const db = openDatabase(databasePath);
  const ids: Record<string, string> = {};
  const add = (title: string, row: Partial<Parameters<typeof addMovieRow>[1]> = {}) => {
    const added = Object.keys(ids).length;
    const movie = {
      overview: `${title} tells of people who keep a light burning, and of what it costs them.`,
      runtimeMinutes: 104,
      score: 6.1,
      releaseDate: "2014-05-01",
      releaseYear: 2014,
      addedAt: new Date(now.getTime() - day + added * 1000),
      ...row,
    };
    const id = addMovieRow(db, { title, ...movie });
    ids[title] = id;
    if (movie.status === undefined) addVersionRow(db, { movieId: id });
  };
  for (let number = 1; number <= 24; number += 1) {
    add(`Filler ${number}`, { genreNames: ["Drama"], score: 5 + number / 10 });
  }
  add("Lone Western", { genreNames: ["Western"], releaseYear: 1966, releaseDate: "1966-01-01" });
  add("Harbour Lights", { genreNames: ["Crime"], peopleText: "Zora Delacroix", score: 8.8 });
  add("Nine Lanterns", { genreNames: ["Crime"], releaseYear: 1994, releaseDate: "1994-02-02" });
  add("The Ferryman", { genreNames: ["Crime"] });
  add("Still Coming", { status: "processing", genreNames: ["Crime"] });
  db.insert(people).values({ id: 1, name: "Zora Delacroix" }).run();
  db.insert(credits)
    .values({ movieId: ids["Harbour Lights"] ?? "", personId: 1, kind: "cast", position: 0 })
    .run();
  return { dataDir, db, ids };
}
