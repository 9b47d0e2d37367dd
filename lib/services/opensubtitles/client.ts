import type { z } from "zod";
import { UpstreamError } from "@/lib/errors";
import { type FetchedAnswer, parseJson } from "@/lib/services/http";
import { createPace } from "@/lib/services/pace";
import { resetOf } from "./answers";
import { canonicalUrl, type SearchParameters } from "./canonical-url";
import { createDownload, type DownloadedSubtitle } from "./download";
import { serviceCodesOf } from "./languages";
import { type Candidate, toCandidates, toUserInfo, type UserInfo } from "./map";
import { createSession, type KnownQuota, type StateStore } from "./session";
import { createTransport } from "./transport";
import { wireLogin, wireSearch, wireUserInfo } from "./wire";

export type { Candidate } from "./map";
export type { StoredState } from "./session";

export interface OpenSubtitlesOptions {
  apiKey: string;
  /** Not the e-mail address. Without an account a few downloads a day are given per address. */
  username?: string | null | undefined;
  password?: string | null | undefined;
  /** `https://api.opensubtitles.com/api/v1` or what stands in its place. */
  apiUrl: string;
  /** `Name v1.2.3`: anything generic is refused. */
  userAgent: string;
  state: StateStore;
  timeoutMs?: number;
  /** Waits before the second and third try after a 429, a 5xx or a broken connection. */
  retryDelaysMs?: readonly number[];
  now?: () => Date;
}

interface SearchQuestion {
  /** 16 hexadecimal digits of lib/subtitles/movie-hash.ts. */
  movieHash?: string | null | undefined;
  /** A file's name or a title. */
  query?: string | null | undefined;
  /** `tt` and digits. */
  imdbId?: string | null | undefined;
  tmdbId?: number | null | undefined;
  /** BCP 47. */
  languages: readonly string[];
  /** Machine translations are left out unless asked for; AI translations are in, and marked. */
  withMachineTranslated?: boolean;
}

interface CallOptions {
  signal?: AbortSignal | undefined;
}

/** What Vigilio asks OpenSubtitles. Everything throws UpstreamError("opensubtitles", …). */
export interface OpenSubtitles {
  /**
   * Free of charge. Hash matches come first, but neither a hash nor a query narrows the list to
   * one film: whoever takes one compares `imdbId`. At most two pages (100 rows).
   */
  search(question: SearchQuestion, options?: CallOptions): Promise<Candidate[]>;
  /**
   * Charged to the day's quota: keep the bytes for ever by file id.
   *
   * @throws UpstreamError `quota` with `retryAt` (nothing is asked until then), `not-found` for a
   *   file that is unknown, empty or too large: another candidate is needed.
   */
  download(fileId: number, options?: CallOptions): Promise<DownloadedSubtitle>;
  /** Proves the account, and tells what is left today. */
  userInfo(options?: CallOptions): Promise<UserInfo>;
  /** What is left today as far as it was told, without asking; null when it is not known. */
  quota(): KnownQuota | null;
}

const answerMaxBytes = 8 * 1024 * 1024;
const maxPages = 2;

/**
 * A client of the REST API of OpenSubtitles.com. One per account and process: it holds the pace
 * (4 a second, one in flight) and the login.
 * Contract: https://opensubtitles.stoplight.io/docs/opensubtitles-api
 */
export function createOpenSubtitles(options: OpenSubtitlesOptions): OpenSubtitles {
  const now = options.now ?? (() => new Date());
  const transport = createTransport({
    pace: createPace({ atOnce: 1, perSecond: 4 }),
    timeoutMs: options.timeoutMs ?? 10_000,
    retryDelaysMs: options.retryDelaysMs ?? [1000, 2000],
    now,
  });
  // A login has a limit of its own, one a second; a little less, since arrivals shift.
  const loginPace = createPace({ atOnce: 1, perSecond: 0.8 });
  const session = createSession({
    apiKey: options.apiKey,
    username: options.username ?? null,
    password: options.password ?? null,
    apiUrl: options.apiUrl,
    state: options.state,
    now,
    login: async (username, password) => {
      const account = { username, password };
      const answer = await loginPace(() => post(`${options.apiUrl}/login`, account, null));
      return parse(answer, wireLogin);
    },
  });

  const headersWith = (token: string | null): Record<string, string> => ({
    accept: "application/json",
    "api-key": options.apiKey,
    "user-agent": options.userAgent,
    ...(token ? { authorization: `Bearer ${token}` } : {}),
  });

  /** Keys go with every request, so a redirect stays on its host. */
  const sameOrigin = (from: URL, to: URL) => from.origin === to.origin;

  const get = (url: string, token: string | null, signal?: AbortSignal) =>
    transport.send(url, {
      headers: headersWith(token),
      maxBytes: answerMaxBytes,
      mayFollow: sameOrigin,
      signal,
    });

  const post = (url: string, body: unknown, token: string | null, signal?: AbortSignal) =>
    transport.send(url, {
      method: "POST",
      headers: { ...headersWith(token), "content-type": "application/json" },
      body: JSON.stringify(body),
      maxBytes: answerMaxBytes,
      mayFollow: sameOrigin,
      signal,
    });

  /** With the token that is needed or at hand; one that is no longer taken is renewed once. */
  async function withToken<T>(
    need: "required" | "if-at-hand",
    call: (apiUrl: string, token: string | null) => Promise<T>,
  ): Promise<T> {
    const find = () => (need === "required" ? session.ensureToken() : session.token());
    const token = await find();
    try {
      return await call(session.apiUrl(), token);
    } catch (error) {
      const isStale = error instanceof UpstreamError && error.options.status === 401 && token;
      if (!isStale) throw error;
      session.dropToken(token);
      const renewed = await find();
      return call(session.apiUrl(), renewed);
    }
  }

  const download = createDownload({
    apiUrl: options.apiUrl,
    userAgent: options.userAgent,
    transport,
    session,
    now,
    ask: (fileId, signal) =>
      withToken("required", (apiUrl, token) =>
        post(`${apiUrl}/download`, { file_id: fileId, sub_format: "srt" }, token, signal),
      ),
  });

  return {
    async search(question, { signal } = {}) {
      const parameters = parametersOf(question);
      if (parameters === null) return [];
      const candidates: Candidate[] = [];
      for (let page = 1; page <= maxPages; page++) {
        const answer = await withToken("if-at-hand", (apiUrl, token) =>
          get(canonicalUrl(apiUrl, "/subtitles", { ...parameters, page }), token, signal),
        );
        const wire = parse(answer, wireSearch);
        candidates.push(...toCandidates(wire.data));
        if (page >= wire.total_pages) break;
      }
      return candidates;
    },

    async download(fileId, { signal } = {}) {
      if (!Number.isSafeInteger(fileId) || fileId < 1) throw new TypeError("not a file id");
      return download(fileId, signal);
    },

    async userInfo({ signal } = {}) {
      const answer = await withToken("required", (apiUrl, token) => {
        if (!token) {
          throw new UpstreamError(
            "opensubtitles",
            "credentials",
            "there is no account to ask about",
          );
        }
        return get(`${apiUrl}/infos/user`, token, signal);
      });
      const info = toUserInfo(parse(answer, wireUserInfo));
      const { remainingDownloads: remaining } = info;
      if (remaining) session.setQuotaResetAt(null);
      if (remaining !== null) {
        // This answer has no time: the one that a download told, else midnight.
        const resetAt = session.quota()?.resetAt ?? resetOf(null, now());
        session.noteQuota({ remaining, resetAt });
      }
      return info;
    },

    quota: () => session.quota(),
  };
}

/** @throws UpstreamError `broken` for an HTML page or JSON of another shape. */
function parse<Schema extends z.ZodType>(answer: FetchedAnswer, schema: Schema): z.output<Schema> {
  return parseJson("opensubtitles", answer, schema);
}

/** Null when there is no language to look for. @throws TypeError for what must not reach a URL. */
function parametersOf(question: SearchQuestion): SearchParameters | null {
  const { movieHash, imdbId, tmdbId } = question;
  const query = question.query?.trim();
  if (!movieHash && !imdbId && !tmdbId && !query) throw new TypeError("nothing to search by");
  if (movieHash && !/^[0-9a-f]{16}$/.test(movieHash)) throw new TypeError("not a movie hash");
  if (imdbId && !/^tt\d{7,10}$/.test(imdbId)) throw new TypeError("not an IMDb id");
  const languages = [...new Set(question.languages.flatMap(serviceCodesOf))].sort();
  if (languages.length === 0) return null;
  return {
    moviehash: movieHash ?? undefined,
    imdb_id: imdbId ?? undefined,
    tmdb_id: tmdbId ?? undefined,
    query: query ? query.slice(0, 200) : undefined,
    languages: languages.join(","),
    machine_translated: question.withMachineTranslated ? "include" : undefined,
  };
}
