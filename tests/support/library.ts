import { genres, images, movieGenres, movies, users, versions } from "@/db/schema";
import type { Db } from "@/lib/db";
import { randomId } from "@/lib/ids";

type MovieRow = typeof movies.$inferInsert;
type VersionRow = typeof versions.$inferInsert;

export const libraryStart = new Date("2026-01-01T00:00:00Z");

/** A person; their id. */
export function addPerson(db: Db, username = `person-${randomId()}`): string {
  const id = randomId();
  db.insert(users).values({ id, username, role: "member", createdAt: libraryStart }).run();
  return id;
}

/** A stored picture in two widths; its id. */
export function addPicture(db: Db, kind: "poster" | "backdrop" | "profile" = "poster"): string {
  const id = randomId();
  db.insert(images)
    .values({
      id,
      kind,
      sourcePath: `/${id}.jpg`,
      widths: [342, 185],
      width: 342,
      height: 513,
      color: "#223344",
      createdAt: libraryStart,
    })
    .run();
  return id;
}

/** A movie that is ready, unless told otherwise; its id. Genres are made when they are new. */
export function addMovieRow(
  db: Db,
  { genreNames = [], ...row }: Partial<MovieRow> & { title: string; genreNames?: string[] },
): string {
  const id = row.id ?? randomId();
  db.insert(movies)
    .values({
      id,
      sortTitle: row.title.toLowerCase(),
      status: "ready",
      metadataState: "complete",
      addedAt: libraryStart,
      updatedAt: libraryStart,
      ...row,
    })
    .run();
  for (const [position, name] of genreNames.entries()) {
    const known = db.select().from(genres).all();
    const genre = known.find((one) => one.name === name) ?? { id: known.length + 1, name };
    db.insert(genres).values(genre).onConflictDoNothing().run();
    db.insert(movieGenres).values({ movieId: id, genreId: genre.id, position }).run();
  }
  return id;
}

/** A version that is ready, in Full HD, unless told otherwise; its row. */
export function addVersionRow(
  db: Db,
  row: Partial<VersionRow> & { movieId: string },
): typeof versions.$inferSelect {
  return db
    .insert(versions)
    .values({
      id: randomId(),
      status: "ready",
      sourceKind: "torrent",
      folder: randomId(),
      fileName: randomId(),
      width: 1920,
      height: 1080,
      durationSeconds: 5400,
      sizeBytes: 2_000_000_000,
      container: "mp4",
      videoCodec: "h264",
      createdAt: libraryStart,
      updatedAt: libraryStart,
      ...row,
    })
    .returning()
    .get();
}

/** Statements that run while `work` does. */
export function countStatements(
  db: { $client: { prepare(source: string): unknown } },
  work: () => void,
): number {
  const { $client } = db;
  const prepare = $client.prepare;
  let count = 0;
  $client.prepare = (source: string) => {
    count += 1;
    return prepare.call($client, source);
  };
  try {
    work();
  } finally {
    $client.prepare = prepare;
  }
  return count;
}
