import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP } from "node:net";
import { type AppError, fieldError, type Reason } from "@/lib/errors";
import { isPublicAddress, publicLookup } from "./addresses";

export const maxTorrentBytes = 10 * 1024 ** 2;
const timeoutMs = 20_000;
const maxRedirects = 5;

/** What a link led to. Some indexers answer with a redirect to a magnet. */
export type LinkedTorrent = { kind: "file"; bytes: Buffer } | { kind: "magnet"; magnet: string };

export interface LinkOptions {
  /** Only what an admin typed may lead into the own network. */
  allowPrivate: boolean;
  /** Of the form the link came from. */
  field?: string;
}

type Refuse = (code: string, values?: Reason["values"]) => AppError;

/** One request, no redirect followed. @throws AppError 422 for the field. */
function get(url: URL, allowPrivate: boolean, signal: AbortSignal, refuse: Refuse) {
  return new Promise<IncomingMessage>((resolve, reject) => {
    const host = url.hostname.replace(/^\[|\]$/g, "");
    if (!allowPrivate && isIP(host) !== 0 && !isPublicAddress(host)) {
      reject(refuse("link-private"));
      return;
    }
    const send = url.protocol === "https:" ? httpsRequest : httpRequest;
    const sent = send(
      url,
      {
        signal,
        headers: { "user-agent": "Vigilio", accept: "application/x-bittorrent, */*;q=0.5" },
        ...(allowPrivate ? {} : { lookup: publicLookup }),
      },
      resolve,
    );
    sent.on("error", (error: NodeJS.ErrnoException) => {
      if (signal.aborted) reject(refuse("link-timeout", { seconds: timeoutMs / 1000 }));
      else if (error.code === "EPRIVATE") reject(refuse("link-private"));
      else reject(refuse("link-unreachable"));
    });
    sent.end();
  });
}

async function readBody(response: IncomingMessage, signal: AbortSignal, refuse: Refuse) {
  const tooLarge = refuse("link-too-large", { megabytes: maxTorrentBytes / 1024 ** 2 });
  if (Number(response.headers["content-length"] ?? 0) > maxTorrentBytes) {
    response.destroy();
    throw tooLarge;
  }
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > maxTorrentBytes) throw tooLarge;
      chunks.push(chunk);
    }
  } catch (error) {
    if (error === tooLarge) throw error;
    throw refuse(signal.aborted ? "link-timeout" : "link-unreachable", {
      seconds: timeoutMs / 1000,
    });
  }
  return Buffer.concat(chunks, length);
}

function isWebPage(bytes: Buffer, contentType: string): boolean {
  const start = bytes.subarray(0, 256).toString("latin1").trimStart().toLowerCase();
  return contentType.includes("html") || start.startsWith("<!doctype") || start.startsWith("<html");
}

/** Where a redirect leads: a magnet is the end of the way, anything but http is refused. */
function redirectTarget(response: IncomingMessage, from: URL, refuse: Refuse): URL | string {
  const location = response.headers.location;
  if (!location) throw refuse("link-status", { status: response.statusCode ?? 0 });
  if (/^magnet:/i.test(location)) return location;
  const target = URL.canParse(location, from) ? new URL(location, from) : null;
  if (!target || !/^https?:$/.test(target.protocol)) throw refuse("link-malformed");
  return target;
}

/**
 * Fetches the .torrent behind a link: 20 seconds and 10 MB at most, five redirects, each looked at
 * like the first. What was fetched is not parsed here.
 *
 * @throws AppError 422 for the field, with what the link did instead.
 */
export async function fetchTorrent(link: string, options: LinkOptions): Promise<LinkedTorrent> {
  const refuse: Refuse = (code, values) => fieldError(options.field ?? "source", code, values);
  if (!URL.canParse(link)) throw refuse("link-malformed");
  let url = new URL(link);
  if (!/^https?:$/.test(url.protocol)) throw refuse("link-malformed");
  const signal = AbortSignal.timeout(timeoutMs);
  for (let hop = 0; hop <= maxRedirects; hop += 1) {
    const response = await get(url, options.allowPrivate, signal, refuse);
    const status = response.statusCode ?? 0;
    if (status >= 300 && status < 400) {
      response.destroy();
      const target = redirectTarget(response, url, refuse);
      if (typeof target === "string") return { kind: "magnet", magnet: target };
      url = target;
      continue;
    }
    if (status !== 200) {
      response.destroy();
      throw refuse(status === 401 || status === 403 ? "link-forbidden" : "link-status", { status });
    }
    const bytes = await readBody(response, signal, refuse);
    if (bytes.length === 0) throw refuse("link-empty");
    if (isWebPage(bytes, response.headers["content-type"] ?? "")) throw refuse("link-is-a-page");
    return { kind: "file", bytes };
  }
  throw refuse("link-redirects", { limit: maxRedirects });
}
