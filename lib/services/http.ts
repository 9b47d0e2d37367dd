import { setTimeout as sleep } from "node:timers/promises";
import type { z } from "zod";
import { UpstreamError, type UpstreamFault } from "@/lib/errors";

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
async function readLimited(response: Response, limits: FetchLimits): Promise<Buffer> {
  const tooLarge = () =>
    new UpstreamError(
      limits.service,
      "broken",
      `answered with more than ${limits.maxBytes} bytes`,
      { status: response.status },
    );
  if (Number(response.headers.get("content-length")) > limits.maxBytes) {
    await response.body?.cancel();
    throw tooLarge();
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength;
    if (length > limits.maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

/**
 * `fetch` that ends: within `timeoutMs` (body included) and `maxBytes`. Any status is an answer.
 *
 * @throws UpstreamError `timeout`, `unreachable` or `broken` (too large). The message never holds
 *   the address, which may carry a key. A caller's own abort is thrown as its reason.
 */
export async function fetchLimited(
  url: string | URL,
  init: RequestInit,
  limits: FetchLimits,
): Promise<FetchedAnswer> {
  // One controller and one timer instead of AbortSignal.any over AbortSignal.timeout: Node.js 20
  // may collect the combined signal before it fires, and a body would then hang for ever.
  const controller = new AbortController();
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    controller.abort();
  }, limits.timeoutMs);
  const stop = () => controller.abort();
  limits.signal?.addEventListener("abort", stop);
  try {
    limits.signal?.throwIfAborted();
    const response = await fetch(url, {
      ...init,
      signal: controller.signal,
      redirect: limits.redirect ?? "follow",
    });
    return {
      status: response.status,
      headers: response.headers,
      body: await readLimited(response, limits),
    };
  } catch (error) {
    if (error instanceof UpstreamError) throw error;
    if (limits.signal?.aborted) throw limits.signal.reason;
    if (timedOut) {
      throw new UpstreamError(limits.service, "timeout", `no answer within ${limits.timeoutMs} ms`);
    }
    const code = (error as { cause?: { code?: string } }).cause?.code ?? "connection failed";
    throw new UpstreamError(limits.service, "unreachable", code);
  } finally {
    clearTimeout(timer);
    limits.signal?.removeEventListener("abort", stop);
  }
}

/**
 * The body as JSON of a known shape.
 *
 * @throws UpstreamError `broken` when it is no JSON (an HTML page of something in between) or not
 *   what the contract says; the message names the field, never a value.
 */
export function parseJson<Schema extends z.ZodType>(
  service: UpstreamError["service"],
  answer: Pick<FetchedAnswer, "status" | "body">,
  schema: Schema,
): z.output<Schema> {
  let json: unknown;
  try {
    json = JSON.parse(answer.body.toString("utf8"));
  } catch {
    throw new UpstreamError(service, "broken", "answered with something that is not JSON", {
      status: answer.status,
    });
  }
  return parseShape(service, json, schema);
}

/** @throws UpstreamError `broken` when `json` has another shape than the contract says. */
export function parseShape<Schema extends z.ZodType>(
  service: UpstreamError["service"],
  json: unknown,
  schema: Schema,
): z.output<Schema> {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join(".") || "the answer itself";
  throw new UpstreamError(service, "broken", `answered in an unknown form: ${where}`);
}

/**
 * When a service says to come back: `Retry-After` in seconds or as a date (RFC 9110, 10.2.3).
 * Never in the past and at most a day ahead; undefined when it is absent or makes no sense.
 */
export function retryAfter(headers: Headers, now: Date): Date | undefined {
  const text = headers.get("retry-after")?.trim();
  if (!text) return undefined;
  const at = /^\d+$/.test(text) ? now.getTime() + Number(text) * 1000 : Date.parse(text);
  if (Number.isNaN(at)) return undefined;
  return new Date(Math.min(Math.max(at, now.getTime()), now.getTime() + 86_400_000));
}

export interface RetryPolicy {
  /** Before the second, third … try; their number is the number of repeats. */
  delaysMs: readonly number[];
  /** A service that asks for a longer wait is not waited for: the error goes to the caller. */
  maxWaitMs: number;
  now: () => Date;
  /** Repeat after these faults alone: for a call that must not be made twice. */
  only?: readonly UpstreamFault[] | undefined;
  signal?: AbortSignal | undefined;
  onRetry?: (error: UpstreamError, delayMs: number) => void;
}

/**
 * Calls again after what passes by itself within seconds: a connection that broke, a 5xx, a 429.
 * Not after a timeout, which was long already; that and everything longer is the job table's.
 * Waits are spread by a quarter, so that many callers do not come back at once.
 */
export async function withRetries<T>(policy: RetryPolicy, call: () => Promise<T>): Promise<T> {
  for (let repeat = 0; ; repeat++) {
    try {
      return await call();
    } catch (error) {
      const delayMs = error instanceof UpstreamError ? waitBefore(error, repeat, policy) : null;
      if (delayMs === null) throw error;
      policy.onRetry?.(error as UpstreamError, delayMs);
      await waitFor(delayMs, policy.signal);
    }
  }
}

/** Waits; a caller that gives up meanwhile gets its own reason back. */
export async function waitFor(delayMs: number, signal?: AbortSignal): Promise<void> {
  try {
    await sleep(delayMs, undefined, signal ? { signal } : {});
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

function waitBefore(error: UpstreamError, repeat: number, policy: RetryPolicy): number | null {
  const delayMs = policy.delaysMs[repeat];
  if (delayMs === undefined) return null;
  const passes =
    error.fault === "unreachable" ||
    error.fault === "rate-limited" ||
    (error.fault === "broken" && (error.options.status ?? 0) >= 500);
  if (!passes || (policy.only && !policy.only.includes(error.fault))) return null;
  const { retryAt } = error.options;
  if (!retryAt) return Math.round(delayMs * (0.75 + Math.random() * 0.5));
  const askedMs = retryAt.getTime() - policy.now().getTime();
  return askedMs > policy.maxWaitMs ? null : Math.max(askedMs, 0);
}
