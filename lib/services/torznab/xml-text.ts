import iconv from "iconv-lite";

const declaredEncoding = /^\s*<\?xml[^>]{0,200}\bencoding\s*=\s*["']([\w.:-]{1,40})["']/i;
const charset = /charset\s*=\s*"?([\w.:-]{1,40})/i;

/** Encodings whose bytes are valid UTF-8 while they mean something else. */
const disguised = /^(utf-?16|utf-?32|utf-?7|ucs-?[24]|iso-?2022|hz)/i;

function markedEncoding(bytes: Buffer): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf8";
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return null;
}

function asUtf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/**
 * Text of an XML document. A byte order mark counts first; bytes that are valid UTF-8 are UTF-8,
 * since old trackers declare what they no longer send; else the declaration, then the header.
 */
export function xmlText(bytes: Buffer, contentType: string): string {
  const marked = markedEncoding(bytes);
  if (marked) return iconv.decode(bytes, marked);
  const start = bytes.subarray(0, 300).toString("latin1");
  const named = [declaredEncoding.exec(start)?.[1], charset.exec(contentType)?.[1]].filter(
    (name): name is string => name !== undefined && iconv.encodingExists(name),
  );
  const hidden = named.find((name) => disguised.test(name));
  // A declaration that can be read byte by byte is in no encoding of two bytes.
  if (hidden && !(/^(utf-?16|utf-?32|ucs)/i.test(hidden) && start.includes("<?xml"))) {
    return iconv.decode(bytes, hidden);
  }
  const text = asUtf8(bytes);
  if (text !== null) return text;
  const other = named.find((name) => !/^utf-?8$/i.test(name) && !disguised.test(name));
  // What is left of a broken UTF-8 is more than another encoding would make of it.
  return iconv.decode(bytes, other ?? (named.length > 0 ? "utf8" : "windows-1252"));
}

const namedEntities: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
};

/** Entities that are left when a text was escaped twice, or lies in CDATA. */
export function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{1,10}));/gi,
    (whole, dec, hex, name) => {
      if (name !== undefined) return namedEntities[name.toLowerCase()] ?? whole;
      const point = dec === undefined ? Number.parseInt(hex, 16) : Number(dec);
      const isCharacter = point >= 32 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
      return isCharacter ? String.fromCodePoint(point) : whole;
    },
  );
}
