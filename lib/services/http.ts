import { UpstreamError } from "@/lib/errors";

export interface FetchLimits {
  service: UpstreamError["service"];
  timeoutMs: number;
  maxBytes: number;
  /** `follow` for hosts we chose; `manual` where each hop has to be looked at. */
  redirect?: "follow" | "manual" | undefined;
  signal?: AbortSignal | undefined;
}

export interface FetchedAnswer {
  status: number;
  headers: Headers;
  /** At most `maxBytes`. */
  body: Buffer;
}

/** Reads a body up to a limit. @throws UpstreamError `broken` when there is more. */
export async function readLimited(response: Response, limits: FetchLimits): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength;
    if (length > limits.maxBytes) {
      throw new UpstreamError(
        limits.service,
        "broken",
        `answered with more than ${limits.maxBytes} bytes`,
        {
          status: response.status,
        },
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

/**
 * `fetch` that ends: within `timeoutMs` (body included) and `maxBytes`. Any status is an answer.
 *
 * @throws UpstreamError `timeout`, `unreachable` or `broken` (too large). The message never holds
 *   the address, which may carry a key.
 */
export async function fetchLimited(
  url: string | URL,
  init: RequestInit,
  limits: FetchLimits,
): Promise<FetchedAnswer> {
  const timeout = AbortSignal.timeout(limits.timeoutMs);
  const signal = limits.signal ? AbortSignal.any([timeout, limits.signal]) : timeout;
  try {
    const response = await fetch(url, { ...init, signal, redirect: limits.redirect ?? "follow" });
    return {
      status: response.status,
      headers: response.headers,
      body: await readLimited(response, limits),
    };
  } catch (error) {
    if (error instanceof UpstreamError) throw error;
    if (limits.signal?.aborted) throw limits.signal.reason;
    if (timeout.aborted) {
      throw new UpstreamError(limits.service, "timeout", `no answer within ${limits.timeoutMs} ms`);
    }
    const code = (error as { cause?: { code?: string } }).cause?.code ?? "connection failed";
    throw new UpstreamError(limits.service, "unreachable", code);
  }
}

/**
 * When a service says to come back: `Retry-After` in seconds or as a date (RFC 9110, 10.2.3).
 * Never in the past and at most a day ahead; undefined when it is absent or makes no sense.
 */
export function retryAfter(headers: Headers, now: Date): Date | undefined {
  const text = headers.get("retry-after");
  if (!text) return undefined;
  const at = /^\d+$/.test(text) ? now.getTime() + Number(text) * 1000 : Date.parse(text);
  if (Number.isNaN(at)) return undefined;
  return new Date(Math.min(Math.max(at, now.getTime()), now.getTime() + 86_400_000));
}
