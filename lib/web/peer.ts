import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";

type HeaderSource = Pick<Headers, "get">;

const peerHeader = "x-vigilio-peer";
const proxiedHeader = "x-vigilio-proxied";

/** What tells that a proxy stands between: some add one of these, some another. */
const proxySigns = ["forwarded", "via", "x-real-ip", "x-client-ip", "cf-connecting-ip"];

const holder = globalThis as typeof globalThis & { vigilioPeerHeader?: boolean };

/** An address without IPv6's disguise of IPv4 (`::ffff:192.0.2.1`). */
function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, "");
}

/**
 * Marks a request as it comes in, before anything reads its headers: `x-vigilio-peer` is who it
 * comes from, `x-vigilio-proxied` is there when it passed a proxy. What a client sent under these
 * names is lost. Without `trustProxy` what it says about forwarding is removed, too; with it the
 * peer is the last address of X-Forwarded-For, the only one that our own proxy wrote.
 */
export function markRequest(request: IncomingMessage, options: { trustProxy: boolean }): void {
  const { headers } = request;
  delete headers[proxiedHeader];
  const forwarded = Object.keys(headers).filter(
    (name) => name.startsWith("x-forwarded-") || proxySigns.includes(name),
  );
  // A proxy that adds no header (nginx by default) still speaks HTTP/1.0, which no browser does.
  if (forwarded.length > 0 || request.httpVersion === "1.0") headers[proxiedHeader] = "1";
  let peer = request.socket.remoteAddress ?? "";
  if (options.trustProxy) {
    const chain = String(headers["x-forwarded-for"] ?? "").split(",");
    peer = chain.at(-1)?.trim() || peer;
  } else {
    for (const name of forwarded) delete headers[name];
  }
  headers[peerHeader] = plainAddress(peer).slice(0, 64);
}

/**
 * Marks every request of this process, whoever serves it. Next hands its handlers no socket, and
 * fills in X-Forwarded-* by itself, so this is the only place where both can be told.
 */
export function installPeerHeader(options: { trustProxy: boolean }): void {
  if (holder.vigilioPeerHeader) return;
  holder.vigilioPeerHeader = true;
  subscribe("http.server.request.start", (message) => {
    markRequest((message as { request: IncomingMessage }).request, options);
  });
}

/** The address that a request comes from; null while requests are not marked. */
export function peerAddress(headers: HeaderSource): string | null {
  return (holder.vigilioPeerHeader && headers.get(peerHeader)) || null;
}

/** True when something stood between: a reverse proxy, or what speaks like one. */
export function cameThroughProxy(headers: HeaderSource): boolean {
  return headers.get(proxiedHeader) !== null;
}

function isLoopback(address: string): boolean {
  return address === "::1" || /^127(\.\d{1,3}){3}$/.test(address);
}

/**
 * True for somebody who sits at this machine: a loopback peer, no proxy, and a Host that is this
 * machine's own name (a name that an attacker resolves to 127.0.0.1 is not).
 */
export function isLoopbackVisitor(headers: HeaderSource): boolean {
  const peer = peerAddress(headers);
  if (!peer || !isLoopback(peer) || headers.get(proxiedHeader)) return false;
  const host = (headers.get("host") ?? "").replace(/:\d+$/, "").toLowerCase();
  return host === "localhost" || host === "[::1]" || isLoopback(host);
}
