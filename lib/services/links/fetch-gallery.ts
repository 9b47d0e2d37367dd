import { type Reason, reason, UpstreamError, type UpstreamFault } from "@/lib/errors";
import { FetchFault, type GuardedAnswer, type GuardedRequest, guardedFetch } from "./guarded-fetch";

const timeoutMs = 15_000;
/** Hundreds of sources with everything that is told of them. */
const maxBytes = 2 * 1024 ** 2;

export interface GalleryAnswer {
  /** Where it lies in the end, when others sent us on. */
  url: string;
  etag: string | null;
  /** Parsed, and not looked at; undefined for what is no JSON. */
  body: unknown;
}

const meanings: Record<FetchFault["kind"], { fault: UpstreamFault; reason: Reason }> = {
  address: { fault: "refused", reason: reason("gallery-none") },
  elsewhere: { fault: "broken", reason: reason("gallery-none") },
  private: { fault: "refused", reason: reason("gallery-private") },
  redirects: { fault: "broken", reason: reason("gallery-none") },
  unreachable: { fault: "unreachable", reason: reason("gallery-unreachable") },
  timeout: { fault: "timeout", reason: reason("gallery-timeout") },
  "too-large": {
    fault: "broken",
    reason: reason("gallery-too-large", { megabytes: maxBytes / 1024 ** 2 }),
  },
  garbled: { fault: "broken", reason: reason("gallery-none") },
};

type Request = Pick<GuardedRequest, "privateHost" | "headers" | "post">;

async function ask(address: string | URL, request: Request): Promise<GuardedAnswer> {
  try {
    const found = await guardedFetch(address, {
      ...{ timeoutMs, maxBytes, accept: "application/json" },
      ...request,
    });
    if (found.kind === "answer") return found;
  } catch (error) {
    if (!(error instanceof FetchFault)) throw error;
    const meaning = meanings[error.kind];
    throw new UpstreamError("gallery", meaning.fault, `no answer: ${error.kind}`, {
      reason: meaning.reason,
    });
  }
  const why = { reason: reason("gallery-none") };
  throw new UpstreamError("gallery", "broken", "sent on to a magnet", why);
}

function jsonOf({ body }: GuardedAnswer): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}

/**
 * Asks for a gallery's index.json; `unchanged` when it is the one of `etag`.
 *
 * @throws UpstreamError("gallery")
 */
export async function fetchGallery(
  address: string,
  { privateHost, etag = null }: { privateHost: string | null; etag?: string | null },
): Promise<GalleryAnswer | "unchanged"> {
  const headers = etag === null ? undefined : { "if-none-match": etag };
  const answer = await ask(address, { privateHost, headers });
  const { status, url } = answer;
  if (status === 304 && etag !== null) return "unchanged";
  if (status === 404 || status === 410) {
    const why = { status, reason: reason("gallery-gone") };
    throw new UpstreamError("gallery", "not-found", `answered with status ${status}`, why);
  }
  if (status !== 200) {
    const why = { status, reason: reason("gallery-status") };
    throw new UpstreamError("gallery", "broken", `answered with status ${status}`, why);
  }
  return { url, etag: answer.headers.get("etag"), body: jsonOf(answer) };
}

/**
 * Hands a vote to the Vigilio that publishes a source; `again` when it has one from here today.
 *
 * @throws UpstreamError("gallery") for any other answer but yes.
 */
export async function sendVote(
  address: URL,
  { privateHost, up }: { privateHost: string | null; up: boolean },
): Promise<{ body: unknown } | "again"> {
  const post = { type: "application/json", body: JSON.stringify({ up }) };
  const answer = await ask(address, { privateHost, post });
  const { status } = answer;
  if (status === 200) return { body: jsonOf(answer) };
  if (status === 429) return "again";
  const why = { status, reason: reason("gallery-no-votes") };
  throw new UpstreamError("gallery", "refused", `answered with status ${status}`, why);
}
