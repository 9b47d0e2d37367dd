import { fieldError } from "@/lib/errors";

export interface Magnet {
  /** 40 lower-case hex digits, or null. */
  infoHashV1: string | null;
  /** 64 lower-case hex digits, or null. */
  infoHashV2: string | null;
  /** The display name it carries, or null. */
  name: string | null;
  /** The same magnet in one spelling: hashes in hex, name, trackers, web seeds, peers. */
  canonical: string;
}

const maxLength = 32_768;
/** What helps to find peers. The rest (exact sources, keywords, selections) is left out. */
const kept: Record<string, { pattern: RegExp; limit: number }> = {
  tr: { pattern: /^(https?|udp|wss?):\/\/[^\s]+$/i, limit: 100 },
  ws: { pattern: /^https?:\/\/[^\s]+$/i, limit: 20 },
  "x.pe": { pattern: /^[^\s/]+:\d{1,5}$/, limit: 50 },
};

/**
 * Reads a magnet link: `xt=urn:btih:` with 40 hex or 32 base32 digits (BEP 9), `xt=urn:btmh:1220`
 * with 64 hex digits (BEP 52), or both.
 *
 * @throws AppError 422 for the field `source`: `magnet-malformed`, `magnet-without-hash`.
 */
export function parseMagnet(text: string): Magnet {
  const trimmed = text.trim();
  if (!/^magnet:\?/i.test(trimmed) || trimmed.length > maxLength) {
    throw fieldError("source", "magnet-malformed");
  }
  // Copied out of a page's source, the separators are often still escaped.
  const params = trimmed
    .slice("magnet:?".length)
    .replaceAll(/&amp;/gi, "&")
    .split("&")
    .map(readParam);
  const values = (name: string) =>
    params.filter((param) => param.name === name).map((param) => param.value);

  const topics = values("xt");
  const v1 = onlyOne(topics.map(v1Of));
  const v2 = onlyOne(topics.map(v2Of));
  if (!v1 && !v2) throw fieldError("source", "magnet-without-hash");

  const name = values("dn")[0]?.trim() || null;
  const parts = [
    ...(v1 ? [`xt=urn:btih:${v1}`] : []),
    ...(v2 ? [`xt=urn:btmh:1220${v2}`] : []),
    ...(name ? [`dn=${encodeURIComponent(name)}`] : []),
    ...Object.entries(kept).flatMap(([key, { pattern, limit }]) =>
      [...new Set(values(key))]
        .filter((value) => pattern.test(value))
        .slice(0, limit)
        .map((value) => `${key}=${encodeURIComponent(value)}`),
    ),
  ];
  return { infoHashV1: v1, infoHashV2: v2, name, canonical: `magnet:?${parts.join("&")}` };
}

/** `xt.1` and `xt` mean the same; a plus is a space; broken escapes stay as they are. */
function readParam(param: string): { name: string; value: string } {
  const at = param.indexOf("=");
  const name = param.slice(0, at === -1 ? undefined : at).toLowerCase();
  const raw = at === -1 ? "" : param.slice(at + 1).replaceAll("+", " ");
  let value = raw;
  try {
    value = decodeURIComponent(raw);
  } catch {
    // Not an escape after all: the text itself is the value.
  }
  return { name: name.replace(/\.\d+$/, ""), value: value.trim() };
}

function v1Of(topic: string): string | null {
  const found = /^urn:btih:([0-9a-f]{40}|[a-z2-7]{32})$/i.exec(topic)?.[1];
  if (!found) return null;
  return found.length === 40 ? found.toLowerCase() : base32ToHex(found);
}

function v2Of(topic: string): string | null {
  // 12 20: a multihash of SHA-256 that is 32 bytes long.
  return /^urn:btmh:1220([0-9a-f]{64})$/i.exec(topic)?.[1]?.toLowerCase() ?? null;
}

/** Two different hashes of one version are two torrents: which is meant cannot be told. */
function onlyOne(hashes: (string | null)[]): string | null {
  const found = new Set(hashes.filter((hash) => hash !== null));
  if (found.size > 1) throw fieldError("source", "magnet-malformed");
  return [...found][0] ?? null;
}

/** RFC 4648, 32 digits for 20 bytes. */
function base32ToHex(digits: string): string {
  const alphabet = "abcdefghijklmnopqrstuvwxyz234567";
  let value = 0n;
  for (const digit of digits.toLowerCase()) value = value * 32n + BigInt(alphabet.indexOf(digit));
  return value.toString(16).padStart(40, "0");
}
