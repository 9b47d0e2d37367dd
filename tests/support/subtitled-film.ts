import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { openDatabase } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import type { Db } from "@/lib/db";
import { saveSubtitle } from "@/lib/subtitles/mutations";
import { makeMovie } from "../media/make";
import { srtOf, subtitleLanguages } from "../upstreams/subtitle-texts";
import { addMovieRow, addVersionRow } from "./library";

export interface SubtitledFilm {
  title: string;
  imdbId?: string;
  releaseName?: string;
  /** How many subtitles it has, in languages that repeat. */
  subtitles: number;
}

export interface MadeFilm {
  movieId: string;
  versionId: string;
}

/** A clip that browsers play, with its index in front. */
export function makeClip(path: string, seconds: number): Promise<string> {
  return makeMovie({ path, seconds, width: 320, height: 180, isFastStart: true });
}

async function addFilm(
  db: Db,
  { mediaDir, clip, seconds }: { mediaDir: string; clip: string; seconds: number },
  film: SubtitledFilm,
): Promise<MadeFilm> {
  const { title, imdbId, releaseName, subtitles } = film;
  const now = new Date();
  const movieId = addMovieRow(db, { title, imdbId });
  const version = addVersionRow(db, {
    ...{ movieId, releaseName, width: 320, height: 180, durationSeconds: seconds },
    ...{ sourcePath: clip, publishedAt: now },
  });
  mkdirSync(join(mediaDir, version.folder), { recursive: true });
  copyFileSync(clip, join(mediaDir, version.folder, `${version.fileName}.mp4`));
  for (let place = 0; place < subtitles; place += 1) {
    const language = subtitleLanguages[place % subtitleLanguages.length] ?? "en";
    const saved = await saveSubtitle(db, {
      ...{ mediaDir, versionId: version.id, language, isLanguageCertain: true, now },
      bytes: Buffer.from(srtOf(language, 1200)),
      source: "embedded",
      sourceKey: String(place + 2),
      label: `Track ${place + 1}`,
    });
    if ("reason" in saved) throw new Error(saved.reason.code);
  }
  return { movieId, versionId: version.id };
}

/**
 * Makes a data folder with films that play: the same clip for all, so that they differ in nothing
 * but their subtitles (of 1200 cues each).
 */
export async function subtitledFilms(
  dataDir: string,
  films: readonly SubtitledFilm[],
  seconds = 20,
): Promise<MadeFilm[]> {
  mkdirSync(join(dataDir, "downloads"), { recursive: true });
  const clip = await makeClip(join(dataDir, "downloads", "clip.mp4"), seconds);
  const databasePath = join(dataDir, "vigilio.db");
  migrateDatabase({
    databasePath,
    migrationsDir: "db/migrations",
  });
  const db = openDatabase(databasePath);
  try {
    const made: MadeFilm[] = [];
    for (const film of films) {
      made.push(await addFilm(db, { mediaDir: join(dataDir, "media"), clip, seconds }, film));
    }
    return made;
  } finally {
    db.$client.close();
  }
}
