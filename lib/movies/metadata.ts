import { and, eq, inArray, isNull, ne, or } from "drizzle-orm";
import {
  credits,
  genres,
  type imageKinds,
  images,
  movieGenres,
  movies,
  people,
  versions,
} from "@/db/schema";
import type { Db } from "@/lib/db";
import { type Reason, reason } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";
import { fulfilRequests } from "@/lib/requests/fulfil";
import { underEdits } from "./edits";
import { refreshMovieStatus } from "./status";
import { record } from "./timeline";
import { sortTitle, titleFromRelease } from "./titles";
import { removeUnusedImages } from "./unused-images";

/** What TMDB knows of a movie, in our terms. */
export interface MovieMetadata {
  imdbId: string | null;
  tmdbId: number;
  title: string;
  originalTitle: string | null;
  originalLanguage: string | null;
  overview: string | null;
  tagline: string | null;
  releaseDate: string | null;
  runtimeMinutes: number | null;
  score: number | null;
  voteCount: number;
  certification: string | null;
  trailerUrl: string | null;
  genres: { id: number; name: string }[];
  /** With TMDB's ids of the people. */
  cast: { id: number; name: string; character: string | null }[];
  directors: { id: number; name: string }[];
  writers: { id: number; name: string }[];
  posterId: string | null;
  backdropId: string | null;
}

type ImageKind = (typeof imageKinds)[number];

/** A picture that was fetched before, by its path at TMDB. */
export function imageBySource(db: Db, kind: ImageKind, sourcePath: string): string | null {
  const row = db
    .select({ id: images.id })
    .from(images)
    .where(and(eq(images.kind, kind), eq(images.sourcePath, sourcePath)))
    .get();
  return row?.id ?? null;
}

/** The picture's files lie in place: from now on pages may show it. */
export function saveImage(db: Db, row: typeof images.$inferInsert): void {
  db.insert(images).values(row).onConflictDoNothing().run();
}

function savePeople(db: Db, movieId: string, metadata: MovieMetadata): void {
  const cast = metadata.cast.map((person, position) => ({
    ...person,
    kind: "cast" as const,
    position,
  }));
  const crew = (kind: "director" | "writer", members: { id: number; name: string }[]) =>
    members.map(({ id, name }, position) => ({ id, name, kind, character: null, position }));
  const directors = crew("director", metadata.directors);
  const writers = crew("writer", metadata.writers);
  db.delete(credits).where(eq(credits.movieId, movieId)).run();
  for (const { id, name, kind, character, position } of [...cast, ...directors, ...writers]) {
    db.insert(people)
      .values({ id, name })
      .onConflictDoUpdate({ target: people.id, set: { name } })
      .run();
    db.insert(credits)
      .values({ movieId, personId: id, kind, character, position })
      .onConflictDoNothing()
      .run();
  }
}

/** A person's picture is there. */
export function saveFace(db: Db, personId: number, imageId: string): void {
  db.update(people).set({ imageId }).where(eq(people.id, personId)).run();
}

function saveGenres(db: Db, movieId: string, found: MovieMetadata["genres"]): void {
  db.delete(movieGenres).where(eq(movieGenres.movieId, movieId)).run();
  for (const [position, genre] of found.entries()) {
    db.insert(genres)
      .values(genre)
      .onConflictDoUpdate({ target: genres.id, set: { name: genre.name } })
      .run();
    db.insert(movieGenres)
      .values({ movieId, genreId: genre.id, position })
      .onConflictDoNothing()
      .run();
  }
}

/** Another movie that is already known by one of these ids: the same film, added by another name. */
export function movieWithIds(
  db: Db,
  exceptId: string,
  ids: { imdbId: string | null; tmdbId: number },
): string | null {
  const byId = ids.imdbId
    ? or(eq(movies.tmdbId, ids.tmdbId), eq(movies.imdbId, ids.imdbId))
    : eq(movies.tmdbId, ids.tmdbId);
  const row = db
    .select({ id: movies.id })
    .from(movies)
    .where(and(byId, ne(movies.id, exceptId), isNull(movies.binnedAt)))
    .get();
  return row?.id ?? null;
}

/**
 * Dresses a movie: everything that TMDB said, in one transaction. What a person changed of it stays,
 * and pictures that it had before go.
 *
 * @param missing what could not be had with it (pictures), when that may still come: the movie then
 *   stays one that is asked for again.
 */
export function saveMetadata(
  db: Db,
  movieId: string,
  metadata: MovieMetadata,
  now: Date,
  missing: Reason | null = null,
): void {
  const { genres: foundGenres, cast, directors, writers, ...columns } = metadata;
  // Somebody who directs what they wrote is found by one name.
  const names = new Set([...directors, ...cast, ...writers].map((person) => person.name));
  db.transaction((tx) => {
    const current = tx.select().from(movies).where(eq(movies.id, movieId)).get();
    if (!current) return;
    saveGenres(tx, movieId, foundGenres);
    savePeople(tx, movieId, metadata);
    const { title, releaseDate, posterId } = metadata;
    const year = releaseDate ? Number(releaseDate.slice(0, 4)) : current.releaseYear;
    const found = { title, releaseDate, releaseYear: year, posterId };
    const shown = underEdits(tx, movieId, found, now);
    tx.update(movies)
      .set({
        ...columns,
        ...shown,
        imdbId: metadata.imdbId ?? current.imdbId,
        peopleText: [...names].join(", "),
        metadataState: missing ? "pending" : "complete",
        metadataReason: missing,
        metadataFetchedAt: now,
        updatedAt: now,
      })
      .where(eq(movies.id, movieId))
      .run();
    const { backdropId } = metadata;
    const before = [current.posterId, current.backdropId];
    const gone = before.filter((id) => id !== shown.posterId && id !== backdropId);
    removeUnusedImages(tx, gone, now);
    // By now it is known which film it is: one that was added by its title may have been asked for.
    fulfilRequests(tx, { movieId, decidedBy: current.addedBy, now });
    const state = missing ? "waiting" : "done";
    record(tx, { movieId, stage: "metadata", state, reason: missing, at: now });
  });
}

/** Title, story and pictures cannot be had now: why, for the movie's page. */
export function saveMetadataMissing(
  db: Db,
  movieId: string,
  reason: Reason,
  state: "pending" | "missing",
  now: Date,
): void {
  db.transaction((tx) => {
    tx.update(movies)
      .set({ metadataState: state, metadataReason: reason, updatedAt: now })
      .where(eq(movies.id, movieId))
      .run();
    record(tx, { movieId, stage: "metadata", state: "waiting", reason, at: now });
  });
}

/** Several films fit: the movie waits for a person to say which, with the choices as buttons. */
export function saveMatchDecision(
  db: Db,
  movieId: string,
  options: { id: string; label: string }[],
  now: Date,
): void {
  const why = reason("match-unsure");
  db.transaction((tx) => {
    tx.update(movies)
      .set({
        decision: { kind: "match", options },
        metadataState: "missing",
        metadataReason: why,
        updatedAt: now,
      })
      .where(eq(movies.id, movieId))
      .run();
    record(tx, { movieId, stage: "metadata", state: "waiting", reason: why, at: now });
    refreshMovieStatus(tx, movieId, now);
  });
}

/** A torrent's name is known now: it names a movie that has no better one, and its version. */
export function nameFromRelease(
  db: Db,
  ids: { movieId: string; versionId: string },
  releaseName: string,
  now: Date,
): void {
  const movie = movieById(db, ids.movieId);
  db.update(versions)
    .set({ releaseName, updatedAt: now })
    .where(eq(versions.id, ids.versionId))
    .run();
  if (!movie || movie.metadataState === "complete" || movie.title !== movie.imdbId) return;
  const { title, year } = titleFromRelease(releaseName);
  db.update(movies)
    .set({
      title,
      sortTitle: sortTitle(title),
      releaseYear: movie.releaseYear ?? year ?? null,
      updatedAt: now,
    })
    .where(eq(movies.id, ids.movieId))
    .run();
}

/** A key appeared, or TMDB is back: asks again for every movie that still lacks its description. */
export function requestMissingMetadata(db: Db, now: Date): number {
  return db.transaction((tx) => {
    const rows = tx
      .select({ id: movies.id })
      .from(movies)
      .where(and(inArray(movies.metadataState, ["missing", "pending"]), isNull(movies.binnedAt)))
      .all();
    for (const row of rows) enqueue(tx, "fetch-metadata", { movieId: row.id }, { now });
    return rows.length;
  });
}

/** The movie's row, or undefined when it was deleted meanwhile. */
export function movieById(db: Db, id: string): typeof movies.$inferSelect | undefined {
  return db.select().from(movies).where(eq(movies.id, id)).get();
}

/** Ids of all pictures: their folders are named by them. */
export function knownImageIds(db: Db): Set<string> {
  return new Set(
    db
      .select({ id: images.id })
      .from(images)
      .all()
      .map((row) => row.id),
  );
}
