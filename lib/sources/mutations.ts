import { and, asc, count, eq, isNotNull, isNull, lt, max, ne, notInArray } from "drizzle-orm";
import { z } from "zod";
import { requests, searchResults, sources } from "@/db/schema";
import type { Db } from "@/lib/db";
import { AppError, type Reason, reason } from "@/lib/errors";
import { randomId } from "@/lib/ids";
import { parseInput } from "@/lib/web/input";
import { mostFailures, type Source, sourceById } from "./data";
import type { FoundMovie } from "./found";
import type { FoundFilm } from "./group";
import { parsedSchema } from "./parsed-schema";
import { torznabDefinition } from "./schema";

/** More than a household asks; each is asked in every search. */
export const mostSources = 50;

export interface NewSource {
  name: string;
  kind: "schema" | "torznab";
  /** Parsed by its kind's schema. */
  definition: unknown;
  enabled: boolean;
  description?: string | null | undefined;
  author?: string | null | undefined;
  legalNote?: string | null | undefined;
  galleryId?: string | null | undefined;
  galleryEntryId?: string | null | undefined;
  galleryDigest?: string | null | undefined;
}

/** Adds a source behind the others. @throws AppError 422 for the fifty-first. */
export function createSource(db: Db, args: NewSource & { now: Date }): string {
  const { now, ...given } = args;
  return db.transaction(
    (tx) => {
      const last = tx
        .select({ position: max(sources.position) })
        .from(sources)
        .get();
      const known = tx.select({ count: count() }).from(sources).get();
      if ((known?.count ?? 0) >= mostSources) {
        throw new AppError("sources-too-many", { status: 422, values: { most: mostSources } });
      }
      const id = randomId();
      tx.insert(sources)
        .values({
          ...given,
          id,
          position: (last?.position ?? -1) + 1,
          createdAt: now,
          updatedAt: now,
        })
        .run();
      return id;
    },
    { behavior: "immediate" },
  );
}

export interface SourceChange {
  name?: string | undefined;
  definition?: unknown;
  enabled?: boolean | undefined;
  position?: number | undefined;
  description?: string | null | undefined;
  author?: string | null | undefined;
  legalNote?: string | null | undefined;
}

/** The definition by the source's kind; a key that is not sent stays as it is. */
function changedDefinition(kind: string, source: Source | null, given: unknown): unknown {
  if (kind === "schema") return parsedSchema(given, source);
  const stored = source?.kind === "torznab" ? source.definition.apiKey : undefined;
  const wrapped = z.object({ definition: torznabDefinition });
  const { definition } = parseInput(wrapped, { definition: given });
  return { ...definition, apiKey: definition.apiKey ?? stored };
}

/**
 * Changes a source. One that is written anew or switched on again starts with a clean record; a new
 * place moves the others.
 *
 * @throws AppError 404; 422 by field.
 */
export function updateSource(db: Db, args: { id: string; change: SourceChange; now: Date }): void {
  const { id, now } = args;
  const { definition, position, ...change } = args.change;
  db.transaction(
    (tx) => {
      const source = sourceById(tx, id);
      const row = tx.select().from(sources).where(eq(sources.id, id)).get();
      if (!row) throw new AppError("source-unknown", { status: 404 });
      const isNew = definition !== undefined || (change.enabled === true && !row.enabled);
      tx.update(sources)
        .set({
          ...change,
          ...(definition === undefined
            ? {}
            : { definition: changedDefinition(row.kind, source, definition) }),
          ...(isNew ? cleanRecord : {}),
          updatedAt: now,
        })
        .where(eq(sources.id, id))
        .run();
      if (position !== undefined) place(tx, id, position);
    },
    { behavior: "immediate" },
  );
}

const cleanRecord = {
  failuresInRow: 0,
  lastError: null,
  failedAt: null,
  pausedUntil: null,
  capabilities: null,
  capabilitiesAt: null,
} as const;

function place(db: Db, id: string, position: number): void {
  const rows = db
    .select({ id: sources.id })
    .from(sources)
    .orderBy(asc(sources.position), asc(sources.createdAt))
    .all();
  const others = rows.filter((row) => row.id !== id);
  others.splice(position, 0, { id });
  for (const [at, row] of others.entries()) {
    db.update(sources).set({ position: at }).where(eq(sources.id, row.id)).run();
  }
}

/** @throws AppError 404. */
export function deleteSource(db: Db, id: string): void {
  const { changes } = db.delete(sources).where(eq(sources.id, id)).run();
  if (changes === 0) throw new AppError("source-unknown", { status: 404 });
}

/** Weight of a new answer in the mean: the last ten or so count. */
const newShare = 0.2;

/** Notes that a source answered as it should, whatever it found. */
export function recordAnswer(db: Db, args: { id: string; elapsedMs: number; now: Date }): void {
  const row = db.select().from(sources).where(eq(sources.id, args.id)).get();
  if (!row) return;
  const before = row.averageMs ?? args.elapsedMs;
  db.update(sources)
    .set({
      answeredAt: args.now,
      averageMs: Math.round(before + (args.elapsedMs - before) * newShare),
      failuresInRow: 0,
      lastError: null,
      pausedUntil: null,
    })
    .where(eq(sources.id, args.id))
    .run();
}

/** How long one rests that failed ten times in a row: a day, and then it is tried again. */
const restMs = 24 * 60 * 60_000;

/**
 * Notes that a source failed: one that asked for a pause gets it, one that failed ten times in a row
 * rests, and both say so.
 */
export function recordFailure(
  db: Db,
  args: { id: string; reason: Reason; retryAt?: Date | undefined; now: Date },
): void {
  const { id, now, retryAt } = args;
  const row = db.select().from(sources).where(eq(sources.id, id)).get();
  if (!row) return;
  const failuresInRow = row.failuresInRow + 1;
  const isResting = failuresInRow >= mostFailures;
  db.update(sources)
    .set({
      failedAt: now,
      failuresInRow,
      lastError: isResting ? reason("source-rests", { times: failuresInRow }) : args.reason,
      pausedUntil: isResting ? new Date(now.getTime() + restMs) : (retryAt ?? null),
    })
    .where(eq(sources.id, id))
    .run();
}

/** Keeps what an indexer said that it can. */
export function saveCapabilities(
  db: Db,
  args: { id: string; capabilities: unknown; now: Date },
): void {
  db.update(sources)
    .set({ capabilities: args.capabilities, capabilitiesAt: args.now })
    .where(eq(sources.id, args.id))
    .run();
}

/** How long a result can be taken: an evening, and links seldom work longer. */
const keptMs = 12 * 60 * 60_000;

/** What somebody asked for waits for an admin, who may be asleep: it is kept until they answer. */
const awaited = (db: Db) =>
  db
    .select({ id: requests.resultId })
    .from(requests)
    .where(
      and(isNotNull(requests.resultId), isNull(requests.movieId), ne(requests.state, "declined")),
    );

/** Stores what a source found, so that a browser can name a release without knowing its link. */
export function storeFound(
  db: Db,
  args: { source: { id: string; name: string }; movies: readonly FoundMovie[]; now: Date },
): FoundFilm[] {
  const { source, movies, now } = args;
  return db.transaction((tx) => {
    tx.delete(searchResults)
      .where(
        and(
          lt(searchResults.foundAt, new Date(now.getTime() - keptMs)),
          notInArray(searchResults.id, awaited(tx)),
        ),
      )
      .run();
    return movies.map(({ releases, ...movie }) => ({
      ...movie,
      tmdbId: movie.tmdbId ?? null,
      releases: releases.map((release) => {
        const resultId = randomId();
        const { imdbId, tmdbId = null, title, year } = movie;
        const { name, link, infoHash, indexerName } = release;
        tx.insert(searchResults)
          .values({
            ...{ id: resultId, sourceId: source.id, imdbId, tmdbId, title, year },
            ...{ name, link, infoHash, foundAt: now },
          })
          .run();
        const sourceName = indexerName ? `${source.name}: ${indexerName}` : source.name;
        return { ...release, resultId, sourceId: source.id, sourceName };
      }),
    }));
  });
}
