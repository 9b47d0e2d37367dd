import { imdbIdOf, tmdbIdOf } from "./films";
import type { OfferedRelease } from "./releases";

/** Whose ways an indexer has. */
export type IndexerKind = "jackett" | "prowlarr" | "tracker";

export interface FeedOptions {
  kind: IndexerKind;
  /** `magnet` in the feed, or an address of the indexer: see `startIndexer`. */
  links: "magnet" | "torrent" | "redirect";
  withoutSeeders: boolean;
  /** The indexer's own address of a release, with the key in it as the real ones have it. */
  addressOf: (release: OfferedRelease) => string;
}

export const escapeXml = (text: string) =>
  text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`).replaceAll("&#38;", "&amp;");

const attribute = (name: string, value: string | number) =>
  `<torznab:attr name="${name}" value="${escapeXml(String(value))}" />`;

/** RFC 822 in the manner of feeds. */
const dateText = (date: Date) => date.toUTCString().replace("GMT", "+0000");

const categoryOf = ({ quality }: OfferedRelease) =>
  ({ "2160p": 2045, "1080p": 2040 })[quality] ?? 2030;

function siteOf(release: OfferedRelease, kind: IndexerKind): string {
  const id = release.site.toLowerCase();
  if (kind === "jackett") {
    return `<jackettindexer id="${id}">${release.site}</jackettindexer><type>public</type>`;
  }
  return kind === "prowlarr"
    ? `<prowlarrindexer id="${release.site.length}" type="public">${release.site}</prowlarrindexer>`
    : "";
}

function itemOf(release: OfferedRelease, options: FeedOptions): string {
  const { kind, links, addressOf } = options;
  // Prowlarr has an address of its own for magnets too, and says nothing of them in the feed.
  const isMagnet = links === "magnet" && kind !== "prowlarr";
  const link = escapeXml(isMagnet ? release.magnet : addressOf(release));
  const page = `https://${release.site.toLowerCase()}.example/torrent/${release.infoHash}`;
  const imdbDigits = imdbIdOf(release.film).slice(2);
  const seeders = options.withoutSeeders
    ? []
    : [attribute("seeders", release.seeds), attribute("peers", release.peers)];
  const of: Record<IndexerKind, string[]> = {
    jackett: [
      attribute("imdb", imdbDigits),
      attribute("imdbid", `tt${imdbDigits}`),
      attribute("tmdbid", tmdbIdOf(release.film)),
      attribute("infohash", release.infoHash.toUpperCase()),
      ...(isMagnet ? [attribute("magneturl", release.magnet)] : []),
    ],
    prowlarr: [attribute("imdb", imdbDigits), attribute("tag", "freeleech")],
    tracker: [
      attribute("size", release.sizeBytes),
      attribute("infohash", release.infoHash),
      attribute("year", release.film.releaseDate?.slice(0, 4) ?? ""),
    ],
  };
  return `<item>
      <title>${escapeXml(release.name)}</title>
      <guid${kind === "prowlarr" ? "" : ' isPermaLink="true"'}>${page}</guid>
      ${siteOf(release, kind)}
      <comments>${page}</comments>
      <pubDate>${dateText(release.publishedAt)}</pubDate>
      ${kind === "tracker" ? "" : `<size>${release.sizeBytes}</size>`}
      <description><![CDATA[<b>${release.name}</b>]]></description>
      <link>${link}</link>
      <category>${kind === "tracker" ? "Movies HD" : categoryOf(release)}</category>
      <enclosure url="${link}" length="${kind === "tracker" ? 0 : release.sizeBytes}" type="application/x-bittorrent" />
      ${[attribute("category", 2000), attribute("category", categoryOf(release)), ...seeders, ...of[kind]].join("\n      ")}
    </item>`;
}

/** A feed of results, in the ways of Jackett, Prowlarr or a tracker of its own. */
export function feedOf(releases: readonly OfferedRelease[], options: FeedOptions): string {
  const version = options.kind === "jackett" ? "2.0" : "1.0";
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="${version}" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:torznab="http://torznab.com/schemas/2015/feed">
  <channel>
    <atom:link rel="self" type="application/rss+xml" />
    <title>${options.kind}</title>
    ${releases.map((release) => itemOf(release, options)).join("\n    ")}
  </channel>
</rss>`;
}

export type CapsVariant =
  /** Movies by text, IMDb id and year. */
  | "full"
  | "without-ids"
  /** Only the plain search. */
  | "without-movies"
  /** No limits and no list of what is taken. */
  | "bare";

export function capsOf(variant: CapsVariant): string {
  const params = variant === "full" ? "q,imdbid,tmdbid,year" : "q";
  const supported = variant === "bare" ? "" : ` supportedParams="${params}"`;
  const isForMovies = variant === "without-movies" ? "no" : "yes";
  return `<?xml version="1.0" encoding="UTF-8"?>
<caps>
  <server title="Stand-in" />
  ${variant === "bare" ? "" : '<limits default="100" max="100" />'}
  <searching>
    <search available="yes"${variant === "bare" ? "" : ' supportedParams="q"'} />
    <tv-search available="yes" supportedParams="q,season,ep" />
    <movie-search available="${isForMovies}"${supported} />
  </searching>
  <categories>
    <category id="2000" name="Movies"><subcat id="2040" name="Movies/HD" /></category>
    <category id="100001" name="Films of the house" />
  </categories>
</caps>`;
}

export const errorOf = (code: number, description: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<error code="${code}" description="${escapeXml(description)}" />`;
