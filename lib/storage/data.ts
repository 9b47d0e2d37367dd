import { sql } from "drizzle-orm";
import { binTotal } from "@/lib/bin/data";
import type { Db } from "@/lib/db";
import { type SeedingLimits, smallerVersions, spentOriginals, watchedByAll } from "./candidates";
import { type Forecast, forecastOf, needOn } from "./forecast";
import { binned, largestMovies } from "./movie-sizes";
import type { CountedStorage, FolderKind, StorageView, UseKind } from "./schema";
import type { Volume } from "./volumes";

function filmsTotal(db: Db): { count: number; sizeBytes: number } {
  const row = db.get<{ count: number; sizeBytes: number | null }>(sql`
    select count(*) as count, sum(v.size_bytes) as "sizeBytes" from versions v
    where v.published_at is not null and v.movie_id not in ${binned} and v.id not in ${binned}`);
  return { count: row?.count ?? 0, sizeBytes: row?.sizeBytes ?? 0 };
}

interface Originals {
  /** What they take, by the movie that they are of. */
  byMovie: Map<string, number>;
  /** Of those that are still shared with others. */
  seeding: { count: number; sizeBytes: number };
}

/** What was downloaded and takes space beside the files that play. */
function originalsOf(db: Db, counted: CountedStorage | null): Originals {
  const sizes = new Map(counted?.originals.map((one) => [one.downloadId, one.sizeBytes]));
  const rows = db.all<{ id: string; movieId: string; state: string }>(sql`
    select id, movie_id as "movieId", state from downloads
    where id in (select value from json_each(${JSON.stringify([...sizes.keys()])}))`);
  const byMovie = new Map<string, number>();
  const seeding = { count: 0, sizeBytes: 0 };
  for (const { id, movieId, state } of rows) {
    const sizeBytes = sizes.get(id) ?? 0;
    byMovie.set(movieId, (byMovie.get(movieId) ?? 0) + sizeBytes);
    if (state !== "seeding") continue;
    seeding.count += 1;
    seeding.sizeBytes += sizeBytes;
  }
  return { byMovie, seeding };
}

/** Where what is of a kind lies. */
const folderOf: Record<UseKind, FolderKind> = {
  ...{ films: "media", previews: "media", subtitles: "media", making: "media", bin: "media" },
  ...{ originals: "downloads", seeding: "downloads", downloading: "downloads" },
  ...{ pictures: "data", backups: "data", database: "data" },
};

function usesOf(
  db: Db,
  args: { counted: CountedStorage | null; forecast: Forecast; seeding: Originals["seeding"] },
): StorageView["uses"] {
  const { counted, forecast, seeding } = args;
  const films = filmsTotal(db);
  const bin = binTotal(db);
  const use = (kind: UseKind, sizeBytes: number, count: number | null = null) => ({
    ...{ kind, sizeBytes, count, folder: folderOf[kind] },
  });
  const uses = [
    use("films", films.sizeBytes, films.count),
    use("originals", Math.max(0, (counted?.originalsBytes ?? 0) - seeding.sizeBytes)),
    use("seeding", seeding.sizeBytes, seeding.count),
    use("downloading", forecast.downloadedBytes, forecast.downloads),
    use("bin", bin.sizeBytes, bin.count),
    use("previews", counted?.previews ?? 0),
    use("subtitles", counted?.subtitles ?? 0),
    use("pictures", counted?.pictures ?? 0),
    use("making", counted?.making ?? 0),
    use("backups", counted?.backups ?? 0),
    use("database", counted?.database ?? 0),
  ];
  return uses.sort((a, b) => b.sizeBytes - a.sizeBytes);
}

/**
 * What takes space, what can go, and what is still to come: sizes from the database where it knows
 * them, and from the last count of the disk where it does not.
 *
 * @param args.days how long ago everybody has to have seen a film.
 */
export function storageOf(
  db: Db,
  args: {
    counted: CountedStorage | null;
    isCounting: boolean;
    volumes: readonly Volume[];
    limits: SeedingLimits;
    days: number;
    now: Date;
  },
): StorageView {
  const { counted, isCounting, limits, days, now } = args;
  const forecast = forecastOf(db);
  const { byMovie: originals, seeding } = originalsOf(db, counted);
  const uses = usesOf(db, { counted, forecast, seeding });
  const { downloadedBytes: _, ...shownForecast } = forecast;
  return {
    countedAt: counted && counted.countedAt > 0 ? new Date(counted.countedAt).toISOString() : null,
    isCounting,
    volumes: args.volumes.map((volume) => ({
      ...volume,
      usedByVigilioBytes: uses
        .filter(({ folder }) => volume.folders.includes(folder))
        .reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
      ...needOn(volume, forecast),
    })),
    uses,
    largest: largestMovies(db, originals),
    watched: watchedByAll(db, { days, now, originals }),
    originals: spentOriginals(db, { counted, limits, now }),
    smaller: smallerVersions(db),
    forecast: shownForecast,
  };
}
