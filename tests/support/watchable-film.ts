import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { openDatabase } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { audioTracks } from "@/db/schema";
import type { Db } from "@/lib/db";
import { saveSubtitle } from "@/lib/subtitles/mutations";
import { makeMovie, type VideoKind } from "../media/make";
import { addMovieRow, addVersionRow } from "./library";

export interface WatchableVersion {
  width: number;
  height: number;
  /** What the file holds; H.264 when absent. */
  video?: VideoKind;
  /** What the database says that it holds. */
  says?: { videoCodec: string; codecs: string };
  /** ISO 639-1, the default first, each with a tone of its own. */
  sounds?: string[];
}

export interface WatchableFilm {
  title: string;
  genres?: string[];
  seconds: number;
  versions: WatchableVersion[];
  /** Every version has them. */
  subtitles: { language: string; text: string; forced?: boolean }[];
}

const iso3: Record<string, string> = { en: "eng", tr: "tur", de: "deu" };
const plain = { videoCodec: "h264", codecs: "avc1.42c01f,mp4a.40.2" };

/** SRT with a line every `everySeconds`, each for half of that: `Line 1` begins at `everySeconds`. */
export function countedLines(count: number, everySeconds: number, word = "Line"): string {
  const clock = (seconds: number) =>
    `${new Date(seconds * 1000).toISOString().slice(11, 23).replace(".", ",")}`;
  return Array.from({ length: count }, (_, at) => {
    const start = (at + 1) * everySeconds;
    return `${at + 1}\n${clock(start)} --> ${clock(start + everySeconds / 2)}\n${word} ${at + 1}\n`;
  }).join("\n");
}

async function addVersion(
  db: Db,
  dataDir: string,
  { movieId, film, version }: { movieId: string; film: WatchableFilm; version: WatchableVersion },
): Promise<void> {
  const { width, height, video = "h264", says = plain, sounds = ["en"] } = version;
  const mediaDir = join(dataDir, "media");
  const clip = join(dataDir, "downloads", `${movieId}-${video}-${height}.mp4`);
  await makeMovie({
    ...{ path: clip, seconds: film.seconds, video, framesPerSecond: 5, isFastStart: true },
    // What the rows say is a claim where the picture can't be shown anyway.
    ...(video === "h264" ? { width, height } : { width: 320, height: 180 }),
    audio: sounds.map((language, at) => ({
      ...{ codec: "aac" as const, channels: 2, language: iso3[language] ?? language },
      frequencyHz: 440 * (at + 1),
      isDefault: at === 0,
    })),
    extra: ["-g", "10"],
  });
  const row = addVersionRow(db, {
    ...{ movieId, width, height, durationSeconds: film.seconds, sourcePath: clip, ...says },
    ...{ publishedAt: new Date(), sizeBytes: height * 1_000_000 },
  });
  for (const [index, language] of sounds.entries()) {
    const facts = { channels: 2, codec: "aac", isDefault: index === 0, title: null };
    db.insert(audioTracks)
      .values({ versionId: row.id, index, language, ...facts })
      .run();
  }
  mkdirSync(join(mediaDir, row.folder), { recursive: true });
  copyFileSync(clip, join(mediaDir, row.folder, `${row.fileName}.mp4`));
  for (const [place, { language, text, forced = false }] of film.subtitles.entries()) {
    const saved = await saveSubtitle(db, {
      ...{ mediaDir, versionId: row.id, language, isLanguageCertain: true, forced },
      ...{ bytes: Buffer.from(text), source: "embedded", sourceKey: String(place + 2) },
      now: new Date(),
    });
    if ("reason" in saved) throw new Error(saved.reason.code);
  }
}

/** Makes a data folder with films in several versions, sounds and subtitles. @returns ids of movies. */
export async function watchableFilms(
  dataDir: string,
  films: readonly WatchableFilm[],
): Promise<string[]> {
  mkdirSync(join(dataDir, "downloads"), { recursive: true });
  const databasePath = join(dataDir, "vigilio.db");
  migrateDatabase({
    databasePath,
    migrationsDir: "db/migrations",
  });
  const db = openDatabase(databasePath);
  try {
    const made: string[] = [];
    for (const film of films) {
      const movieId = addMovieRow(db, { title: film.title, genreNames: film.genres ?? [] });
      for (const version of film.versions) {
        await addVersion(db, dataDir, { movieId, film, version });
      }
      made.push(movieId);
    }
    return made;
  } finally {
    db.$client.close();
  }
}
