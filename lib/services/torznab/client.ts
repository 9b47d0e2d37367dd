import { reason, UpstreamError } from "@/lib/errors";
import { fetchSource, refusalOf } from "@/lib/services/links/source-fetch";
import { type IndexerAddress, questionUrl, readAddress } from "./address";
import { capsOf, type TorznabCaps } from "./caps";
import { type IndexerItem, itemsOf, type LeftOut } from "./map";
import { queryText } from "./query-text";
import { brokenOf, errorOf, isUnsupported } from "./refusal";
import { readDocument, type TorznabDocument } from "./wire";

/** Where an indexer is. Holds its key. */
export interface IndexerConnection {
  /** As it was pasted. */
  url: string;
  apiKey?: string | null | undefined;
  /** Numbers of Torznab; 2000 stands for all movies. */
  categories: readonly number[];
  /** See `guardedFetch`: its own host when an admin typed it and it is in the own network. */
  privateHost?: string | null | undefined;
}

export interface AskOptions {
  /** For each request; there are at most four. */
  timeoutMs?: number | undefined;
  signal?: AbortSignal | undefined;
  now?: (() => Date) | undefined;
}

export interface IndexerQuestion {
  /** The film's title, or what was typed. */
  text: string;
  year?: number | null | undefined;
  imdbId?: string | null | undefined;
  /** At most two. */
  pages?: 1 | 2 | undefined;
}

export interface IndexerAnswer {
  items: IndexerItem[];
  /** `text`: titles have to be looked at, since anything with these words may be among them. */
  askedBy: "imdb-id" | "text";
  /** What was left out of the feed, counted: `code` is a key of `reasons`. */
  problems: { code: LeftOut; count: number }[];
  elapsedMs: number;
}

/** Jackett waits for all of its indexers, half a minute and more. */
const defaultTimeoutMs = 60_000;

type Params = Record<string, string>;
type Whole = Extract<TorznabDocument, { kind: "caps" | "feed" }>;

/** @throws UpstreamError `refused` with what is wrong with the address. */
function addressOf(connection: IndexerConnection): IndexerAddress {
  const address = readAddress(connection.url, connection.apiKey);
  if (typeof address !== "string") return address;
  const why = address === "test-feed" ? reason("torznab-test-feed") : reason("torznab-address");
  throw new UpstreamError("torznab", "refused", `no indexer's address: ${address}`, {
    reason: why,
  });
}

async function ask(
  connection: IndexerConnection,
  suffix: string,
  params: Params,
  options: AskOptions,
): Promise<{ document: Whole; elapsedMs: number }> {
  const answer = await fetchSource("torznab", questionUrl(addressOf(connection), suffix, params), {
    timeoutMs: options.timeoutMs ?? defaultTimeoutMs,
    accept: "application/rss+xml, application/xml, text/xml;q=0.9, */*;q=0.5",
    privateHost: connection.privateHost,
    signal: options.signal,
  });
  const now = options.now?.() ?? new Date();
  const document = readDocument(answer.body, answer.headers.get("content-type") ?? "");
  if (document.kind === "error") throw errorOf(document.code, answer, now);
  if (document.kind !== "caps" && document.kind !== "feed") {
    throw brokenOf(document.kind, answer, now);
  }
  // A feed is a feed, but not with a status that says no.
  const refused = refusalOf("torznab", answer, now);
  if (refused) throw refused;
  return { document, elapsedMs: answer.elapsedMs };
}

const notAFeed = () =>
  new UpstreamError("torznab", "broken", "answered with another document", {
    reason: reason("torznab-not-a-feed"),
  });

/** True when something else than an indexer answered: the next spelling of the address may be it. */
function isElsewhere(error: unknown): boolean {
  if (!(error instanceof UpstreamError)) return false;
  if (error.fault === "not-found") return error.reason.code === "torznab-not-found";
  if (isUnsupported(error)) return false;
  if (error.fault === "refused") return [400, 405, 406].includes(error.options.status ?? 0);
  return error.fault === "broken" && error.reason.code !== "torznab-cut-off";
}

/**
 * What an indexer can do. The address is tried as it was given, then with what may be missing; this
 * is the test of a connection, too.
 *
 * @throws UpstreamError("torznab"); a caller's own abort is thrown as its reason.
 */
export async function indexerCaps(
  connection: IndexerConnection,
  options: AskOptions = {},
): Promise<TorznabCaps> {
  let first: unknown;
  for (const suffix of addressOf(connection).suffixes) {
    try {
      const { document } = await ask(connection, suffix, { t: "caps" }, options);
      if (document.kind !== "caps") throw notAFeed();
      return capsOf(document.root, suffix);
    } catch (error) {
      // What the address as it was given did tells most, unless a later one really is an indexer.
      if (!isElsewhere(error)) throw error;
      first ??= error;
    }
  }
  throw first;
}

interface Asking extends AskOptions {
  connection: IndexerConnection;
  caps: TorznabCaps;
  pages: number;
}

/** Pages of one question. One that knows no offset gives the same again, which counts once. */
async function askPages(asking: Asking, params: Params): Promise<Omit<IndexerAnswer, "askedBy">> {
  const { connection, caps, pages } = asking;
  const items = new Map<string, IndexerItem>();
  const counts = new Map<LeftOut, number>();
  let elapsedMs = 0;
  for (let page = 0; page < pages; page += 1) {
    const paging: Params = { limit: String(caps.pageSize) };
    if (page > 0) paging.offset = String(page * caps.pageSize);
    const answer = await ask(connection, caps.suffix, { ...params, ...paging }, asking);
    if (answer.document.kind !== "feed") throw notAFeed();
    const feed = itemsOf(answer.document.root, connection.categories);
    elapsedMs += answer.elapsedMs;
    for (const item of feed.items) items.set(`${item.indexerName} ${item.release.link}`, item);
    for (const { code, count } of feed.problems) counts.set(code, (counts.get(code) ?? 0) + count);
    if (feed.itemCount < caps.pageSize) break;
  }
  const problems = [...counts].map(([code, count]) => ({ code, count }));
  return { items: [...items.values()], problems, elapsedMs };
}

/**
 * Releases of a film: by its IMDb id where the indexer says that it takes one, else (or when that
 * finds nothing) by title and year.
 *
 * @param caps of `indexerCaps`, which the caller keeps for a day.
 * @throws UpstreamError("torznab"); a caller's own abort is thrown as its reason.
 */
export async function searchIndexer(
  connection: IndexerConnection,
  caps: TorznabCaps,
  question: IndexerQuestion,
  options: AskOptions = {},
): Promise<IndexerAnswer> {
  const asking: Asking = { ...options, connection, caps, pages: Math.min(question.pages ?? 1, 2) };
  const ids = connection.categories.filter(Number.isInteger);
  const cat: Params = ids.length > 0 ? { cat: ids.join(",") } : {};
  const digits = /^tt(\d{7,10})$/.exec(question.imdbId ?? "")?.[1];
  const { movieSearch, search } = caps;
  let elapsedMs = 0;

  if (digits && movieSearch.isAvailable && movieSearch.params.includes("imdbid")) {
    const found = await orUnsupported(
      askPages(asking, { t: "movie", imdbid: digits, extended: "1", ...cat }),
    );
    elapsedMs += found?.elapsedMs ?? 0;
    // Behind an address of many indexers, most know no ids and answer with anything.
    const items = found?.items.filter((item) => isSame(item.imdbId, question.imdbId)) ?? [];
    if (found && items.length > 0) return { ...found, items, askedBy: "imdb-id", elapsedMs };
  }
  const q = [queryText(question.text), question.year].filter(Boolean).join(" ");
  const kinds = [
    ...(movieSearch.isAvailable ? ["movie"] : []),
    ...(search.isAvailable || !movieSearch.isAvailable ? ["search"] : []),
  ];
  for (const [at, t] of kinds.entries()) {
    const asked = askPages(asking, { t, q, extended: "1", ...cat });
    const found = at < kinds.length - 1 ? await orUnsupported(asked) : await asked;
    if (found) {
      return { ...found, askedBy: "text", elapsedMs: elapsedMs + found.elapsedMs };
    }
  }
  return { items: [], askedBy: "text", problems: [], elapsedMs };
}

const isSame = (found: string | null, asked: string | null | undefined) =>
  found === null || !asked || Number(found.slice(2)) === Number(asked.slice(2));

/** Null when the indexer can't be asked like this. */
async function orUnsupported<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (isUnsupported(error)) return null;
    throw error;
  }
}
