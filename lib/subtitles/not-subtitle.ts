import { gunzipSync } from "node:zlib";
import { type Reason, reason } from "@/lib/errors";
import { readZipDirectory, readZipEntry, type ZipEntry, ZipFault } from "./zip-archive";

/** Far above any subtitle: one of a long movie in two languages has 300 kB. */
export const maxSubtitleBytes = 10 * 1024 * 1024;

const starts = (bytes: Uint8Array, ...magic: number[]) =>
  magic.every((byte, at) => bytes[at] === byte);

const isZip = (bytes: Uint8Array) =>
  starts(bytes, 0x50, 0x4b, 0x03, 0x04) || starts(bytes, 0x50, 0x4b, 0x05, 0x06);

/** What is at the start of files that come in a subtitle's place and are none. */
function magicReason(bytes: Uint8Array): Reason | undefined {
  if (isZip(bytes)) return reason("subtitle-is-zip");
  if (starts(bytes, 0x52, 0x61, 0x72, 0x21) || starts(bytes, 0x37, 0x7a, 0xbc, 0xaf)) {
    return reason("subtitle-is-archive");
  }
  // A VobSub .sub is an MPEG program stream, a .sup begins with "PG".
  if (starts(bytes, 0x00, 0x00, 0x01, 0xba) || starts(bytes, 0x50, 0x47)) {
    const isPicture = bytes[0] === 0 || bytes.subarray(2, 10).some((byte) => byte < 9);
    if (isPicture) return reason("subtitle-bitmap");
  }
  const others = [
    [0x1a, 0x45, 0xdf, 0xa3],
    [0x1f, 0x8b],
    [0x89, 0x50, 0x4e, 0x47],
    [0xff, 0xd8, 0xff],
    [0x25, 0x50, 0x44, 0x46],
    [0x7f, 0x45, 0x4c, 0x46],
    [0x4f, 0x67, 0x67, 0x53],
    [0x52, 0x49, 0x46, 0x46],
  ];
  if (others.some((magic) => starts(bytes, ...magic))) return reason("subtitle-is-binary");
  return undefined;
}

const surelySubtitle = /\.(srt|vtt|ass|ssa|smi|sami|ttml|dfxp|mpl)$/i;
const maybeSubtitle = /\.(sub|txt|xml)$/i;

/** The one subtitle of an archive; undefined when it holds none, or several to choose from. */
function onlySubtitle(entries: readonly ZipEntry[]): ZipEntry | undefined {
  const own = entries.filter(({ name }) => !/(^|\/)(__MACOSX\/|\._)/.test(name));
  for (const pattern of [surelySubtitle, maybeSubtitle]) {
    const found = own.filter(({ name }) => pattern.test(name));
    if (found.length > 0) return found.length === 1 ? found[0] : undefined;
  }
  return undefined;
}

function unzip(bytes: Uint8Array): { bytes: Uint8Array } | { reason: Reason } {
  try {
    const entry = onlySubtitle(readZipDirectory(bytes));
    if (!entry) return { reason: reason("subtitle-is-zip") };
    if (entry.isEncrypted) return { reason: reason("subtitle-is-locked") };
    if (entry.unpackedBytes > maxSubtitleBytes) return { reason: reason("subtitle-too-large") };
    return { bytes: readZipEntry(bytes, entry, maxSubtitleBytes) };
  } catch (error) {
    if (!(error instanceof ZipFault)) throw error;
    return { reason: reason("subtitle-is-damaged") };
  }
}

function gunzip(bytes: Uint8Array): { bytes: Uint8Array } | { reason: Reason } {
  try {
    return { bytes: gunzipSync(bytes, { maxOutputLength: maxSubtitleBytes }) };
  } catch {
    return { reason: reason("subtitle-is-damaged") };
  }
}

/**
 * Looks at bytes before they are read as text: unpacks gzip, and zip that holds one subtitle, once
 * and no more than a subtitle can have; refuses what cannot be a text subtitle with the reason.
 */
export function openSubtitleBytes(bytes: Uint8Array): { bytes: Uint8Array } | { reason: Reason } {
  if (bytes.length > maxSubtitleBytes) return { reason: reason("subtitle-too-large") };
  let opened: { bytes: Uint8Array } | { reason: Reason } = { bytes };
  if (starts(bytes, 0x1f, 0x8b)) opened = gunzip(bytes);
  else if (isZip(bytes)) opened = unzip(bytes);
  if ("reason" in opened) return opened;
  const found = magicReason(opened.bytes);
  if (found) return { reason: found };
  if (!opened.bytes.some((byte) => byte > 0x20)) return { reason: reason("subtitle-empty") };
  return opened;
}

/** An answer of a web server, or a service's note that no more is to be had, in place of a text. */
export function textReason(text: string): Reason | undefined {
  const start = text.slice(0, 2000).trimStart();
  if (
    /^(?:<\?xml[^<>]{0,200}>\s*|<!--[^<>]{0,500}-->\s*)*<(?:!doctype html|html|head|body)\b/i.test(
      start,
    )
  )
    return reason("subtitle-is-web-page");
  if (/^\{\s*"(message|error|errors|status|requests)"/.test(start)) {
    return isQuotaNotice(start)
      ? reason("subtitle-is-quota-notice")
      : reason("subtitle-is-web-page");
  }
  return undefined;
}

/** True for the words with which subtitle services say that the day's downloads are spent. */
export function isQuotaNotice(text: string): boolean {
  return (
    /\b(?:you(?:'ve| have)? (?:have )?(?:downloaded|reached|exceeded|used)|allowed)\b.{0,80}\b(?:allowed|limit|quota|subtitles? (?:for|per|in) (?:24|a day|day))/is.test(
      text,
    ) ||
    /\b(?:daily )?download (?:limit|quota)\b.{0,60}\b(?:reached|exceeded|spent|vip|renew)/is.test(
      text,
    ) ||
    /\bbecome (?:a )?vip\b.{0,60}\bdownload(?:s|ing)? (?:more|unlimited)/is.test(text)
  );
}
