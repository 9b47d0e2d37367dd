import { type AppError, fieldError, type Reason } from "@/lib/errors";
import { FetchFault, guardedFetch, maxRedirects } from "./guarded-fetch";
import { isWebPage } from "./web-page";

export const maxTorrentBytes = 10 * 1024 ** 2;
export const linkTimeoutMs = 20_000;

/** What a link led to. Some indexers answer with a redirect to a magnet. */
export type LinkedTorrent = { kind: "file"; bytes: Buffer } | { kind: "magnet"; magnet: string };

/** What a link did instead. */
export type LinkFault =
  | { kind: "fault"; fault: FetchFault["kind"] | "empty" | "page" }
  | { kind: "status"; status: number };

export interface FollowOptions {
  privateHost: string | null;
  signal?: AbortSignal | undefined;
}

/**
 * Follows a link to a .torrent or a magnet: 20 seconds, 10 MB and five redirects at most. What was
 * fetched is not parsed here.
 */
export async function followLink(
  link: string,
  { privateHost, signal }: FollowOptions,
): Promise<LinkedTorrent | LinkFault> {
  const request = {
    ...{ timeoutMs: linkTimeoutMs, maxBytes: maxTorrentBytes, privateHost, signal },
    accept: "application/x-bittorrent, */*;q=0.5",
  };
  let found: Awaited<ReturnType<typeof guardedFetch>>;
  try {
    found = await guardedFetch(link, request);
  } catch (error) {
    if (!(error instanceof FetchFault)) throw error;
    return { kind: "fault", fault: error.kind };
  }
  if (found.kind === "magnet") return { kind: "magnet", magnet: found.magnet };
  const { status, body, headers } = found;
  if (status !== 200) return { kind: "status", status };
  if (body.length === 0) return { kind: "fault", fault: "empty" };
  // Scripts that forget to say what they send say HTML: what begins like a torrent is one.
  const isTorrent = /^d\d+:/.test(body.subarray(0, 16).toString("latin1"));
  const isPage = isWebPage(body) || (headers.get("content-type") ?? "").includes("html");
  if (isPage && !isTorrent) return { kind: "fault", fault: "page" };
  return { kind: "file", bytes: body };
}

const megabytes = maxTorrentBytes / 1024 ** 2;
const seconds = linkTimeoutMs / 1000;

function reasonOf(fault: LinkFault, refuse: (code: string, values?: Reason["values"]) => AppError) {
  if (fault.kind === "status") {
    const { status } = fault;
    const isForbidden = status === 401 || status === 403;
    return refuse(isForbidden ? "link-forbidden" : "link-status", { status });
  }
  switch (fault.fault) {
    case "address":
    case "elsewhere":
      return refuse("link-malformed");
    case "private":
      return refuse("link-private");
    case "redirects":
      return refuse("link-redirects", { limit: maxRedirects });
    case "timeout":
      return refuse("link-timeout", { seconds });
    case "too-large":
      return refuse("link-too-large", { megabytes });
    case "page":
      return refuse("link-is-a-page");
    case "empty":
      return refuse("link-empty");
    case "unreachable":
    case "garbled":
      return refuse("link-unreachable");
  }
}

export interface LinkOptions {
  /** Only what an admin typed may lead into the own network; a redirect there may not. */
  allowPrivate: boolean;
  /** Of the form the link came from. */
  field?: string;
}

/**
 * Fetches the .torrent behind a link that a person gave.
 *
 * @throws AppError 422 for the field, with what the link did instead.
 */
export async function fetchTorrent(link: string, options: LinkOptions): Promise<LinkedTorrent> {
  const privateHost = options.allowPrivate && URL.canParse(link) ? new URL(link).host : null;
  const found = await followLink(link, { privateHost });
  if (found.kind === "file" || found.kind === "magnet") return found;
  throw reasonOf(found, (code, values) => fieldError(options.field ?? "source", code, values));
}
