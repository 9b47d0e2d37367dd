import { UpstreamError, type UpstreamFault } from "@/lib/errors";
import { type FetchedAnswer, fetchLimited, retryAfter } from "@/lib/services/http";
import { wireError } from "./wire";

export interface SeamOptions {
  apiKey: string;
  apiUrl: string;
  timeoutMs: number;
  now: () => Date;
  signal?: AbortSignal | undefined;
  /** Added to what tmdb-ts asks for. */
  parameters?: Record<string, string>;
}

/** Where tmdb-ts believes TMDB to be; it cannot be told otherwise. */
const libraryBase = "https://api.themoviedb.org/3";
const answerMaxBytes = 8 * 1024 * 1024;

/** A v4 read access token is a JWT; everything else is sent as a v3 key. */
function isReadAccessToken(apiKey: string): boolean {
  return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(apiKey);
}

/**
 * The `fetch` that tmdb-ts is given: sends its request to `apiUrl`, with the key in the form that
 * the key has, ends in time, and turns whatever is not a JSON answer with 2xx into UpstreamError
 * before tmdb-ts would reject with a bare object (or a SyntaxError) and lose the status.
 */
export function createSeam(options: SeamOptions): typeof fetch {
  return async (input) => {
    const asked = new URL(input instanceof Request ? input.url : input);
    const url = new URL(options.apiUrl + asked.href.slice(libraryBase.length));
    for (const [name, value] of Object.entries(options.parameters ?? {})) {
      url.searchParams.set(name, value);
    }
    const headers: Record<string, string> = { accept: "application/json" };
    const apiKey = options.apiKey.trim();
    // A key in the query leaks into proxies' logs, but v3 keys are taken nowhere else.
    if (isReadAccessToken(apiKey)) headers.authorization = `Bearer ${apiKey}`;
    else url.searchParams.set("api_key", apiKey);

    const answer = await fetchLimited(
      url,
      { headers },
      {
        service: "tmdb",
        timeoutMs: options.timeoutMs,
        maxBytes: answerMaxBytes,
        signal: options.signal,
      },
    );
    if (answer.status < 200 || answer.status > 299) throw errorOf(answer, options.now());
    const text = answer.body.toString("utf8");
    if (!isJson(text)) {
      throw new UpstreamError("tmdb", "broken", "answered with something that is not JSON", {
        status: answer.status,
      });
    }
    return new Response(text, { headers: { "content-type": "application/json" } });
  };
}

/** What an answer that is not 2xx means. TMDB's own `status_code` is many to one with the status. */
export function errorOf(answer: FetchedAnswer, now: Date): UpstreamError {
  const { status } = answer;
  const text = answer.body.toString("utf8");
  const body = wireError.safeParse(isJson(text) ? JSON.parse(text) : {});
  const code = body.success ? body.data.status_code : undefined;
  // 44 is "The ID is invalid", which TMDB sends with HTTP 500: asking again would never help.
  const fault = code === 44 ? "not-found" : faultOf(status);
  return new UpstreamError("tmdb", fault, `status ${status}${code ? `, code ${code}` : ""}`, {
    status,
    retryAt:
      fault === "rate-limited" || status === 503 ? retryAfter(answer.headers, now) : undefined,
  });
}

function faultOf(status: number): UpstreamFault {
  if (status === 401 || status === 403) return "credentials";
  if (status === 404) return "not-found";
  if (status === 429) return "rate-limited";
  if (status >= 400 && status <= 499) return "refused";
  return "broken";
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
