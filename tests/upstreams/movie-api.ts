import { setTimeout as wait } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { type Film, imdbIdOf, films as library, titleOf } from "./films";
import { isAskedFor, type OfferedRelease, releasesOf } from "./releases";
import { type Answer, type LoggedRequest, type StandIn, startStandIn } from "./server";

/** What such a service does instead of answering. */
export type MovieApiManner =
  /** Nothing comes. */
  | "hangs"
  /** 50 MB of blanks, as they are or packed into some kB. */
  | "huge"
  | "huge-packed"
  /** A page with status 200. */
  | "page"
  /** A redirect to where machines in a cloud keep their keys. */
  | "into-the-cloud"
  | "down"
  /** It answers, after this. */
  | { slowMs: number };

export interface MovieApiOptions {
  films?: readonly Film[];
  /** What is offered of a film; a test that plays a movie gives its own .torrent or magnet. */
  releases?: (film: Film) => OfferedRelease[];
  /** What stands in `url`: the service's own .torrent, or a magnet. */
  links?: "torrent" | "magnet";
  port?: number;
}

export interface MovieApiStandIn extends Pick<StandIn, "origin" | "requests" | "close" | "fail"> {
  /** With the placeholder for what is searched for. */
  apiUrl: string;
  /** A schema that reads its answers, in the form of version 1. */
  definition: {
    version: 1;
    apiUrl: string;
    parsers: { key: string; value: string }[];
  };
  /** From now on, until null. */
  behave(manner: MovieApiManner | null): void;
}

const list = "data.movies.0.torrents|sources.0";
const parsers = [
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
];

const pageLength = 20;

/** A movie service with an API of JSON, of invented films, on 127.0.0.1. */
export async function startMovieApi({
  films = library,
  releases = releasesOf,
  links = "torrent",
  port = 0,
}: MovieApiOptions = {}): Promise<MovieApiStandIn> {
  let manner: MovieApiManner | null = null;
  const standIn: StandIn = await startStandIn(
    async (request) => {
      if (typeof manner === "object" && manner) await wait(manner.slowMs);
      if (manner !== null && typeof manner === "string") return misbehave(manner);
      const file = /^\/torrent\/download\/([0-9A-F]{40})$/.exec(request.path)?.[1];
      if (file) return handOut(file, films.flatMap(releases));
      if (request.path !== "/api/v2/list_movies.json") return { status: 404, body: "Not found" };
      const url = (one: OfferedRelease) =>
        links === "magnet"
          ? one.magnet
          : `${standIn.origin}/torrent/download/${one.infoHash.toUpperCase()}`;
      return { status: 200, body: listOf(request, films, releases, url) };
    },
    { port },
  );
  const apiUrl = `${standIn.origin}/api/v2/list_movies.json?query_term=$${"{searchInput}"}`;
  return {
    ...{ origin: standIn.origin, requests: standIn.requests, apiUrl },
    definition: { version: 1, apiUrl, parsers },
    fail: standIn.fail,
    close: standIn.close,
    behave(next) {
      manner = next;
      standIn.failAlways(next === "hangs" ? "slow" : next === "down" ? "down" : null);
    },
  };
}

function misbehave(manner: Exclude<MovieApiManner, object>): Answer {
  const json = { "content-type": "application/json" };
  switch (manner) {
    case "huge":
      return { status: 200, headers: json, body: Buffer.alloc(50 * 1024 ** 2, " ") };
    case "huge-packed":
      return {
        status: 200,
        headers: { ...json, "content-encoding": "gzip" },
        body: gzipSync(Buffer.alloc(50 * 1024 ** 2, " ")),
      };
    case "into-the-cloud":
      return { status: 302, headers: { location: "http://169.254.169.254/latest/meta-data/" } };
    default:
      return {
        status: 200,
        headers: { "content-type": "text/html" },
        body: "<!DOCTYPE html><html><body><h1>Just a moment</h1></body></html>",
      };
  }
}

function handOut(hash: string, offered: readonly OfferedRelease[]): Answer {
  const found = offered.find(({ infoHash }) => infoHash.toUpperCase() === hash);
  if (!found) return { status: 404, body: "Not found" };
  return {
    status: 200,
    headers: { "content-type": "application/x-bittorrent" },
    body: found.torrent,
  };
}

function listOf(
  { query }: LoggedRequest,
  films: readonly Film[],
  releases: (film: Film) => OfferedRelease[],
  url: (release: OfferedRelease) => string,
) {
  const found = films.filter((film) => isAskedFor(film, query.query_term ?? ""));
  const limit = Number(query.limit) || pageLength;
  const page = Number(query.page) || 1;
  const shown = found.slice((page - 1) * limit, page * limit);
  return {
    status: "ok",
    status_message: "Query was successful",
    data: {
      movie_count: found.length,
      limit,
      page_number: page,
      // Where there is nothing, the list itself is missing.
      ...(shown.length > 0
        ? { movies: shown.map((film) => movieOf(film, releases(film), url)) }
        : {}),
    },
    "@meta": { server_time: 1_719_835_200, api_version: 2, execution_time: "0 ms" },
  };
}

const uploaded = (at: Date) => ({
  date_uploaded: at.toISOString().slice(0, 19).replace("T", " "),
  date_uploaded_unix: at.getTime() / 1000,
});

function sizeText(bytes: number): string {
  const gigabytes = bytes / 1024 ** 3;
  return gigabytes >= 1 ? `${gigabytes.toFixed(2)} GB` : `${(gigabytes * 1024).toFixed(2)} MB`;
}

function movieOf(film: Film, releases: OfferedRelease[], url: (release: OfferedRelease) => string) {
  const title = titleOf(film);
  const year = Number(film.releaseDate?.slice(0, 4) ?? 0);
  return {
    id: film.number,
    url: `https://films.example/movies/${film.number}`,
    imdb_code: imdbIdOf(film),
    title,
    title_english: title,
    title_long: `${title} (${year})`,
    slug: `${film.number}-${year}`,
    year,
    rating: film.score ?? 0,
    runtime: film.runtimeMinutes ?? 0,
    genres: ["Drama"],
    synopsis: film.texts.en?.overview ?? "",
    language: film.originalLanguage,
    background_image: `https://films.example/${film.number}-background.jpg`,
    small_cover_image: `https://films.example/${film.number}-small-cover.jpg`,
    state: "ok",
    torrents: releases.map((one) => ({
      url: url(one),
      hash: one.infoHash.toUpperCase(),
      quality: one.quality,
      type: one.type,
      seeds: one.seeds,
      peers: one.peers - one.seeds,
      size: sizeText(one.sizeBytes),
      size_bytes: one.sizeBytes,
      ...uploaded(one.publishedAt),
    })),
    ...uploaded(releases[0]?.publishedAt ?? new Date(0)),
  };
}
