import { type Reason, reason, UpstreamError, type UpstreamFault } from "@/lib/errors";
import { retryAfter } from "@/lib/services/http";
import type { GuardedAnswer } from "@/lib/services/links/guarded-fetch";
import { refusalOf, webPageError } from "@/lib/services/links/source-fetch";
import { isWebPage } from "@/lib/services/links/web-page";
import type { TorznabDocument } from "./wire";

type Answer = Pick<GuardedAnswer, "status" | "headers" | "body">;

const unsupported = () => reason("torznab-unsupported");

/** By the code of an error document; other codes are a fault of the indexer. */
function meaningOf(code: number): { fault: UpstreamFault; reason?: Reason } {
  if (code >= 100 && code <= 107) return { fault: "credentials" };
  if (code >= 200 && code <= 203) return { fault: "refused", reason: unsupported() };
  if (code === 300 || code === 404) return { fault: "not-found" };
  if (code === 410 || code === 910) {
    return { fault: "not-found", reason: reason("torznab-disabled") };
  }
  if (code === 429) return { fault: "rate-limited" };
  if (code === 500 || code === 501) return { fault: "quota" };
  return { fault: "broken" };
}

/**
 * What an error document means, with any status. Its description is left where it is: it may hold
 * addresses, keys and whole stack traces.
 */
export function errorOf(code: number, { status, headers }: Answer, now: Date): UpstreamError {
  const found = status === 429 ? { fault: "rate-limited" as const } : meaningOf(code);
  const shown = Number.isInteger(code) ? code : "unknown";
  return new UpstreamError("torznab", found.fault, `answered with error ${shown}`, {
    status,
    retryAt: retryAfter(headers, now),
    reason: "reason" in found ? found.reason : undefined,
  });
}

/** Why an answer is neither capabilities nor a feed. */
export function brokenOf(
  document: Extract<TorznabDocument["kind"], "empty" | "other" | "cut-off">,
  answer: Answer,
  now: Date,
): UpstreamError {
  const refused = refusalOf("torznab", answer, now);
  if (refused) return refused;
  const { status, body } = answer;
  if (isWebPage(body)) return webPageError("torznab", status);
  const say = (message: string, why: Reason) =>
    new UpstreamError("torznab", "broken", message, { status, reason: why });
  if (document === "empty") return say("answered with nothing", reason("source-empty"));
  if (document === "cut-off") {
    return say("answered with half a document", reason("torznab-cut-off"));
  }
  return say("answered with something else than Torznab", reason("torznab-not-a-feed"));
}

/** True when the indexer can't be asked in that way, but may be in another. */
export const isUnsupported = (error: unknown): boolean =>
  error instanceof UpstreamError && error.reason.code === "torznab-unsupported";
