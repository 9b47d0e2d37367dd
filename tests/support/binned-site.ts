import { getTableName, isTable } from "drizzle-orm";
import * as schema from "@/db/schema";
import {
  downloads,
  earlierPlaces,
  history,
  listEntries,
  progress,
  subtitles,
  trackChoices,
} from "@/db/schema";
import type { Db } from "@/lib/db";
import { reason } from "@/lib/errors";
import { randomId } from "@/lib/ids";
import { saveHealth } from "@/lib/queue/health";
import { addMovieRow, addPicture, addVersionRow, libraryStart } from "./library";
import { token } from "./route-call";
import { type TestSite, testSite } from "./site";

export const infoHash = "b2".repeat(20);

/** A film with everything that may belong to one: what lies in the bin has to come back with it. */
export interface WholeFilm {
  movieId: string;
  versionId: string;
  fileName: string;
  smallerId: string;
  subtitleId: string;
  downloadId: string;
}

/** Adds a film that somebody is in the middle of, with two versions, a subtitle and a torrent. */
export function addWholeFilm(db: Db, userId: string): WholeFilm {
  const movieId = addMovieRow(db, {
    title: "The Long Lamp",
    imdbId: "tt7654321",
    tmdbId: 77,
    releaseYear: 2019,
    releaseDate: "2019-03-01",
    score: 8.1,
    genreNames: ["Crime", "Drama"],
    posterId: addPicture(db),
  });
  const published = { publishedAt: libraryStart, previewSet: randomId() };
  const version = addVersionRow(db, { movieId, ...published });
  const smaller = addVersionRow(db, {
    movieId,
    sourceKind: "smaller",
    madeFromId: version.id,
    height: 480,
    width: 854,
    publishedAt: libraryStart,
  });
  const times = { createdAt: libraryStart, updatedAt: libraryStart };
  const [subtitleId, downloadId] = [randomId(), randomId()];
  db.insert(subtitles)
    .values({
      ...{ id: subtitleId, versionId: version.id, language: "en", source: "upload" },
      ...{ sourceKey: "a", cueCount: 3, ...times },
    })
    .run();
  db.insert(downloads)
    .values({
      ...{ id: downloadId, movieId, versionId: version.id, tag: `vigilio-${downloadId}` },
      ...{ name: "The.Long.Lamp.2019.1080p", state: "seeding", progress: 1, infoHashV1: infoHash },
      ...{ clientHash: infoHash, completedAt: libraryStart },
      ...{ addedAt: libraryStart, updatedAt: libraryStart },
    })
    .run();
  const place = { userId, movieId, positionSeconds: 900, durationSeconds: 5400 };
  db.insert(progress)
    .values({ ...place, updatedAt: libraryStart })
    .run();
  db.insert(earlierPlaces)
    .values({ ...place, positionSeconds: 300, leftAt: libraryStart })
    .run();
  db.insert(listEntries).values({ userId, movieId, addedAt: libraryStart }).run();
  db.insert(history)
    .values({
      ...{ userId, movieId, startedAt: libraryStart, lastWatchedAt: libraryStart },
      positionSeconds: 900,
    })
    .run();
  db.insert(trackChoices)
    .values({ userId, movieId, choice: { subtitle: null }, updatedAt: libraryStart })
    .run();
  const { id: versionId, fileName } = version;
  return { movieId, versionId, fileName, smallerId: smaller.id, subtitleId, downloadId };
}

/** How many rows each table has. */
export function rowCounts(db: Db): Record<string, number> {
  const tables = Object.values(schema).filter((entry) => isTable(entry));
  return Object.fromEntries(
    tables.map((table) => [
      getTableName(table),
      db
        .select()
        .from(table as typeof downloads)
        .all().length,
    ]),
  );
}

/** A site with an admin, whose token the calls carry, one whole film and another film beside it. */
export function openBinnedSite(): {
  site: TestSite;
  userId: string;
  other: string;
  film: WholeFilm;
} {
  const site = testSite({ VIGILIO_API_TOKEN: token });
  const userId = site.user("ann", "admin");
  const ok = { ok: true, detail: reason("health-ok") };
  saveHealth(site.db, { qbittorrent: ok, ffmpeg: ok, ffprobe: ok, disk: ok }, new Date());
  const other = addMovieRow(site.db, {
    ...{ title: "Another Lamp", genreNames: ["Crime"], releaseDate: "2008-01-01" },
    ...{ releaseYear: 2008, score: 5 },
  });
  addVersionRow(site.db, { movieId: other });
  return { site, userId, other, film: addWholeFilm(site.db, userId) };
}
