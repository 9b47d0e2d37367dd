import { fieldError, reason, UpstreamError } from "@/lib/errors";
import { privateHostOf } from "@/lib/services/links/guarded-fetch";
import { fetchSource, refusalOf, webPageError } from "@/lib/services/links/source-fetch";
import { isWebPage } from "@/lib/services/links/web-page";
import { indexerCaps } from "@/lib/services/torznab/client";
import { type AskContext, privateHostOfSource } from "./ask";
import { cutAnswer } from "./cut-answer";
import type { SchemaDefinition } from "./definition";
import { fetchAnswer } from "./fetch-schema";
import type { TorznabDefinition } from "./schema";

const timeoutMs = 15_000;
/** A schema is a page of text. */
const longestSchema = 100_000;

export interface AnswerSample {
  /** In a size that a person can look through. */
  answer: unknown;
  isCut: boolean;
  elapsedMs: number;
}

/**
 * The answer of a service as it comes, for whoever builds a schema for it.
 *
 * @throws UpstreamError
 */
export async function sampleOf(
  { now }: AskContext,
  {
    definition,
    query,
    galleryId = null,
  }: { definition: SchemaDefinition; query: string; galleryId?: string | null | undefined },
): Promise<AnswerSample> {
  const privateHost = await privateHostOfSource({ galleryId, kind: "schema", definition });
  const { answer, elapsedMs } = await fetchAnswer({
    definition,
    query,
    privateHost,
    now,
    timeoutMs,
  });
  if (answer === undefined) {
    const why = { reason: reason("source-empty") };
    throw new UpstreamError("source", "broken", "answered with nothing", why);
  }
  return { ...cutAnswer(answer), elapsedMs };
}

/**
 * The text of a schema that lies at an address.
 *
 * @throws AppError 422; UpstreamError
 */
export async function schemaTextAt({ now }: AskContext, url: string): Promise<string> {
  const privateHost = await privateHostOf(url);
  const accept = "application/json, text/plain, */*;q=0.5";
  const answer = await fetchSource("source", url, { timeoutMs, accept, privateHost });
  const refused = refusalOf("source", answer, now());
  if (refused) throw refused;
  if (isWebPage(answer.body)) throw webPageError("source", answer.status);
  if (answer.body.length > longestSchema) throw fieldError("url", "schema-too-long");
  return new TextDecoder().decode(answer.body);
}

/** What an indexer says that it can. */
export interface IndexerAbilities {
  title: string | null;
  /** It is asked for an IMDb id, and not only for words. */
  takesIds: boolean;
  /** Of movies; empty when it names none. */
  categories: string[];
}

/** Asks an indexer what it can, which also tells whether it takes the key. @throws UpstreamError */
export async function abilitiesOf(
  { now }: AskContext,
  definition: TorznabDefinition,
): Promise<IndexerAbilities> {
  const source = { galleryId: null, kind: "torznab", definition } as const;
  const privateHost = await privateHostOfSource(source);
  const caps = await indexerCaps({ ...definition, privateHost }, { timeoutMs, now });
  const { title, movieSearch, categories } = caps;
  return {
    title,
    takesIds: movieSearch.isAvailable && movieSearch.params.includes("imdbid"),
    categories: categories.filter(({ id }) => id >= 2000 && id < 3000).map(({ name }) => name),
  };
}
