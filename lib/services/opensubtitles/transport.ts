import { UpstreamError } from "@/lib/errors";
import { logFor } from "@/lib/log";
import { type FetchedAnswer, fetchLimited, withRetries } from "@/lib/services/http";
import type { Pace } from "@/lib/services/pace";
import { errorOf } from "./answers";
import { parseUrl } from "./hosts";

export interface Transport {
  /** One request until an answer with 2xx. @throws UpstreamError for everything else. */
  send(url: string, request: TransportRequest): Promise<FetchedAnswer>;
}

interface TransportRequest {
  method?: "GET" | "POST";
  headers: Record<string, string>;
  body?: string | undefined;
  maxBytes: number;
  /** Which addresses a redirect may lead to. */
  mayFollow: (from: URL, to: URL) => boolean;
  signal?: AbortSignal | undefined;
}

export interface TransportOptions {
  pace: Pace;
  timeoutMs: number;
  retryDelaysMs: readonly number[];
  now: () => Date;
}

const log = logFor("opensubtitles");
const maxRedirects = 3;

/** The way to OpenSubtitles: in turn, in time, redirects looked at, what passes tried again. */
export function createTransport(options: TransportOptions): Transport {
  /** Every hop is a request of its own against the rate. */
  async function follow(address: string, request: TransportRequest): Promise<FetchedAnswer> {
    const method = request.method ?? "GET";
    let url = new URL(address);
    for (let hop = 0; ; hop++) {
      const answer = await options.pace(
        () =>
          fetchLimited(
            url,
            { method, headers: request.headers, body: request.body },
            {
              service: "opensubtitles",
              timeoutMs: options.timeoutMs,
              maxBytes: request.maxBytes,
              redirect: "manual",
              signal: request.signal,
            },
          ),
        request.signal,
      );
      if (answer.status >= 200 && answer.status <= 299) return answer;
      if (answer.status < 300 || answer.status > 399) throw errorOf(answer, options.now());
      const next = parseUrl(answer.headers.get("location") ?? "", url);
      if (method !== "GET" || hop >= maxRedirects || !next || !request.mayFollow(url, next)) {
        throw new UpstreamError(
          "opensubtitles",
          "broken",
          "redirected where it may not be followed",
          {
            status: answer.status,
          },
        );
      }
      url = next;
    }
  }

  return {
    send(url, request) {
      return withRetries(
        {
          delaysMs: options.retryDelaysMs,
          maxWaitMs: 15_000,
          now: options.now,
          // A login or a download that broke off may have counted all the same; only what was
          // turned away at the door may be sent again.
          only: request.method === "POST" ? ["rate-limited"] : undefined,
          signal: request.signal,
          onRetry: (error, delayMs) =>
            log.info({ fault: error.fault, status: error.options.status, delayMs }, "asks again"),
        },
        () => follow(url, request),
      );
    },
  };
}
