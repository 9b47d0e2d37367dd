import { type Film, imdbIdOf, films as library } from "./films";
import {
  type CapsVariant,
  capsOf,
  errorOf,
  type FeedOptions,
  feedOf,
  type IndexerKind,
} from "./indexer-feed";
import { isAskedFor, type OfferedRelease, releasesOf } from "./releases";
import { type Answer, type LoggedRequest, type StandIn, startStandIn } from "./server";

/** A key that the stand-in takes. It opens nothing anywhere else. */
export const indexerKey = "lamp0lamp1lamp2lamp3lamp4lamp5la";

export interface IndexerOptions {
  kind?: IndexerKind;
  films?: readonly Film[];
  /** What is offered of a film; a test that plays a movie gives its own .torrent or magnet. */
  releases?: (film: Film) => OfferedRelease[];
  /**
   * What taking a release gives: a magnet that stands in the feed (but for Prowlarr, which has none
   * there), a .torrent at an address of the indexer, or a redirect from such an address to a magnet.
   */
  links?: FeedOptions["links"];
  caps?: CapsVariant;
  withoutSeeders?: boolean;
  /** In front of every path, as behind a proxy: `/indexers`. */
  pathPrefix?: string;
  port?: number;
}

export interface IndexerStandIn
  extends Pick<StandIn, "origin" | "requests" | "close" | "fail" | "failAt" | "failAlways"> {
  /** What people paste, without the key. */
  url: string;
  /** For what is not given up until the test says so: other caps, other links. */
  change(options: Pick<IndexerOptions, "links" | "caps" | "withoutSeeders">): void;
}

const xml = { "content-type": "application/rss+xml; charset=utf-8" };
const answer = (body: string, status = 200) => ({ status, headers: xml, body });

/** What indexers do instead of answering: for `fail` and its kin. */
export const indexerFailures = {
  keyRefusedWith200: answer(errorOf(100, "Invalid API Key")),
  keyRefusedWith401: { status: 401, body: "" },
  accountSuspended: answer(errorOf(101, "Account suspended")),
  throttled: { status: 429, headers: { ...xml, "retry-after": "120" }, body: errorOf(429, "No") },
  switchedOff: answer(errorOf(410, "Indexer is disabled"), 410),
  crashed: answer(errorOf(900, "System.Exception at http://tracker/?passkey=secret"), 400),
  limitReached: answer(errorOf(500, "Request limit reached")),
  empty: { status: 200, headers: xml, body: "" },
  page: {
    status: 200,
    headers: { "content-type": "text/html" },
    body: "<!DOCTYPE html><html><head><title>Sign in</title></head></html>",
  },
  cutOff: answer('<?xml version="1.0"?><rss version="2.0"><channel><item><title>Half a'),
} as const satisfies Record<string, Answer & { body: string }>;

const endpoints: Record<IndexerKind, RegExp> = {
  jackett: /^\/api\/v2\.0\/indexers\/(all|lantern|harbour)\/results\/torznab(\/.*)?$/,
  prowlarr: /^\/([12])\/api$|^\/api\/v1\/indexer\/([12])\/newznab$/,
  tracker: /^\/api$/,
};

const pasted: Record<IndexerKind, string> = {
  jackett: "/api/v2.0/indexers/all/results/torznab/",
  prowlarr: "/1/",
  tracker: "/api",
};

/** An indexer of invented films on 127.0.0.1, in the ways of Jackett, Prowlarr or a tracker. */
export async function startIndexer({
  kind = "jackett",
  films = library,
  releases = releasesOf,
  links = "magnet",
  caps = "full",
  withoutSeeders = false,
  pathPrefix = "",
  port = 0,
}: IndexerOptions = {}): Promise<IndexerStandIn> {
  const manner = { links, caps, withoutSeeders };
  const indexer: Indexer = { kind, films, releases, manner, base: "" };
  const standIn = await startStandIn(
    (request) => {
      if (!request.path.startsWith(pathPrefix)) return { status: 404, body: "Not found" };
      return respond({ ...request, path: request.path.slice(pathPrefix.length) }, indexer);
    },
    { port },
  );
  indexer.base = `${standIn.origin}${pathPrefix}`;
  const { origin, requests, close, fail, failAt, failAlways } = standIn;
  return {
    ...{ origin, requests, close, fail, failAt, failAlways },
    url: `${indexer.base}${pasted[kind]}`,
    change: (options) => void Object.assign(manner, options),
  };
}

interface Indexer {
  kind: IndexerKind;
  films: readonly Film[];
  releases: (film: Film) => OfferedRelease[];
  manner: Required<Pick<IndexerOptions, "links" | "caps" | "withoutSeeders">>;
  base: string;
}

function respond(request: LoggedRequest, indexer: Indexer): Answer {
  const { kind } = indexer;
  if (/^\/(dl\/|[12]\/download|download$)/.test(request.path)) return handOut(request, indexer);
  if (!endpoints[kind].test(request.path)) {
    // Jackett and Prowlarr show their own pages at every other path.
    return kind === "tracker" ? { status: 404, body: "Not found" } : indexerFailures.page;
  }
  if (request.query.apikey !== indexerKey) {
    if (kind === "prowlarr") return indexerFailures.keyRefusedWith401;
    if (kind === "jackett") return indexerFailures.keyRefusedWith200;
    return answer(`\ufeff${errorOf(100, "Incorrect user credentials")}`);
  }
  const { t } = request.query;
  if (t === "caps") return answer(capsOf(indexer.manner.caps));
  if (t !== "search" && t !== "movie") {
    return answer(errorOf(t ? 202 : 200, "No such function"), kind === "jackett" ? 200 : 400);
  }
  return search(request.query, indexer);
}

function search(query: Record<string, string>, indexer: Indexer): Answer {
  const { kind, manner, films, releases } = indexer;
  const { caps, links, withoutSeeders } = manner;
  if (query.cat !== undefined && !/^\d+(,\d+)*$/.test(query.cat)) {
    return answer(errorOf(900, "System.FormatException: Input string was not in a format"), 400);
  }
  if (query.t === "movie" && caps === "without-movies") {
    return answer(errorOf(201, "does not support the requested query"));
  }
  if (query.imdbid !== undefined) {
    if (caps !== "full") return answer(errorOf(203, "Function not available"), 400);
    if (!/^(tt)?\d{7,8}$/.test(query.imdbid)) {
      return answer(errorOf(201, "Incorrect parameter: imdbid"), 400);
    }
  }
  const isMeant = (film: Film) =>
    query.imdbid === undefined
      ? isAskedFor(film, query.q ?? "")
      : imdbIdOf(film) === `tt${query.imdbid.replace(/^tt/, "")}`;
  const found = films.filter(isMeant).flatMap(releases);
  const offset = Number(query.offset ?? 0);
  const shown = found.slice(offset, offset + (Number(query.limit) || 100));
  const address = (release: OfferedRelease) => addressOf(release, indexer);
  return answer(feedOf(shown, { kind, links, withoutSeeders, addressOf: address }));
}

function addressOf(release: OfferedRelease, { kind, base }: Indexer): string {
  const file = `file=${encodeURIComponent(release.name)}`;
  if (kind === "jackett") {
    const site = release.site.toLowerCase();
    return `${base}/dl/${site}/?jackett_apikey=${indexerKey}&path=${release.infoHash}&${file}`;
  }
  if (kind === "prowlarr") {
    return `${base}/1/download?apikey=${indexerKey}&link=${release.infoHash}&${file}`;
  }
  return `${base}/download?passkey=${indexerKey}&id=${release.infoHash}`;
}

/** A release that is taken. */
function handOut({ query }: LoggedRequest, { kind, films, releases, manner }: Indexer): Answer {
  const key = query.jackett_apikey ?? query.apikey ?? query.passkey;
  const hash = query.path ?? query.link ?? query.id;
  // A tracker shows its sign-in with status 200.
  if (key !== indexerKey) return kind === "tracker" ? indexerFailures.page : { status: 401 };
  const found = films.flatMap(releases).find(({ infoHash }) => infoHash === hash);
  if (!found) {
    return kind === "prowlarr"
      ? { status: 400, body: "Invalid Prowlarr link" }
      : { status: 404, body: "" };
  }
  if (manner.links !== "torrent") {
    return { status: kind === "prowlarr" ? 301 : 302, headers: { location: found.magnet } };
  }
  return {
    status: 200,
    headers: { "content-type": "application/x-bittorrent" },
    body: found.torrent,
  };
}
