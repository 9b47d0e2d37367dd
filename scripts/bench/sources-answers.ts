/** Answers of services as large as a schema may have them: of invented movies, all different. */

const address = "https://films.example/find?q=$" + "{searchInput}";
const qualities = ["480p", "720p", "1080p", "2160p"];
const kinds = ["web", "bluray"];

const hashOf = (number: number) => number.toString(16).padStart(40, "0");
const magnetOf = (number: number) =>
  `magnet:?xt=urn:btih:${hashOf(number)}&dn=Lamp+${number}&tr=udp%3A%2F%2Ftracker.example%3A1337`;
const yearOf = (number: number) => 1950 + (number % 70);

/** A movie or release in each row. */
export interface FlatRow {
  name: string;
  imdb: string;
  year: number;
  cover: string;
  link: string;
  quality: string;
  seeders: number;
  size: string;
}

/** Rows in a list at the top, each with its one release. */
export function flatAnswer(count: number): { results: FlatRow[] } {
  const results = Array.from({ length: count }, (_, at) => ({
    ...{ id: at, name: `Lamp ${at}`, imdb: `tt${9_000_000 + at}`, year: yearOf(at) },
    ...{ cover: `https://films.example/${at}.jpg`, link: magnetOf(at), verified: at % 3 === 0 },
    ...{ quality: qualities[at % 4] ?? "", seeders: at % 500, leechers: at % 90 },
    ...{ size: `${(at % 90) / 10 + 0.5} GB`, uploader: `someone${at % 40}` },
  }));
  return { results };
}

export const flatSchema = {
  version: 1 as const,
  apiUrl: address,
  parsers: [
    { key: "title", value: "results.0.name" },
    { key: "imdbId", value: "results.0.imdb" },
    { key: "year", value: "results.0.year" },
    { key: "image", value: "results.0.cover" },
    { key: "source", value: "results.0.link" },
    { key: "quality", value: "results.0.quality" },
    { key: "seeds", value: "results.0.seeders" },
    { key: "size", value: "results.0.size" },
  ],
};

export interface NestedMovie {
  title: string;
  imdb_code: string;
  year: number;
  small_cover_image: string;
  torrents: {
    url: string;
    hash: string;
    quality: string;
    type: string;
    seeds: number;
    size: string;
  }[];
}

/** Movies with their releases inside, as a movie service with an API answers. */
export function nestedAnswer(count: number): { data: { movies: NestedMovie[] } } {
  const movies = Array.from({ length: count }, (_, at) => ({
    ...{ id: at, url: `https://films.example/movies/${at}`, imdb_code: `tt${9_000_000 + at}` },
    ...{ title: `Lamp ${at}`, title_long: `Lamp ${at} (${yearOf(at)})`, slug: `lamp-${at}` },
    ...{ year: yearOf(at), rating: 7.1, runtime: 100, genres: ["Drama", "Mystery"] },
    ...{ synopsis: "A lamp is lit, and somebody comes to look who did it.", language: "en" },
    small_cover_image: `https://films.example/${at}-small.jpg`,
    torrents: Array.from({ length: 3 }, (_, place) => ({
      ...{ url: `https://films.example/torrent/${hashOf(at * 3 + place)}`, peers: 4 },
      ...{ hash: hashOf(at * 3 + place), quality: qualities[place + 1] ?? "" },
      ...{ type: kinds[at % 2] ?? "", seeds: (at * 7 + place) % 300, size_bytes: 2_000_000_000 },
      ...{ size: `${place + 1}.85 GB`, date_uploaded: "2026-01-01 10:00:00" },
    })),
  }));
  return { data: { movies } };
}

const list = "data.movies.0.torrents|sources.0";

export const nestedSchema = {
  version: 1 as const,
  apiUrl: address,
  parsers: [
    { key: "title", value: "data.movies.0.title" },
    { key: "imdbId", value: "data.movies.0.imdb_code" },
    { key: "year", value: "data.movies.0.year" },
    { key: "image", value: "data.movies.0.small_cover_image" },
    { key: "source", value: `${list}.url` },
    { key: "hash", value: `${list}.hash` },
    { key: "quality", value: `${list}.quality` },
    { key: "type", value: `${list}.type` },
    { key: "seeds", value: `${list}.seeds` },
    { key: "size", value: `${list}.size` },
  ],
};

export interface HashRow {
  name: string;
  info_hash: string;
  imdb: string;
  seeders: string;
  size: string;
  added: string;
}

/** Text for everything and a hash in place of a link: what version 2 is for. */
export function hashAnswer(count: number): HashRow[] {
  return Array.from({ length: count }, (_, at) => ({
    ...{ id: String(at), name: `Lamp.${at}.${yearOf(at)}.1080p.WEB-DL.H.264`, category: "207" },
    ...{ info_hash: hashOf(at), imdb: `tt${9_000_000 + at}`, seeders: String(at % 500) },
    ...{ size: String(1_500_000_000 + at), added: String(1_700_000_000 + at), leechers: "3" },
  }));
}

export const hashSchema = {
  version: 2 as const,
  apiUrl: address,
  parsers: [
    { key: "title", value: "0.name" },
    { key: "name", value: "0.name" },
    { key: "imdbId", value: "0.imdb" },
    { key: "seeds", value: "0.seeders", type: "number" as const },
    { key: "size", value: "0.size", type: "size" as const },
    { key: "date", value: "0.added", type: "date" as const },
    {
      ...{ key: "source", value: "0.info_hash" },
      template: "magnet:?xt=urn:btih:$" + "{value}&dn=$" + "{title}",
    },
  ],
  constants: { type: "web" },
};

const attribute = (name: string, value: string | number) =>
  `<torznab:attr name="${name}" value="${value}" />`;

/** A feed of Torznab, its items as Jackett writes them. */
export function feedText(count: number): string {
  const items = Array.from({ length: count }, (_, at) => {
    const magnet = magnetOf(at).replaceAll("&", "&amp;");
    const page = `https://lantern.example/torrent/${at}`;
    return `<item><title>Lamp.${at}.${yearOf(at)}.1080p.WEB-DL.H.264</title><guid>${page}</guid>
<jackettindexer id="lantern">Lantern</jackettindexer><type>public</type><comments>${page}</comments>
<pubDate>Sat, 28 Nov 2026 10:00:00 +0000</pubDate><size>${1_500_000_000 + at}</size><link>${magnet}</link>
<category>2040</category><enclosure url="${magnet}" length="${1_500_000_000 + at}" type="application/x-bittorrent" />
${attribute("category", 2040)}${attribute("imdb", 9_000_000 + at)}${attribute("seeders", at % 500)}
${attribute("peers", at % 900)}${attribute("infohash", hashOf(at))}${attribute("magneturl", magnet)}</item>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:torznab="http://torznab.com/schemas/2015/feed"><channel>
${items.join("\n")}
</channel></rss>`;
}
