import { infoHashOf, infoHashOfMagnet } from "./info-hash";
import { attributeOf, childrenOf, extrasOf, textOf, type XmlNode } from "./wire";
import { decodeEntities } from "./xml-text";

/** A release of an indexer, and what its feed says of the film. */
export interface IndexerItem {
  /** As `FoundRelease` of lib/sources/found.ts. Its link may hold a key, and stays on the server. */
  release: {
    name: string;
    link: string;
    infoHash: string | null;
    quality: null;
    type: null;
    sizeBytes: number | null;
    /** Null is unknown, not none. */
    seeds: number | null;
    publishedAt: Date | null;
  };
  /** `tt` and at least seven digits. */
  imdbId: string | null;
  tmdbId: number | null;
  year: number | null;
  /** The site behind Jackett or Prowlarr. */
  indexerName: string | null;
}

/** Why an item is left out: a key of `reasons`. */
export type LeftOut =
  | "torznab-usenet"
  | "torznab-untitled"
  | "torznab-no-link"
  | "torznab-no-movie";

const longestText = 500;
const longestLink = 8000;
/** Lengths of an enclosure below this are those of the .torrent file. */
const smallestFilmBytes = 10 * 1024 ** 2;

function shortText(text: string): string {
  return decodeEntities(text)
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim()
    .slice(0, longestText);
}

function countOf(text: string | undefined): number | null {
  if (text === undefined || !/^\+?\d{1,16}$/.test(text.trim())) return null;
  return Number.isSafeInteger(Number(text)) ? Number(text) : null;
}

function firstText(item: XmlNode, name: string): string {
  for (const node of childrenOf(item, name)) {
    const text = textOf(node);
    if (text !== "") return text;
  }
  return "";
}

interface Enclosure {
  url: string;
  type: string;
  length: string | undefined;
}

const enclosuresOf = (item: XmlNode): Enclosure[] =>
  childrenOf(item, "enclosure").map((node) => ({
    url: unescaped(attributeOf(node, "url") ?? ""),
    type: (attributeOf(node, "type") ?? "").toLowerCase(),
    length: attributeOf(node, "length"),
  }));

/** An address that was escaped twice has no `&` of its own. */
const unescaped = (url: string) =>
  url.includes("&") ? url.trim().replaceAll(/&amp;/gi, "&") : url.trim();

const isUsenet = ({ url, type }: Pick<Enclosure, "url" | "type">) =>
  type.includes("nzb") || /\.nzb(?:\.gz)?(?:$|[?#])/i.test(url);

const isWeb = (url: string) => /^https?:\/\//i.test(url) && URL.canParse(url);
const isMagnet = (url: string) => /^magnet:\?/i.test(url) && infoHashOfMagnet(url) !== null;

/**
 * The link to take: a magnet where there is one, else the address of a .torrent. A hash alone makes
 * a magnet only where there is nothing else, since a .torrent and a magnet name their trackers.
 */
function linkOf(item: XmlNode, extras: Map<string, string[]>, name: string): string | null {
  const named = extras.get("magneturl")?.map(unescaped).find(isMagnet);
  if (named) return named;
  const link = unescaped(firstText(item, "link"));
  const enclosures = enclosuresOf(item).filter((one) => !isUsenet(one));
  const given = [...enclosures.map(({ url }) => url), link, firstText(item, "guid")];
  const magnet = given.find(isMagnet);
  if (magnet) return magnet;
  const isTorrentType = ({ type }: Enclosure) => type === "" || type.includes("bittorrent");
  const torrent = enclosures.find((one) => isWeb(one.url) && isTorrentType(one))?.url;
  if (torrent) return torrent;
  // Some feeds link to the page about it, which is what they give as comments or guid, too.
  const pages = [
    firstText(item, "comments"),
    ...childrenOf(item, "guid")
      .filter((guid) => attributeOf(guid, "isPermaLink")?.toLowerCase() === "true")
      .map(textOf),
  ].map(unescaped);
  const isAlone = childrenOf(item, "enclosure").length === 0 && !isUsenet({ url: link, type: "" });
  if (isWeb(link) && isAlone && !pages.includes(link)) return link;
  const hash = infoHashOf(extras.get("infohash")?.[0] ?? "");
  if (!hash || !isPublic(item)) return null;
  return `magnet:?xt=urn:btih:${hash}&dn=${encodeURIComponent(name)}`;
}

/** Only where everybody may join does a hash alone find anybody. */
function isPublic(item: XmlNode): boolean {
  const ofProwlarr = attributeOf(childrenOf(item, "prowlarrindexer")[0], "type");
  return (ofProwlarr ?? firstText(item, "type")).toLowerCase() === "public";
}

function sizeOf(item: XmlNode, extras: Map<string, string[]>): number | null {
  const stated = countOf(firstText(item, "size")) || countOf(extras.get("size")?.[0]);
  if (stated) return stated;
  const lengths = enclosuresOf(item).map(({ length }) => countOf(length) ?? 0);
  return lengths.find((length) => length >= smallestFilmBytes) ?? null;
}

function imdbIdOf(extras: Map<string, string[]>): string | null {
  for (const text of [extras.get("imdbid")?.[0], extras.get("imdb")?.[0]]) {
    const digits = /^(?:tt)?0*(\d{1,10})$/i.exec(text ?? "")?.[1];
    if (digits !== undefined && Number(digits) > 0) return `tt${digits.padStart(7, "0")}`;
  }
  return null;
}

function dateOf(text: string): Date | null {
  const time = /\d{4}/.test(text) ? Date.parse(text) : Number.NaN;
  const earliest = Date.UTC(1990, 0);
  return Number.isNaN(time) || time < earliest ? null : new Date(time);
}

function yearOf(text: string | undefined): number | null {
  return text !== undefined && /^(18[89]|19\d|20\d)\d$/.test(text) ? Number(text) : null;
}

/** Indexers that don't know categories answer with everything: other blocks are no movies. */
function isWanted(
  item: XmlNode,
  extras: Map<string, string[]>,
  wanted: readonly number[],
): boolean {
  if (wanted.length === 0 || wanted.some((id) => id >= 100_000)) return true;
  const texts = [...childrenOf(item, "category").map(textOf), ...(extras.get("category") ?? [])];
  let isKnown = false;
  for (const text of texts) {
    const id = countOf(text);
    // Categories of a site's own say nothing to others.
    if (id === null || id < 1000 || id >= 100_000) continue;
    isKnown = true;
    const block = Math.floor(id / 1000);
    if (wanted.some((one) => Math.floor(one / 1000) === block)) return true;
  }
  return !isKnown;
}

function itemOf(item: XmlNode, wanted: readonly number[]): IndexerItem | LeftOut {
  const extras = extrasOf(item);
  const name = shortText(firstText(item, "title"));
  if (name === "") return "torznab-untitled";
  const link = linkOf(item, extras, name);
  if (link === null || link.length > longestLink) {
    // Some offer both ways for an item, so that one of Usenet is only told by having no other.
    const given = [...enclosuresOf(item), { url: firstText(item, "link"), type: "" }];
    return given.some(isUsenet) ? "torznab-usenet" : "torznab-no-link";
  }
  if (!isWanted(item, extras, wanted)) return "torznab-no-movie";
  const site = childrenOf(item, "jackettindexer")[0] ?? childrenOf(item, "prowlarrindexer")[0];
  const tmdbId = countOf(extras.get("tmdbid")?.[0] ?? extras.get("tmdb")?.[0]);
  return {
    release: {
      // No spread: it takes longer than everything else that is done for an item.
      name,
      link,
      quality: null,
      type: null,
      // What a magnet names is what is loaded, whatever stands beside it.
      infoHash: isMagnet(link)
        ? infoHashOfMagnet(link)
        : infoHashOf(extras.get("infohash")?.[0] ?? ""),
      sizeBytes: sizeOf(item, extras),
      seeds: countOf(extras.get("seeders")?.[0]),
      publishedAt: dateOf(firstText(item, "pubDate")),
    },
    imdbId: imdbIdOf(extras),
    tmdbId: tmdbId || null,
    year: yearOf(extras.get("year")?.[0]),
    indexerName: shortText(textOf(site) || (attributeOf(site, "id") ?? "")) || null,
  };
}

export interface MappedFeed {
  items: IndexerItem[];
  problems: { code: LeftOut; count: number }[];
  /** Of the feed, before anything was left out. */
  itemCount: number;
}

/** @param wanted categories that were asked for. */
export function itemsOf(root: XmlNode, wanted: readonly number[]): MappedFeed {
  // Some put their items beside the channel instead of into it.
  const found = [...childrenOf(root, "channel"), root].flatMap((node) => childrenOf(node, "item"));
  const items: IndexerItem[] = [];
  const counts = new Map<LeftOut, number>();
  for (const node of found) {
    const item = itemOf(node, wanted);
    if (typeof item === "string") counts.set(item, (counts.get(item) ?? 0) + 1);
    else items.push(item);
  }
  const problems = [...counts].map(([code, count]) => ({ code, count }));
  return { items, problems, itemCount: found.length };
}
