import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "@/db/client";
import { addMovieRow, addVersionRow } from "./library";
import { startVigilio, type Vigilio } from "./vigilio";
import { countedLines, watchableFilms } from "./watchable-film";

/** The film of the evening, which lasts a minute, and what there is to see after it. */
export const evening = { title: "The Lantern Keeper", slip: "lantren", seconds: 60 };
export const afterwards = { title: "Harbour Lights" };

/** A Vigilio with two films of a genre: one in two sizes, with two sounds and two subtitles. */
export interface Household {
  vigilio: Vigilio;
  stop(): Promise<void>;
}

/** Makes the films and starts the app. */
export async function openHousehold(): Promise<Household> {
  const dataDir = mkdtempSync(join(tmpdir(), "vigilio-household-"));
  const sounds = ["en", "tr"];
  const everySeconds = 4;
  const lines = Math.floor(evening.seconds / everySeconds) - 1;
  const genres = ["Crime"];
  await watchableFilms(dataDir, [
    {
      ...{ title: evening.title, seconds: evening.seconds, genres },
      versions: [
        { width: 640, height: 360, sounds },
        { width: 426, height: 240, sounds },
      ],
      subtitles: [
        { language: "en", text: countedLines(lines, everySeconds) },
        { language: "tr", text: countedLines(lines, everySeconds, "Satır") },
      ],
    },
    {
      ...{ title: afterwards.title, seconds: 10, genres },
      versions: [{ width: 426, height: 240 }],
      subtitles: [],
    },
  ]);
  const db = openDatabase(join(dataDir, "vigilio.db"));
  // A genre gets a row of its own from three movies on; this one nobody plays.
  addVersionRow(db, { movieId: addMovieRow(db, { title: "Nine Bridges", genreNames: genres }) });
  db.$client.close();
  const vigilio = await startVigilio({
    dataDir,
    env: {
      SUBTITLE_LANGUAGES: "en,tr",
      VIGILIO_ADMIN_USERNAME: "ada",
      VIGILIO_ADMIN_PASSWORD: "a long enough password",
    },
  });
  return {
    vigilio,
    async stop() {
      await vigilio.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
