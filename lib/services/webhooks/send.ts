import { retryAfter } from "@/lib/services/http";
import { FetchFault, type FetchFaultKind, sendGuarded } from "@/lib/services/links/guarded-fetch";
import { signatureOf } from "./sign";

export interface WebhookMessage {
  url: string;
  secret: string;
  /** The same at every attempt. */
  id: string;
  /** JSON, sent as it stands. */
  body: string;
}

export type WebhookAnswer =
  | { status: number; retryAt: Date | undefined }
  /** No answer, and why. */
  | { fault: FetchFaultKind };

/** Longer than any receiver that first stores and then works. */
const answerWithinMs = 15_000;

/**
 * Posts a signed message. No redirect is followed, and what is answered beside the status is not
 * even read. The address may lie in the own network, since an admin typed it.
 *
 * @throws a caller's own abort as its reason.
 */
export async function sendWebhook(
  { url, secret, id, body }: WebhookMessage,
  options: { now: Date; signal: AbortSignal; timeoutMs?: number },
): Promise<WebhookAnswer> {
  const { now, signal, timeoutMs = answerWithinMs } = options;
  if (!URL.canParse(url)) return { fault: "address" };
  const timestamp = Math.floor(now.getTime() / 1000);
  const headers = {
    "content-type": "application/json",
    "content-length": String(Buffer.byteLength(body)),
    "user-agent": "Vigilio",
    "webhook-id": id,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": signatureOf(secret, { id, timestamp, body }),
  };
  // One controller and one timer, as in lib/services/http.ts.
  const controller = new AbortController();
  let isTimeout = false;
  const timer = setTimeout(() => {
    isTimeout = true;
    controller.abort();
  }, timeoutMs);
  const stop = () => controller.abort();
  signal.addEventListener("abort", stop);
  try {
    signal.throwIfAborted();
    const response = await sendGuarded(new URL(url), { headers, body }, true, controller.signal);
    response.destroy();
    const after = response.headers["retry-after"];
    const retryAt = after ? retryAfter(new Headers({ "retry-after": after }), now) : undefined;
    return { status: response.statusCode ?? 0, retryAt };
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (isTimeout) return { fault: "timeout" };
    if (error instanceof FetchFault) return { fault: error.kind };
    throw error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
  }
}
