import iconv from "iconv-lite";
import { decodeIso2022Jp } from "./unicode";

/** True for an encoding that `decodeSubtitle` can be told to use. */
export function isKnownEncoding(name: string): boolean {
  return /^iso-?2022-?jp$/i.test(name) || iconv.encodingExists(name);
}

/** Reads bytes as one encoding. Vietnamese and the like come out composed (NFC). */
export function decodeAs(bytes: Uint8Array, encoding: string): string {
  if (/^iso-?2022-?jp$/i.test(encoding)) return decodeIso2022Jp(bytes);
  const text = iconv.decode(
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    encoding,
  );
  return /^(windows-?|cp)1258$|^tcvn$/i.test(encoding) ? text.normalize("NFC") : text;
}

type Range = readonly [first: number, last: number];

interface PairShape {
  leads: readonly Range[];
  trails: readonly Range[];
  /** Bytes beyond ASCII that are a character of their own. */
  singles: readonly Range[];
}

// The shapes of the WHATWG Encoding standard; 0x30 to 0x39 behind a lead is GB 18030's longer form.
const euc: PairShape = { leads: [[0xa1, 0xfe]], trails: [[0xa1, 0xfe]], singles: [[0x8e, 0x8f]] };
const pairShapes: Record<string, PairShape> = {
  gb18030: {
    leads: [[0x81, 0xfe]],
    trails: [
      [0x30, 0x39],
      [0x40, 0x7e],
      [0x80, 0xfe],
    ],
    singles: [[0x80, 0x80]],
  },
  "big5-hkscs": {
    leads: [[0x81, 0xfe]],
    trails: [
      [0x40, 0x7e],
      [0xa1, 0xfe],
    ],
    singles: [],
  },
  shift_jis: {
    leads: [
      [0x81, 0x9f],
      [0xe0, 0xfc],
    ],
    trails: [
      [0x40, 0x7e],
      [0x80, 0xfc],
    ],
    singles: [[0xa1, 0xdf]],
  },
  "euc-jp": euc,
  cp949: {
    leads: [[0x81, 0xfe]],
    trails: [
      [0x41, 0x5a],
      [0x61, 0x7a],
      [0x81, 0xfe],
    ],
    singles: [],
  },
};

const isIn = (byte: number, ranges: readonly Range[]) =>
  ranges.some(([first, last]) => byte >= first && byte <= last);

/** Leads without a trail that a file may have: a cut line, a stray byte. */
const mostBrokenPairs = 0.02;

/**
 * False when the bytes cannot be pairs of a double-byte encoding: words of other scripts end with
 * an odd byte as often as not. True for every other encoding. Far cheaper than reading them.
 */
export function couldBe(bytes: Uint8Array, encoding: string): boolean {
  const shape = pairShapes[encoding];
  if (!shape) return true;
  let [pairs, broken] = [0, 0];
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80 || isIn(byte, shape.singles)) continue;
    pairs += 1;
    if (!isIn(byte, shape.leads) || !isIn(bytes[at + 1] ?? 0, shape.trails)) broken += 1;
    else at += 1;
  }
  return broken <= Math.max(1, pairs * mostBrokenPairs);
}
