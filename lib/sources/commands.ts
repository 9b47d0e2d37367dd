import { statfs } from "node:fs/promises";
import type { Env } from "@/lib/env";
import { AppError, fieldError, type Reason, reason } from "@/lib/errors";
import { libraryOf } from "@/lib/movies/in-library";
import { settingsOf } from "@/lib/settings/data";
import type { Settings } from "@/lib/settings/schema";
import { type AskContext, type Asked, askPaced, askSource, failureOf } from "./ask";
import { moviesOfRows } from "./coerce";
import { type Source, sourceById, sourcesToAsk } from "./data";
import { imageAddress, imageOf, rememberImages } from "./found-images";
import { foundMovieViews, type ViewOptions } from "./found-view";
import type { FilmGroup, FoundFilm } from "./group";
import { storeFound } from "./mutations";
import { parsedSchema } from "./parsed-schema";
import type { ReleaseWishes } from "./rank";
import type { SearchProgress, SearchView, SourceTestInput, SourceTestView } from "./schema";
import { schemaRows } from "./schema-rows";
import { workSpeed } from "./work-speed";

export interface SearchContext extends AskContext {
  env: Env;
  say: (reason: Reason) => string;
}

/** Kept free for everything else on the disk, as in jobs/make-file.ts. */
const reserveBytes = 512 * 1024 ** 2;
const gigabyte = 1000 ** 3;
const hourMs = 60 * 60_000;

/** The largest release that fits: it lies there twice for a while, downloaded and made playable. */
async function mostBytesOf({ downloadsDir, mediaDir }: Env): Promise<number | null> {
  try {
    const disks = await Promise.all([downloadsDir, mediaDir].map((dir) => statfs(dir)));
    const free = Math.min(...disks.map(({ bavail, bsize }) => bavail * bsize));
    return Math.max(0, (free - reserveBytes) / 2);
  } catch {
    // A folder that is not there is said on the background's own page.
    return null;
  }
}

function wishesOf(settings: Settings): ReleaseWishes {
  const gigabytes = settings.searchGreatestGigabytes;
  return {
    greatestResolution: settings.searchGreatestHeight,
    greatestBytes: gigabytes === null ? null : gigabytes * gigabyte,
    languages: settings.searchLanguages,
    avoidedCodecs: settings.searchAvoidedCodecs,
  };
}

function pauseReason(until: Date, now: Date): Reason {
  const leftMs = until.getTime() - now.getTime();
  return leftMs > 2 * hourMs
    ? reason("source-paused-hours", { hours: Math.round(leftMs / hourMs) })
    : reason("source-paused-minutes", { minutes: Math.max(1, Math.ceil(leftMs / 60_000)) });
}

/** @throws AppError 404 for a source that is not there or switched off. */
function chosenSources({ db, now }: SearchContext, sourceId: string | undefined) {
  const { askable, paused } = sourcesToAsk(db, now());
  if (sourceId === undefined) return { askable, paused };
  const isChosen = ({ id }: Source) => id === sourceId;
  const chosen = { askable: askable.filter(isChosen), paused: paused.filter(isChosen) };
  if (chosen.askable.length + chosen.paused.length === 0) {
    throw new AppError("source-unknown", { status: 404 });
  }
  return chosen;
}

/** Addresses of pictures, each remembered once in a search. */
function posters({ db, now }: SearchContext): ViewOptions["posterOf"] {
  const known = new Set<string>();
  return (film: FilmGroup) => {
    const image = imageOf(film);
    if (!image) return null;
    const key = `${image.id} ${image.url}`;
    if (!known.has(key)) rememberImages(db, [image], now());
    known.add(key);
    return imageAddress(image);
  };
}

async function viewOptions(context: SearchContext, query: string): Promise<ViewOptions> {
  const settings = settingsOf(context.db, context.env);
  return {
    query,
    modernCodecs: settings.modernCodecs,
    speed: workSpeed(context.db),
    wishes: wishesOf(settings),
    mostBytes: await mostBytesOf(context.env),
    library: libraryOf(context.db),
    posterOf: posters(context),
    facts: new Map(),
  };
}

interface SearchOptions {
  /** Given all that is known, at the beginning and after each answer. */
  onProgress?: ((progress: SearchProgress) => void) | undefined;
  /** False of a release that is left out. */
  isOffered?: ViewOptions["isOffered"];
  signal: AbortSignal;
}

/**
 * Asks all sources at once, each with its own patience. One that fails is one error among the
 * results of the others.
 *
 * @throws AppError 404 for an unknown source; a caller's own abort is thrown as its reason.
 */
export async function searchSources(
  context: SearchContext,
  { query, sourceId }: { query: string; sourceId?: string | undefined },
  { onProgress, isOffered, signal }: SearchOptions,
): Promise<SearchView> {
  const { askable, paused } = chosenSources(context, sourceId);
  const options = { ...(await viewOptions(context, query)), isOffered };
  const waiting = new Map(askable.map(({ id, name }) => [id, name]));
  /** By source, so that their order does not depend on who was faster. */
  const films = new Map<string, FoundFilm[]>();
  const errors = new Map<string, Reason>(
    paused.map(({ id, pausedUntil }) => [id, pauseReason(pausedUntil, context.now())]),
  );
  const order = [...askable, ...paused].toSorted((a, b) => a.position - b.position);
  const view = (): SearchView => ({
    results: foundMovieViews(
      order.flatMap(({ id }) => films.get(id) ?? []),
      options,
    ),
    errors: order.flatMap(({ id, name }) => {
      const why = errors.get(id);
      return why ? [{ sourceId: id, name, detail: context.say(why) }] : [];
    }),
  });
  const report = () => onProgress?.({ ...view(), waitingFor: [...waiting.values()] });

  report();
  await Promise.all(
    askable.map(async (source) => {
      try {
        const { movies, missing } = await askPaced(context, source, query, { signal });
        if (missing) errors.set(source.id, missing);
        films.set(source.id, storeFound(context.db, { source, movies, now: context.now() }));
      } catch (error) {
        if (signal.aborted) return;
        errors.set(source.id, failureOf(error).reason);
      }
      waiting.delete(source.id);
      report();
    }),
  );
  signal.throwIfAborted();
  return view();
}

const mostTestRows = 200;

/** The indexer's key: as it was typed, else of the stored source, and only for the same server. */
function keyForTest({ definition }: TorznabTest, stored: Source | null): string | undefined {
  if (definition.apiKey !== undefined || stored?.kind !== "torznab") return definition.apiKey;
  const isSame = new URL(stored.definition.url).origin === new URL(definition.url).origin;
  return isSame ? stored.definition.apiKey : undefined;
}

type TorznabTest = Extract<SourceTestInput, { kind: "torznab" }>;

/** What is asked in a test, with the stored source's keys where none were sent. */
function askedInTest({ db }: AskContext, input: SourceTestInput): Asked {
  const stored = input.sourceId === undefined ? null : sourceById(db, input.sourceId);
  if (input.kind === "schema") {
    const definition = parsedSchema(input.definition, stored);
    const galleryId = input.galleryId ?? stored?.galleryId ?? null;
    return { kind: input.kind, definition, galleryId };
  }
  return {
    ...{ kind: input.kind, galleryId: null, id: null },
    definition: { ...input.definition, apiKey: keyForTest(input, stored) },
    ...{ capabilities: null, capabilitiesAt: null },
  };
}

/**
 * Tries a source without saving anything: what it finds, what is wrong with it, how long it took.
 *
 * @throws AppError 422 when there is nothing to try it with.
 */
export async function testSource(
  context: SearchContext,
  input: SourceTestInput,
  { signal }: { signal: AbortSignal },
): Promise<SourceTestView> {
  const { say } = context;
  const asked = askedInTest(context, input);
  if (asked.kind === "schema" && input.kind === "schema" && input.response !== undefined) {
    const rows = schemaRows(input.response, asked.definition);
    const problems = moviesOfRows(rows).problems.map(({ code, count }) =>
      say(reason(code, { count })),
    );
    return { results: rows.slice(0, mostTestRows), problems, elapsedMs: 0 };
  }
  if (input.query === undefined) throw fieldError("query", "field-required");
  const startedAt = performance.now();
  try {
    const answer = await askSource(context, asked, input.query, { signal });
    const results = answer.rows ?? answer.movies.flatMap(withoutLinks);
    const problems = [...(answer.missing ? [answer.missing] : []), ...answer.problems].map(say);
    return { results: results.slice(0, mostTestRows), problems, elapsedMs: answer.elapsedMs };
  } catch (error) {
    signal.throwIfAborted();
    const elapsedMs = Math.round(performance.now() - startedAt);
    return { results: [], problems: [say(failureOf(error).reason)], elapsedMs };
  }
}

/** What was read of an indexer's items: a link may carry its key. */
function withoutLinks({ releases, imageUrl: _, ...movie }: FoundFilmOfTest) {
  return releases.map(({ link: _link, ...release }) => ({ ...movie, ...release }));
}

type FoundFilmOfTest = Awaited<ReturnType<typeof askSource>>["movies"][number];
