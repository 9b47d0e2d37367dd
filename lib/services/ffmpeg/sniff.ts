import { isUtf8 } from "node:buffer";
import { open } from "node:fs/promises";
import { type Reason, reason } from "@/lib/errors";

/** Bytes (as latin1) at a place in the file, of what is often found under the name of a film. */
const signatures: [at: number, bytes: string, code: string][] = [
  // Archives, whole, split and protected by a password: all begin the same.
  [0, "Rar!\x1a\x07", "media-archive"],
  [0, "RE~^", "media-archive"],
  [0, "PK\x03\x04", "media-archive"],
  [0, "PK\x05\x06", "media-archive"],
  [0, "PK\x07\x08", "media-archive"],
  [0, "PK00PK", "media-archive"],
  [0, "7z\xbc\xaf\x27\x1c", "media-archive"],
  [0, "\x1f\x8b", "media-archive"],
  [0, "\x1f\x9d", "media-archive"],
  [0, "BZh", "media-archive"],
  [0, "\xfd7zXZ", "media-archive"],
  [0, "\x28\xb5\x2f\xfd", "media-archive"],
  [0, "\x04\x22\x4d\x18", "media-archive"],
  [0, "LZIP", "media-archive"],
  [0, "MSCF", "media-archive"],
  [0, "xar!", "media-archive"],
  [2, "-lh", "media-archive"],
  // POSIX.1-1988: the format's name stands behind the header of the first file.
  [257, "ustar", "media-archive"],
  [0, "MZ", "media-program"],
  [0, "\x7fELF", "media-program"],
  [0, "\xce\xfa\xed\xfe", "media-program"],
  [0, "\xcf\xfa\xed\xfe", "media-program"],
  [0, "\xca\xfe\xba\xbe", "media-program"],
  // A Windows shortcut.
  [0, "L\0\0\0\x01\x14\x02\0", "media-program"],
  [0, "%PDF-", "media-not-video"],
  [0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "media-not-video"],
  [0, "GIF8", "media-picture"],
  [0, "\x89PNG", "media-picture"],
  [0, "\xff\xd8\xff", "media-picture"],
  [0, "II*\0", "media-picture"],
  [0, "MM\0*", "media-picture"],
  [8, "WEBP", "media-picture"],
  // ISO/IEC 23008-12 and AVIF: stills in the boxes of an MP4.
  [4, "ftyphei", "media-picture"],
  [4, "ftypmif1", "media-picture"],
  [4, "ftypavif", "media-picture"],
];

/** The same for what begins with text, perhaps behind a byte order mark. */
const texts: [begins: RegExp, code: string][] = [
  [/^#!/, "media-program"],
  [/^(?:@?echo off|<script|<\?php|on error resume next)\b/i, "media-program"],
  // Playlists and pages, which name other files …
  [/^(?:#EXTM3U|ffconcat)/i, "media-playlist"],
  [/^\[(?:playlist|reference|internetshortcut|desktop entry)\]/i, "media-playlist"],
  [/^<(?:\?xml|!doctype|html|smil|asx|mpd|wpl)/i, "media-playlist"],
  // … nothing but an address (.strm), and the description of a session (SDP).
  [/^(?:[a-z][a-z0-9+.-]{1,20}:\/\/|plugin:)/i, "media-playlist"],
  [/^v=0\r?\no=/, "media-playlist"],
  [/^(?:WEBVTT\b|\[Script Info\])/, "media-subtitle"],
  [/^\d+\s*\n\s*\d+:\d\d:\d\d[,.]\d+\s*-->/, "media-subtitle"],
];

/** Formats of films that begin with readable text. */
const readableFilms = /^YUV4MPEG2 |^nut\/multimedia/;

const headBytes = 512;

/**
 * Says why a file cannot be a film, before anything opens it: it is empty, an archive, a program,
 * a playlist, a page, a picture, subtitles or another text. Undefined when it may be one.
 *
 * @throws when the file cannot be read.
 */
export async function refuseByFirstBytes(path: string): Promise<Reason | undefined> {
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    if (bytesRead === 0) return reason("media-empty");
    const head = buffer.subarray(0, bytesRead);
    // What was never written to the disk reads as zeros: a download that was cut or faked.
    if (head.every((byte) => byte === 0)) return reason("media-blank");
    const text = head.toString("latin1");
    const signed = signatures.find(([at, bytes]) => text.startsWith(bytes, at));
    if (signed) return reason(signed[2]);
    const letters = text.replace(/^\xef\xbb\xbf/, "").trimStart();
    const worded = texts.find(([begins]) => begins.test(letters));
    if (worded) return reason(worded[1]);
    return isText(head) && !readableFilms.test(text) ? reason("media-not-video") : undefined;
  } finally {
    await file.close();
  }
}

/** Nothing but letters, as no film has it: UTF-8 without control signs. */
function isText(head: Buffer): boolean {
  const isPlain = head.every((byte) => byte >= 32 || [9, 10, 12, 13, 27].includes(byte));
  if (!isPlain) return false;
  // A sign of several bytes may be cut at the end.
  return [0, 1, 2, 3].some((cut) => isUtf8(head.subarray(0, head.length - cut)));
}
