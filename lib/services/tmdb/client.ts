import { TMDB } from "tmdb-ts";
import type { z } from "zod";
import { UpstreamError } from "@/lib/errors";
import { logFor } from "@/lib/log";
import { fetchLimited, parseShape, withRetries } from "@/lib/services/http";
import { createPace } from "@/lib/services/pace";
import {
  baseOf,
  type Found,
  type MovieDetails,
  type MovieRow,
  toFound,
  toMovieDetails,
  toMovieRow,
} from "./map";
import { createSeam, errorOf } from "./seam";
import {
  isPicturePath,
  wireConfiguration,
  wireDetails,
  wireFind,
  wireImages,
  wireSearch,
} from "./wire";

export interface TmdbOptions {
  /** v3 key (32 hexadecimal digits) or v4 read access token (a JWT), told apart by their form. */
  apiKey: string;
  /** `https://api.themoviedb.org/3` or what stands in its place. */
  apiUrl: string;
  /** `https://image.tmdb.org/t/p` or what stands in its place. */
  imageUrl: string;
  /** For each try, body included. */
  timeoutMs?: number;
  /** Waits before the second and third try after a 429, a 5xx or a broken connection. */
  retryDelaysMs?: readonly number[];
  now?: () => Date;
}

/** Sizes that TMDB promises: any other may work today and not tomorrow. */
type ImageSize =
  | "w92"
  | "w154"
  | "w185"
  | "w300"
  | "w342"
  | "w500"
  | "w780"
  | "w1280"
  | "h632"
  | "original";

interface CallOptions {
  signal?: AbortSignal | undefined;
}

/** What Vigilio asks TMDB. Everything throws UpstreamError("tmdb", …) and nothing else. */
export interface Tmdb {
  /** What an IMDb id (`tt` and digits) stands for. */
  findByImdbId(imdbId: string, language: string, options?: CallOptions): Promise<Found>;
  /**
   * One call for everything, and a second in English when title or story are missing.
   *
   * @param language BCP 47, such as `tr` or `pt-BR`.
   * @param options.country ISO 3166-1 of the certification; from the language when absent.
   * @throws UpstreamError `not-found` when TMDB has no such movie (any more).
   */
  movieDetails(
    tmdbId: number,
    language: string,
    options?: CallOptions & { country?: string },
  ): Promise<MovieDetails>;
  /** Movies whose title has these words, at most 20; by year first when one is given. */
  searchMovies(
    query: string,
    options: CallOptions & { language: string; year?: number | undefined },
  ): Promise<MovieRow[]>;
  /**
   * Paths of a movie's posters, each once: those in the language first, then English ones, then
   * those without text.
   */
  posters(tmdbId: number, language: string, options?: CallOptions): Promise<string[]>;
  /** True when the key is taken, else why not: `credentials` means that it is refused. */
  verifyKey(options?: CallOptions): Promise<true | UpstreamError>;
  /** A picture's bytes, at most 15 MB. */
  image(
    path: string,
    size: ImageSize,
    options?: CallOptions,
  ): Promise<{ bytes: Buffer; contentType: string }>;
}

const log = logFor("tmdb");
const imageMaxBytes = 15 * 1024 * 1024;

/**
 * A client of TMDB on tmdb-ts (docs/decisions/tmdb-ts.md says what is done beside it and why).
 * Contract: https://developer.themoviedb.org/reference/intro/getting-started
 */
export function createTmdb(options: TmdbOptions): Tmdb {
  const now = options.now ?? (() => new Date());
  const timeoutMs = options.timeoutMs ?? 8000;
  const retryDelaysMs = options.retryDelaysMs ?? [1000, 2000];
  // TMDB speaks of about 40 a second; a household needs far less.
  const pace = createPace({ atOnce: 6, perSecond: 20 });

  const retrying = <T>(call: () => Promise<T>, signal?: AbortSignal, delaysMs = retryDelaysMs) =>
    withRetries(
      {
        delaysMs,
        maxWaitMs: 10_000,
        now,
        signal,
        onRetry: (error, delayMs) =>
          log.info({ fault: error.fault, status: error.options.status, delayMs }, "asks again"),
      },
      () => pace(call, signal),
    );

  /**
   * tmdb-ts for one call, since it has no room for a signal or for more parameters. `language` goes
   * that way too: the library's type knows only some of those that TMDB takes.
   */
  async function ask<Schema extends z.ZodType>(
    schema: Schema,
    call: (library: TMDB) => Promise<unknown>,
    how: CallOptions & { parameters?: Record<string, string>; delaysMs?: readonly number[] } = {},
  ): Promise<z.output<Schema>> {
    const seam = createSeam({ ...options, timeoutMs, now, ...how });
    // The key is the seam's alone: what the library does not have it cannot leak.
    const library = new TMDB("", { fetch: seam });
    const json = await retrying(() => call(library), how.signal, how.delaysMs);
    return parseShape("tmdb", json, schema);
  }

  return {
    async findByImdbId(imdbId, language, { signal } = {}) {
      if (!/^tt\d{7,10}$/.test(imdbId)) throw new TypeError("not an IMDb id");
      const wire = await ask(
        wireFind,
        (tmdb) => tmdb.find.byExternalId(imdbId, { external_source: "imdb_id" }),
        { signal, parameters: { language } },
      );
      return toFound(wire);
    },

    async movieDetails(tmdbId, language, { signal, country } = {}) {
      if (!Number.isSafeInteger(tmdbId) || tmdbId < 1) throw new TypeError("not a TMDB id");
      const short = baseOf(language);
      const wire = await ask(
        wireDetails,
        (tmdb) =>
          tmdb.movies.details(tmdbId, [
            "credits",
            "videos",
            "images",
            "release_dates",
            "external_ids",
          ]),
        {
          signal,
          // `language` filters appended pictures and videos too: without these a Turkish request
          // has nearly none. Their languages have no regions; `null` stands for "without text".
          parameters: {
            language,
            include_image_language: [...new Set([short, "en", "null"])].join(","),
            include_video_language: [...new Set([short, "en"])].join(","),
          },
        },
      );
      const isIncomplete = short !== "en" && (!wire.overview || !wire.title);
      const english = isIncomplete
        ? await ask(wireDetails, (tmdb) => tmdb.movies.details(tmdbId, undefined, "en-US"), {
            signal,
          })
        : null;
      return toMovieDetails(wire, english, { language, country: country ?? countryOf(language) });
    },

    async searchMovies(query, { language, year, signal }) {
      const words = query.trim().replace(/\s+/g, " ").slice(0, 200);
      if (words === "") return [];
      // `primary_release_year` is the strictest, `year` takes any country's, and a file name's year
      // may simply be wrong.
      const attempts = year ? [{ primary_release_year: year }, { year }, {}] : [{}];
      for (const attempt of attempts) {
        const { results } = await ask(
          wireSearch,
          (tmdb) => tmdb.search.movies({ query: words, page: 1, ...attempt }),
          { signal, parameters: { language } },
        );
        const rows = results.flatMap((row) => toMovieRow(row) ?? []);
        if (rows.length > 0) return rows;
      }
      return [];
    },

    async posters(tmdbId, language, { signal } = {}) {
      if (!Number.isSafeInteger(tmdbId) || tmdbId < 1) throw new TypeError("not a TMDB id");
      const short = baseOf(language);
      const languages = [...new Set([short, "en", "null"])];
      const { posters } = await ask(wireImages, (tmdb) => tmdb.movies.images(tmdbId), {
        signal,
        parameters: { include_image_language: languages.join(",") },
      });
      const rank = (code: string | null | undefined) => languages.indexOf(code ?? "null");
      const sorted = posters.toSorted((a, b) => rank(a.iso_639_1) - rank(b.iso_639_1));
      return [...new Set(sorted.map(({ file_path: path }) => path))];
    },

    async verifyKey({ signal } = {}) {
      try {
        await ask(wireConfiguration, (tmdb) => tmdb.configuration.getApiConfiguration(), {
          signal,
          delaysMs: [],
        });
        return true;
      } catch (error) {
        if (error instanceof UpstreamError) return error;
        throw error;
      }
    },

    async image(path, size, { signal } = {}) {
      if (!isPicturePath(path)) throw new TypeError("not a picture's path");
      const answer = await retrying(async () => {
        const got = await fetchLimited(
          `${options.imageUrl}/${size}${path}`,
          { headers: { accept: "image/*" } },
          { service: "tmdb", timeoutMs: timeoutMs * 2, maxBytes: imageMaxBytes, signal },
        );
        if (got.status !== 200) throw errorOf(got, now());
        return got;
      }, signal);
      const contentType = answer.headers.get("content-type")?.split(";")[0]?.trim() ?? "";
      if (!contentType.startsWith("image/")) {
        throw new UpstreamError("tmdb", "broken", "answered with something that is no picture", {
          status: answer.status,
        });
      }
      return { bytes: answer.body, contentType };
    },
  };
}

/** The country where a language is most spoken, unless it names one: tr → TR, pt-BR → BR. */
function countryOf(language: string): string | null {
  try {
    return new Intl.Locale(language).maximize().region ?? null;
  } catch {
    return null;
  }
}
