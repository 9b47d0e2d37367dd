import { reason, UpstreamError } from "@/lib/errors";
import type { GuardedAnswer } from "@/lib/services/links/guarded-fetch";
import { fetchSource, refusalOf, webPageError } from "@/lib/services/links/source-fetch";
import { isWebPage } from "@/lib/services/links/web-page";
import { type SchemaDefinition, searchPlaceholder } from "./definition";
import type { MappedRow } from "./map-rows";
import { schemaRows } from "./schema-rows";

/** Of all pages together. */
export const schemaTimeoutMs = 8_000;

export interface SchemaQuestion {
  definition: SchemaDefinition;
  /** What is searched for, as it was typed. */
  query: string;
  /** See `guardedFetch`: the host of `apiUrl` when it is in the own network, else null. */
  privateHost: string | null;
  signal?: AbortSignal | undefined;
  timeoutMs?: number | undefined;
  now?: (() => Date) | undefined;
}

export interface SchemaAnswer {
  rows: MappedRow[];
  /** Why a later page is missing; what came before it stands in `rows`. */
  problem: UpstreamError | null;
  elapsedMs: number;
}

/** What is searched for, for an address. Half a character has no place in one. */
function escaped(query: string): string {
  const text = encodeURIComponent(Buffer.from(query, "utf8").toString("utf8"));
  // As a part of a path these would mean another path.
  return /^\.{1,2}$/.test(text) ? `${text}%20` : text;
}

/** The address of a page, counted from 0. */
export function schemaUrl(definition: SchemaDefinition, query: string, page = 0): URL {
  const fill = (text: string, value: string) => text.replaceAll(searchPlaceholder, () => value);
  const url = new URL(fill(definition.apiUrl, escaped(query)));
  if (definition.version === 1) return url;
  const params = Object.entries(definition.query ?? {}).map(
    ([name, text]) => [name, fill(text, query)] as const,
  );
  const { paging } = definition;
  const all = paging
    ? [...params, [paging.parameter, String(paging.start + page * paging.step)] as const]
    : params;
  for (const [name] of all) {
    if (url.searchParams.has(name)) url.searchParams.delete(name);
  }
  const added = all.map(([name, value]) => `${escaped(name)}=${escaped(value)}`).join("&");
  url.search = [url.search.slice(1), added].filter((part) => part !== "").join("&");
  return url;
}

/** An answer as JSON, whatever it calls itself. @throws UpstreamError */
function jsonOf({ status, body }: GuardedAnswer): unknown {
  // A byte order mark is no part of JSON, and goes while the text is decoded.
  const text = new TextDecoder().decode(body);
  try {
    return JSON.parse(text);
  } catch {
    if (isWebPage(body)) throw webPageError("source", status);
    const isEmpty = text.trim() === "";
    throw new UpstreamError("source", "broken", isEmpty ? "answered with nothing" : "is no JSON", {
      status,
      reason: isEmpty ? reason("source-empty") : reason("source-not-json"),
    });
  }
}

/**
 * One page of a source's answer as it came, the first being 0; undefined when it says that there is
 * none.
 *
 * @throws UpstreamError("source"); a caller's own abort is thrown as its reason.
 */
export async function fetchAnswer(
  question: SchemaQuestion,
  page = 0,
): Promise<{ answer: unknown; elapsedMs: number }> {
  const { definition, query, privateHost, signal, timeoutMs = schemaTimeoutMs } = question;
  const answer = await fetchSource("source", schemaUrl(definition, query, page), {
    timeoutMs,
    headers: definition.version === 2 ? definition.headers : undefined,
    accept: "application/json, */*;q=0.5",
    privateHost,
    signal,
  });
  const refused = refusalOf("source", answer, question.now?.() ?? new Date());
  if (refused) throw refused;
  return {
    answer: answer.status === 204 ? undefined : jsonOf(answer),
    elapsedMs: answer.elapsedMs,
  };
}

/**
 * Asks a source of a search schema, and takes the rows out of its answer. Pages end with the first
 * one that is empty, or that is the one before once more.
 *
 * @throws UpstreamError("source") when there is no first page; a caller's own abort is thrown as
 *   its reason. Neither holds the address or a header.
 */
export async function askSchema(question: SchemaQuestion): Promise<SchemaAnswer> {
  const { definition, timeoutMs = schemaTimeoutMs } = question;
  const pages = (definition.version === 2 && definition.paging?.pages) || 1;
  const rows: MappedRow[] = [];
  let elapsedMs = 0;
  let before = "";
  for (let number = 0; number < pages; number += 1) {
    try {
      const left = { ...question, timeoutMs: Math.max(timeoutMs - elapsedMs, 1) };
      const page = await fetchAnswer(left, number);
      elapsedMs += page.elapsedMs;
      const found = page.answer === undefined ? [] : schemaRows(page.answer, definition);
      const text = JSON.stringify(found);
      if (found.length === 0 || text === before) break;
      before = text;
      rows.push(...found);
    } catch (error) {
      if (number === 0 || !(error instanceof UpstreamError)) throw error;
      return { rows, problem: error, elapsedMs };
    }
  }
  return { rows, problem: null, elapsedMs };
}
