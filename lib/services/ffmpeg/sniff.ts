import { open } from "node:fs/promises";
import { type Reason, reason } from "@/lib/errors";

/** First bytes (as latin1) of what is often found under the name of a film and is none. */
const signatures: [string, string][] = [
  ["Rar!\x1a\x07", "media-archive"],
  ["PK\x03\x04", "media-archive"],
  ["7z\xbc\xaf\x27\x1c", "media-archive"],
  ["\x1f\x8b", "media-archive"],
  ["BZh", "media-archive"],
  ["\xfd7zXZ", "media-archive"],
  ["\x28\xb5\x2f\xfd", "media-archive"],
  ["MZ", "media-program"],
  ["\x7fELF", "media-program"],
  ["#!", "media-program"],
  // A Windows shortcut.
  ["L\0\0\0\x01\x14\x02\0", "media-program"],
  ["%PDF-", "media-not-video"],
  ["\x89PNG", "media-not-video"],
  ["\xff\xd8\xff", "media-not-video"],
  ["GIF8", "media-not-video"],
];

/** Playlists and pages, which name other files, perhaps behind a byte order mark. */
const namesOtherFiles =
  /^(?:\xef\xbb\xbf)?\s*(?:#EXTM3U|\[playlist\]|ffconcat|<\?xml|<!doctype|<html|<smil|<asx)/i;

/**
 * Says why a file cannot be a film, before anything opens it: it is empty, an archive, a program,
 * a playlist or a page. Undefined when it may be one.
 *
 * @throws when the file cannot be read.
 */
export async function refuseByFirstBytes(path: string): Promise<Reason | undefined> {
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
    if (bytesRead === 0) return reason("media-empty");
    const head = buffer.subarray(0, bytesRead);
    // What was never written to the disk reads as zeros: a download that was cut or faked.
    if (head.every((byte) => byte === 0)) return reason("media-blank");
    const text = head.toString("latin1");
    if (namesOtherFiles.test(text)) return reason("media-playlist");
    const found = signatures.find(([start]) => text.startsWith(start));
    return found && reason(found[1]);
  } finally {
    await file.close();
  }
}
