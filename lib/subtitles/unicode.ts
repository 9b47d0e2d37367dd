import { isAscii, isUtf8 } from "node:buffer";
import iconv from "iconv-lite";

const byteOrderMarks: [number[], string][] = [
  [[0xff, 0xfe, 0x00, 0x00], "utf-32le"],
  [[0x00, 0x00, 0xfe, 0xff], "utf-32be"],
  [[0xef, 0xbb, 0xbf], "utf-8"],
  [[0xff, 0xfe], "utf-16le"],
  [[0xfe, 0xff], "utf-16be"],
];

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** UTF-8 to the letter; null when one byte is wrong. (For UTF-8 TextDecoder is exact.) */
function strictUtf8(bytes: Uint8Array): string | null {
  return isUtf8(bytes) ? utf8.decode(bytes) : null;
}

/**
 * UTF-16 or UTF-32 without a mark. Every subtitle has digits, blanks and line ends, whose upper
 * bytes are zero: they lie at odd places of little endian, at even ones of big endian.
 */
function widthByZeros(bytes: Uint8Array): string | null {
  const end = Math.min(bytes.length, 64 * 1024);
  const zeros = [0, 0, 0, 0];
  for (let at = 0; at < end; at += 1) {
    if (bytes[at] === 0) zeros[at % 4] = (zeros[at % 4] ?? 0) + 1;
  }
  const share = zeros.map((count) => count / Math.max(1, end / 4));
  const [a = 0, b = 0, c = 0, d = 0] = share;
  if (bytes.length % 4 === 0 && c > 0.95 && d > 0.95 && a < 0.1) return "utf-32le";
  if (bytes.length % 4 === 0 && a > 0.95 && b > 0.95 && d < 0.1) return "utf-32be";
  const even = (a + c) / 2;
  const odd = (b + d) / 2;
  if (odd > 0.1 && even < odd / 10) return "utf-16le";
  if (even > 0.1 && odd < even / 10) return "utf-16be";
  return null;
}

/**
 * ISO-2022-JP (RFC 1468), with JIS X 0201 katakana: seven-bit text whose escapes switch the set.
 * A pair is the same as in EUC-JP with the upper bits set.
 */
export function decodeIso2022Jp(bytes: Uint8Array): string {
  const euc: number[] = [];
  let set: "ascii" | "kanji" | "kana" = "ascii";
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === 0x1b) {
      const mark = String.fromCharCode(bytes[at + 1] ?? 0, bytes[at + 2] ?? 0);
      if (mark === "$B" || mark === "$@") set = "kanji";
      else if (mark === "(I") set = "kana";
      else if (mark === "(B" || mark === "(J") set = "ascii";
      else continue;
      at += 2;
    } else if (byte < 0x21 || set === "ascii" || byte >= 0x7f) {
      // A line end returns to ASCII.
      if (byte === 0x0a) set = "ascii";
      euc.push(byte);
    } else if (set === "kana") {
      euc.push(0x8e, byte | 0x80);
    } else {
      euc.push(byte | 0x80, (bytes[at + 1] ?? 0) | 0x80);
      at += 1;
    }
  }
  return iconv.decode(Buffer.from(euc), "euc-jp");
}

function looksLikeIso2022Jp(bytes: Uint8Array): boolean {
  const at = bytes.indexOf(0x1b);
  if (at === -1 || !isAscii(bytes)) return false;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is the sign
  return /\x1b(\$[@B]|\([IJ])/.test(
    Buffer.from(bytes.subarray(at, at + 64 * 1024)).toString("latin1"),
  );
}

/** Reads what says itself that it is Unicode (or ISO-2022-JP); null for anything else. */
export function decodeUnicode(bytes: Uint8Array): { text: string; encoding: string } | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const [mark, encoding] of byteOrderMarks) {
    if (!mark.every((byte, at) => bytes[at] === byte)) continue;
    if (encoding !== "utf-8") {
      return { text: iconv.decode(buffer, encoding).replace(/^\ufeff/, ""), encoding };
    }
    const text = strictUtf8(bytes.subarray(3));
    // Marks are also put before text that is not what they say.
    if (text !== null) return { text, encoding };
  }
  const wide = widthByZeros(bytes);
  if (wide) return { text: iconv.decode(buffer, wide).replace(/^\ufeff/, ""), encoding: wide };
  if (looksLikeIso2022Jp(bytes)) return { text: decodeIso2022Jp(bytes), encoding: "iso-2022-jp" };
  const text = strictUtf8(bytes);
  return text === null ? null : { text, encoding: "utf-8" };
}

/**
 * Splits bytes behind their line ends: LF, or CR in files of old Macintoshes. Both stand for
 * themselves in every encoding but UTF-16 and 32.
 *
 * @param mostBytes longer lines come in parts.
 */
export function* byteLines(bytes: Uint8Array, mostBytes: number): Generator<Uint8Array> {
  const lineEnd = bytes.includes(0x0a) ? 0x0a : 0x0d;
  let end = -1;
  for (let from = 0; from < bytes.length; ) {
    // Looked for once for all parts of a line, so that a file of one line takes no longer.
    if (end < from) end = bytes.indexOf(lineEnd, from);
    if (end === -1) end = bytes.length;
    const to = Math.min(bytes.length, end + 1, from + mostBytes);
    yield bytes.subarray(from, to);
    from = to;
  }
}

/** Lines that are no UTF-8, after which the rest is not looked at when they are many so far. */
const hopelessLines = 1000;

/**
 * Text that is UTF-8 but for a few lines, line by line: text where it is, bytes where it is not.
 * Null when too much of it is not.
 */
export function mostlyUtf8(bytes: Uint8Array): (string | Uint8Array)[] | null {
  let [good, bad] = [0, 0];
  const lines: Uint8Array[] = [];
  const strays = new Set<number>();
  for (const line of byteLines(bytes, bytes.length)) {
    if (!isUtf8(line)) {
      bad += 1;
      // Nothing that comes could make up for so many.
      if (bad > hopelessLines && good < bad * 2) return null;
      strays.add(lines.length);
    } else if (!isAscii(line)) good += 1;
    lines.push(line);
  }
  if (good === 0 || good < bad * 4) return null;
  return lines.map((line, at) => (strays.has(at) ? line : utf8.decode(line)));
}
