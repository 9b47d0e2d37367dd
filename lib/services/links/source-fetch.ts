import { type Reason, reason, UpstreamError, type UpstreamFault } from "@/lib/errors";
import { retryAfter } from "@/lib/services/http";
import { FetchFault, type GuardedAnswer, guardedFetch, maxRedirects } from "./guarded-fetch";
import { isWebPage } from "./web-page";

/** Whom we ask: an indexer, or a source of a search schema. */
export type SourceService = "torznab" | "source";

export const maxSourceBytes = 5 * 1024 ** 2;

export interface SourceRequest {
  timeoutMs: number;
  headers?: Record<string, string> | undefined;
  accept?: string | undefined;
  /** See `guardedFetch`. */
  privateHost?: string | null | undefined;
  signal?: AbortSignal | undefined;
}

const redirected = () => reason("source-redirect-elsewhere");

/** What each fault of the way means to whoever asked. */
const meanings: Record<FetchFault["kind"], { fault: UpstreamFault; reason?: () => Reason }> = {
  address: { fault: "refused", reason: () => reason("source-redirect-elsewhere") },
  elsewhere: { fault: "broken", reason: redirected },
  private: { fault: "refused", reason: () => reason("source-private-address") },
  redirects: {
    fault: "broken",
    reason: () => reason("source-too-many-redirects", { limit: maxRedirects }),
  },
  unreachable: { fault: "unreachable" },
  timeout: { fault: "timeout" },
  "too-large": {
    fault: "broken",
    reason: () => reason("source-too-large", { megabytes: maxSourceBytes / 1024 ** 2 }),
  },
  garbled: { fault: "broken", reason: () => reason("source-garbled") },
};

/**
 * Asks a source, 5 MB at most. Any status is an answer, also one that says no: see `refusalOf`.
 *
 * @throws UpstreamError; a caller's own abort is thrown as its reason.
 */
export async function fetchSource(
  service: SourceService,
  address: string | URL,
  request: SourceRequest,
): Promise<GuardedAnswer> {
  try {
    const found = await guardedFetch(address, { ...request, maxBytes: maxSourceBytes });
    if (found.kind === "answer") return found;
  } catch (error) {
    if (!(error instanceof FetchFault)) throw error;
    const meaning = meanings[error.kind];
    throw new UpstreamError(service, meaning.fault, `no answer: ${error.kind}`, {
      reason: meaning.reason?.(),
    });
  }
  throw new UpstreamError(service, "broken", "sent on to a magnet", { reason: redirected() });
}

/** A web page where data were expected, whatever the status says. */
export function webPageError(service: SourceService, status: number): UpstreamError {
  return new UpstreamError(service, "broken", "answered with a web page", {
    status,
    reason: reason("source-is-a-page"),
  });
}

/** What a status other than 2xx means; null for 2xx. */
export function refusalOf(
  service: SourceService,
  { status, headers, body }: Pick<GuardedAnswer, "status" | "headers" | "body">,
  now: Date,
): UpstreamError | null {
  if (status >= 200 && status < 300) return null;
  const retryAt = retryAfter(headers, now);
  const say = (fault: UpstreamFault) =>
    new UpstreamError(service, fault, `answered with status ${status}`, { status, retryAt });
  if (status === 429) return say("rate-limited");
  if (status === 503 && retryAt) return say("rate-limited");
  if (status === 401) return say("credentials");
  // Pages that keep machines out come with 403 and 503, and mean no key.
  if ((status === 403 || status === 503) && isWebPage(body)) return webPageError(service, status);
  if (status === 403) return say("credentials");
  if (status === 404 || status === 410) return say("not-found");
  return say(status >= 500 || status < 400 ? "broken" : "refused");
}
