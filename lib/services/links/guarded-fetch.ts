import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP } from "node:net";
import { isPublicAddress, isReachableByAdmin, lookupOnly } from "./addresses";
import { acceptedEncodings, decodeBody, TooLargeError } from "./decode-body";

export const maxRedirects = 5;

export type FetchFaultKind =
  /** Not http or https; of a redirect: `elsewhere`. */
  | "address"
  | "elsewhere"
  /** It leads where the person, or a redirect, may not go. */
  | "private"
  | "redirects"
  | "unreachable"
  | "timeout"
  | "too-large"
  /** It can't be unpacked. */
  | "garbled";

/** Why nothing came. Holds no address, which may carry a key. */
export class FetchFault extends Error {
  constructor(readonly kind: FetchFaultKind) {
    super(kind);
    this.name = "FetchFault";
  }
}

export interface GuardedRequest {
  timeoutMs: number;
  /** Of the body, unpacked. */
  maxBytes: number;
  /** They go to the first origin alone: a redirect elsewhere takes none of them along. */
  headers?: Record<string, string> | undefined;
  accept?: string | undefined;
  /** Sent by POST instead of asking by GET. A redirect is then an answer, and not followed. */
  post?: { type: string; body: string } | undefined;
  /**
   * `URL.host` of an address that an admin typed and that leads into the own network. Only there
   * may a request go into it, and only when no other host sent it.
   */
  privateHost?: string | null | undefined;
  signal?: AbortSignal | undefined;
}

export interface GuardedAnswer {
  kind: "answer";
  status: number;
  /** The last of the addresses on the way. */
  url: string;
  headers: Headers;
  body: Buffer;
  elapsedMs: number;
}

/** A redirect to a magnet is the end of the way. */
export interface GuardedMagnet {
  kind: "magnet";
  magnet: string;
  elapsedMs: number;
}

const isWeb = (url: URL) => url.protocol === "http:" || url.protocol === "https:";

interface OneRequest {
  headers: Record<string, string>;
  /** Of a POST; without one it is a GET. */
  body?: string | undefined;
}

/**
 * One request, no redirect followed.
 *
 * @param isOwn it may lead into the own network.
 * @throws FetchFault
 */
export function sendGuarded(
  url: URL,
  { headers, body }: OneRequest,
  isOwn: boolean,
  signal: AbortSignal,
) {
  return new Promise<IncomingMessage>((resolve, reject) => {
    const isAllowed = isOwn ? isReachableByAdmin : isPublicAddress;
    const host = url.hostname.replace(/^\[|\]$/g, "");
    // An address needs no looking up, so that the resolver never sees it.
    if (isIP(host) !== 0 && !isAllowed(host)) {
      reject(new FetchFault("private"));
      return;
    }
    const send = url.protocol === "https:" ? httpsRequest : httpRequest;
    const method = body === undefined ? "GET" : "POST";
    const lookup = lookupOnly(isAllowed);
    // Sockets are not kept: one that an admin's request opened must not serve anybody else's.
    const sent = send(url, { method, agent: false, signal, headers, lookup });
    sent.on("response", resolve);
    sent.on("error", (error: NodeJS.ErrnoException) =>
      reject(new FetchFault(error.code === "EPRIVATE" ? "private" : "unreachable")),
    );
    sent.end(body);
  });
}

async function readBody(response: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    if (Number(response.headers["content-length"] ?? 0) > maxBytes) {
      throw new FetchFault("too-large");
    }
    for await (const chunk of response as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > maxBytes) throw new FetchFault("too-large");
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof FetchFault ? error : new FetchFault("unreachable");
  } finally {
    response.destroy();
  }
  try {
    const encoding = response.headers["content-encoding"] ?? "";
    return await decodeBody(Buffer.concat(chunks, length), encoding, maxBytes);
  } catch (error) {
    throw new FetchFault(error instanceof TooLargeError ? "too-large" : "garbled");
  }
}

function headersOf(response: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(response.headers)) {
    if (typeof value === "string") headers.set(name, value);
  }
  return headers;
}

/** Headers of a request to `url`, when it began at `first`. Who asks is ours to say. */
export function headersFor(
  url: URL,
  first: URL,
  { headers = {}, accept, post }: Pick<GuardedRequest, "headers" | "accept" | "post">,
): Record<string, string> {
  const own = {
    "user-agent": "Vigilio",
    "accept-encoding": acceptedEncodings,
    ...(accept ? { accept } : {}),
    ...(post ? { "content-type": post.type } : {}),
  };
  if (url.origin !== first.origin) return own;
  const given = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  const { cookie: _, ...kept } = Object.fromEntries(given);
  // Its own way of saying what it takes counts; the other two decide what can be read here.
  return { ...own, ...kept, "user-agent": own["user-agent"], "accept-encoding": acceptedEncodings };
}

/**
 * True when the last of these hosts may be in the own network: all on the way are the one that an
 * admin typed. Once another host sent the request on, nothing leads in any more, not even back.
 */
export function mayEnter(hosts: readonly string[], privateHost: string | null | undefined) {
  return hosts.every((host) => host === privateHost);
}

type Followed = Omit<GuardedAnswer, "elapsedMs"> | Omit<GuardedMagnet, "elapsedMs">;

async function follow(first: URL, request: GuardedRequest, signal: AbortSignal): Promise<Followed> {
  let url = first;
  const hosts: string[] = [];
  for (let hop = 0; hop <= maxRedirects; hop += 1) {
    hosts.push(url.host);
    const isOwn = mayEnter(hosts, request.privateHost);
    const { post } = request;
    const headers = headersFor(url, first, request);
    const response = await sendGuarded(url, { headers, body: post?.body }, isOwn, signal);
    const status = response.statusCode ?? 0;
    const { location } = response.headers;
    if (![301, 302, 303, 307, 308].includes(status) || !location || post) {
      const body = await readBody(response, request.maxBytes);
      return { kind: "answer", status, url: url.href, headers: headersOf(response), body };
    }
    response.destroy();
    if (/^magnet:/i.test(location)) return { kind: "magnet", magnet: location };
    if (!URL.canParse(location, url)) throw new FetchFault("elsewhere");
    url = new URL(location, url);
    if (!isWeb(url)) throw new FetchFault("elsewhere");
  }
  throw new FetchFault("redirects");
}

/**
 * The one way out to addresses that people or other services gave: GET (or POST) by http(s), within
 * `timeoutMs` and `maxBytes`, at most five redirects, each looked at like the first. Addresses are
 * resolved once and the socket goes to what was looked at. No cookies. Any status is an answer.
 *
 * @throws FetchFault; a caller's own abort is thrown as its reason.
 */
export async function guardedFetch(
  address: string | URL,
  request: GuardedRequest,
): Promise<GuardedAnswer | GuardedMagnet> {
  if (!URL.canParse(String(address))) throw new FetchFault("address");
  const first = new URL(address);
  if (!isWeb(first)) throw new FetchFault("address");
  const startedMs = performance.now();
  // One controller and one timer, as in lib/services/http.ts.
  const controller = new AbortController();
  let isTimeout = false;
  const timer = setTimeout(() => {
    isTimeout = true;
    controller.abort();
  }, request.timeoutMs);
  const stop = () => controller.abort();
  request.signal?.addEventListener("abort", stop);
  try {
    request.signal?.throwIfAborted();
    const found = await follow(first, request, controller.signal);
    return { ...found, elapsedMs: Math.round(performance.now() - startedMs) };
  } catch (error) {
    if (request.signal?.aborted) throw request.signal.reason;
    if (isTimeout) throw new FetchFault("timeout");
    throw error;
  } finally {
    clearTimeout(timer);
    request.signal?.removeEventListener("abort", stop);
  }
}

/**
 * `URL.host` of an address when it leads into the own network: what an admin who typed it gives to
 * `guardedFetch` as `privateHost`. Null for a public address, and for one that leads nowhere now.
 */
export async function privateHostOf(address: string): Promise<string | null> {
  if (!URL.canParse(address)) return null;
  const { host, hostname } = new URL(address);
  const bare = hostname.replace(/^\[|\]$/g, "");
  const isPrivate = (one: string) => !isPublicAddress(one) && isReachableByAdmin(one);
  if (isIP(bare) !== 0) return isPrivate(bare) ? host : null;
  return new Promise((resolve) => {
    lookupOnly(isReachableByAdmin)(bare, { all: true }, (error, found) => {
      const addresses = !error && Array.isArray(found) ? found : [];
      resolve(addresses.some((one) => isPrivate(one.address)) ? host : null);
    });
  });
}
