import { UpstreamError, type UpstreamFault } from "@/lib/errors";
import { type FetchedAnswer, retryAfter } from "@/lib/services/http";
import { wireError } from "./wire";

/**
 * What an answer that is not 2xx means. The body may be JSON, text, an HTML page or empty: then
 * the header X-Reason holds the only words.
 */
export function errorOf(answer: FetchedAnswer, now: Date): UpstreamError {
  const { status, headers } = answer;
  const body = errorBody(answer);
  const said = body?.message ?? body?.errors?.join(", ") ?? headers.get("x-reason") ?? "";
  const words = `status ${status}${said ? `: ${harmless(said)}` : ""}`;
  const make = (fault: UpstreamFault, retryAt?: Date) =>
    new UpstreamError("opensubtitles", fault, words, { status, retryAt });

  if (status === 401 || status === 403) return make("credentials");
  if (status === 406) {
    // The same status says that the day's downloads are used up and that a file id is unknown.
    const isUnknownFile = /file.?id/i.test(said) && !body?.reset_time_utc && !body?.reset_time;
    return isUnknownFile ? make("not-found") : make("quota", resetOf(body?.reset_time_utc, now));
  }
  if (status === 404 || status === 410) return make("not-found");
  if (status === 429) return make("rate-limited", retryAfter(headers, now));
  if (status >= 400 && status <= 499) return make("refused");
  return make("broken", status === 503 ? retryAfter(headers, now) : undefined);
}

/** Their words for our log: short, and without anything long enough to be a key or a token. */
function harmless(text: string): string {
  return text
    .replace(/[\w.+/=-]{20,}/g, "…")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 200);
}

/** When downloads are renewed: as told, else the next midnight UTC, when all quotas are. */
export function resetOf(text: string | null | undefined, now: Date): Date {
  const told = text ? new Date(text) : null;
  if (told && told.getTime() > now.getTime()) return told;
  const midnight = new Date(now);
  midnight.setUTCHours(24, 0, 0, 0);
  return midnight;
}

function errorBody(answer: FetchedAnswer) {
  try {
    return wireError.parse(JSON.parse(answer.body.toString("utf8")));
  } catch {
    return null;
  }
}

/** An HTML page where a subtitle or JSON should be: an error page of something in between. */
export function isHtml(answer: Pick<FetchedAnswer, "headers" | "body">): boolean {
  if (answer.headers.get("content-type")?.includes("text/html")) return true;
  return /^(\uFEFF|\s)*<(!doctype html|html|head|body)\b/i.test(
    answer.body.subarray(0, 512).toString("utf8"),
  );
}
