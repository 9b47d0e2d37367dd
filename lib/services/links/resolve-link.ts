import { fieldError } from "@/lib/errors";
import { followLink, type LinkedTorrent, type LinkFault, linkTimeoutMs } from "./fetch-torrent";
import { maxRedirects } from "./guarded-fetch";

export interface ResolveOptions<Torrent> {
  /** See `guardedFetch`. */
  privateHost: string | null;
  /** Reads a .torrent; throws in words when the bytes are none. */
  parse: (bytes: Buffer) => Torrent;
  /** Of the form that the refusal belongs to. */
  field?: string;
  signal?: AbortSignal | undefined;
}

export type ResolvedLink<Torrent> =
  | Extract<LinkedTorrent, { kind: "magnet" }>
  | { kind: "file"; bytes: Buffer; torrent: Torrent };

function refusal(fault: LinkFault, field: string): Error {
  if (fault.kind === "status") {
    const { status } = fault;
    // Jackett says 404 for whatever went wrong, Prowlarr 400 for a link that it made too long ago.
    if ([400, 404, 410].includes(status)) return fieldError(field, "release-gone", { status });
    if (status === 401 || status === 403) return fieldError(field, "release-sign-in");
    if (status === 429) return fieldError(field, "release-limit");
    return fieldError(field, "release-status", { status });
  }
  switch (fault.fault) {
    case "page":
      return fieldError(field, "release-sign-in");
    case "timeout":
      return fieldError(field, "release-timeout", { seconds: linkTimeoutMs / 1000 });
    case "too-large":
    case "empty":
    case "garbled":
      return fieldError(field, "release-no-torrent");
    case "redirects":
      return fieldError(field, "link-redirects", { limit: maxRedirects });
    case "private":
      return fieldError(field, "release-private");
    case "address":
    case "elsewhere":
      return fieldError(field, "release-no-torrent");
    case "unreachable":
      return fieldError(field, "release-unreachable");
  }
}

/**
 * A release's link at the moment it is taken: a magnet as it is, else what the address leads to,
 * which may be a magnet too. Links grow old, so that nothing is fetched before.
 *
 * @throws AppError 422 for the field, with what the source did instead.
 */
export async function resolveLink<Torrent>(
  link: string,
  { privateHost, parse, field = "resultId", signal }: ResolveOptions<Torrent>,
): Promise<ResolvedLink<Torrent>> {
  if (/^magnet:/i.test(link)) return { kind: "magnet", magnet: link };
  const found = await followLink(link, { privateHost, signal });
  if (found.kind === "magnet") return found;
  if (found.kind !== "file") throw refusal(found, field);
  return { ...found, torrent: parse(found.bytes) };
}
