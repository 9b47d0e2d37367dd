import { z } from "zod";
import type { Db } from "@/lib/db";
import { AppError, type Reason, reason, UpstreamError } from "@/lib/errors";
import { logFor } from "@/lib/log";
import { privateHostOf } from "@/lib/services/links/guarded-fetch";
import { createPace, type Pace } from "@/lib/services/pace";
import type { TorznabCaps } from "@/lib/services/torznab/caps";
import { indexerCaps, searchIndexer } from "@/lib/services/torznab/client";
import type { IndexerItem } from "@/lib/services/torznab/map";
import { moviesOfRows } from "./coerce";
import type { Source } from "./data";
import { askSchema } from "./fetch-schema";
import type { FoundMovie } from "./found";
import type { MappedRow } from "./map-rows";
import { recordAnswer, recordFailure, saveCapabilities } from "./mutations";
import { readReleaseName } from "./release-name";

const log = logFor("sources");

/** Jackett waits for the slowest of its indexers. */
const indexerTimeoutMs = 60_000;
const capsKeptMs = 24 * 60 * 60_000;

export interface AskContext {
  db: Db;
  now(): Date;
}

/** What a source is, stored or not yet. */
export type Asked = Pick<Source, "galleryId"> &
  (
    | Pick<Extract<Source, { kind: "schema" }>, "kind" | "definition">
    | (Pick<Extract<Source, { kind: "torznab" }>, "kind" | "definition"> & {
        /** Under which its capabilities are kept; null for one that is only tried. */
        id: string | null;
        capabilities: unknown;
        capabilitiesAt: Date | null;
      })
  );

export interface Answer {
  movies: FoundMovie[];
  /** What was wrong with what came. */
  problems: Reason[];
  /** Why there is not all of it. */
  missing: Reason | null;
  elapsedMs: number;
  /** Of a schema: the mapped rows as they are. */
  rows: MappedRow[] | null;
}

/** An IMDb id, or the words as they were typed. A title may be a number: `1917` is no id. */
export function readQuery(query: string): { imdbId: string | null; text: string } {
  const text = query.trim();
  const imdbId = /(?:^|[^a-z0-9])(tt\d{7,10})(?!\d)/i.exec(text)?.[1]?.toLowerCase() ?? null;
  return { imdbId, text: imdbId ?? text };
}

/**
 * The host of a source's address when it is in the own network: only one that an admin typed may
 * lead there, and never one that was copied from a gallery.
 */
export async function privateHostOfSource(
  source: Pick<Source, "galleryId" | "kind" | "definition">,
): Promise<string | null> {
  if (source.galleryId !== null) return null;
  const { definition } = source;
  return privateHostOf("url" in definition ? definition.url : definition.apiUrl);
}

/** Films of an indexer's items: put together by IMDb id, else by what their names say. */
export function moviesOfItems(items: readonly IndexerItem[]): FoundMovie[] {
  const films = new Map<string, FoundMovie>();
  for (const { release, imdbId, tmdbId, year: saidYear, indexerName } of items) {
    const facts = readReleaseName(release.name);
    const title = facts.title ?? release.name;
    const year = saidYear ?? facts.year;
    const key = imdbId ?? `${title.toLowerCase()} ${year ?? ""}`;
    const film = films.get(key) ?? { imdbId, tmdbId, title, year, imageUrl: null, releases: [] };
    films.set(key, film);
    film.tmdbId ??= tmdbId;
    film.year ??= year;
    film.releases.push({ ...release, indexerName });
  }
  return [...films.values()];
}

const ability = z.object({ isAvailable: z.boolean(), params: z.array(z.string()) });
const storedCaps = z.object({
  suffix: z.string(),
  title: z.string().nullable(),
  pageSize: z.number(),
  search: ability,
  movieSearch: ability,
  categories: z.array(z.object({ id: z.number(), name: z.string() })),
});

async function askIndexer(
  { db, now }: AskContext,
  source: Extract<Asked, { kind: "torznab" }>,
  query: string,
  signal: AbortSignal,
): Promise<Answer> {
  const connection = { ...source.definition, privateHost: await privateHostOfSource(source) };
  const options = { timeoutMs: indexerTimeoutMs, signal, now };
  const { id, capabilitiesAt } = source;
  const isFresh = capabilitiesAt && now().getTime() - capabilitiesAt.getTime() < capsKeptMs;
  const kept = isFresh ? storedCaps.safeParse(source.capabilities).data : undefined;
  const caps: TorznabCaps = kept ?? (await indexerCaps(connection, options));
  if (!kept && id !== null) saveCapabilities(db, { id, capabilities: caps, now: now() });
  const { imdbId, text } = readQuery(query);
  const found = await searchIndexer(connection, caps, { text, imdbId, pages: 1 }, options);
  // An indexer that takes no ids answers their digits with anything.
  const isGuess = imdbId !== null && found.askedBy === "text";
  const items = isGuess ? found.items.filter((item) => item.imdbId === imdbId) : found.items;
  const { elapsedMs } = found;
  const problems = found.problems.map(({ code, count }) => reason(code, { count }));
  return { movies: moviesOfItems(items), problems, missing: null, elapsedMs, rows: null };
}

/**
 * Asks one source. An IMDb id goes to an indexer as such, to a schema as text.
 *
 * @throws UpstreamError; a caller's own abort is thrown as its reason.
 */
export async function askSource(
  context: AskContext,
  source: Asked,
  query: string,
  { signal }: { signal: AbortSignal },
): Promise<Answer> {
  if (source.kind === "torznab") return askIndexer(context, source, query, signal);
  const { rows, problem, elapsedMs } = await askSchema({
    definition: source.definition,
    query: readQuery(query).text,
    privateHost: await privateHostOfSource(source),
    now: context.now,
    signal,
  });
  const { movies, problems } = moviesOfRows(rows);
  return {
    movies,
    problems: problems.map(({ code, count }) => reason(code, { count })),
    missing: problem?.reason ?? null,
    elapsedMs,
    rows,
  };
}

/** Why a source gave nothing, in words for people; a fault of ours is logged. */
export function failureOf(error: unknown): { reason: Reason; retryAt?: Date | undefined } {
  if (error instanceof UpstreamError) {
    return { reason: error.reason, retryAt: error.options.retryAt };
  }
  if (error instanceof AppError) return { reason: error.reason };
  log.error({ err: error }, "a source could not be asked");
  return { reason: reason("source-broken") };
}

interface Run {
  answer: Promise<Answer>;
  controller: AbortController;
  waiting: number;
}

/** Questions that are being asked now: whoever asks the same waits for the same answer. */
const runs = new Map<string, Run>();
const paces = new Map<string, Pace>();

/** At least a second between two questions to a source, whoever asks them. */
function paceOf(id: string): Pace {
  const pace = paces.get(id) ?? createPace({ atOnce: 3, perSecond: 1 });
  paces.set(id, pace);
  return pace;
}

/** Asks, and keeps on the source's record how it went. */
async function askOnRecord(context: AskContext, source: Source, query: string, run: AbortSignal) {
  const { db, now } = context;
  try {
    const answer = await askSource(context, source, query, { signal: run });
    recordAnswer(db, { id: source.id, elapsedMs: answer.elapsedMs, now: now() });
    return answer;
  } catch (error) {
    // Nobody waits for it any more: that says nothing of the source.
    if (!run.aborted) recordFailure(db, { id: source.id, ...failureOf(error), now: now() });
    throw error;
  }
}

function startRun(context: AskContext, source: Source, query: string, key: string): Run {
  const controller = new AbortController();
  const { signal } = controller;
  const answer = paceOf(source.id)(() => askOnRecord(context, source, query, signal), signal);
  const run = { answer, controller, waiting: 0 };
  runs.set(key, run);
  const end = () => {
    if (runs.get(key) === run) runs.delete(key);
  };
  answer.then(end, end);
  return run;
}

/**
 * Asks a stored source, with its pace and its record. The same question that is under way is not
 * asked twice; it is given up when the last who wait for it leave.
 *
 * @throws as `askSource`.
 */
export function askPaced(
  context: AskContext,
  source: Source,
  query: string,
  { signal }: { signal: AbortSignal },
): Promise<Answer> {
  signal.throwIfAborted();
  const key = [source.id, source.updatedAt.getTime(), query.trim().toLowerCase()].join("\n");
  const run = runs.get(key) ?? startRun(context, source, query, key);
  run.waiting += 1;
  return new Promise((resolve, reject) => {
    const leave = () => {
      run.waiting -= 1;
      if (run.waiting === 0) {
        if (runs.get(key) === run) runs.delete(key);
        run.controller.abort(signal.reason);
      }
      reject(signal.reason);
    };
    signal.addEventListener("abort", leave, { once: true });
    const stay = () => signal.removeEventListener("abort", leave);
    run.answer.finally(stay).then(resolve, reject);
  });
}
