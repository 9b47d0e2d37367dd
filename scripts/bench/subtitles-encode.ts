import iconv from "iconv-lite";

/** Unicode in every form that a file may have, by name: encoding and whether a mark stands first. */
export const unicodeForms: Record<string, { encoding: string; addBOM: boolean }> =
  Object.fromEntries(
    ["utf-8", "utf-16le", "utf-16be", "utf-32le", "utf-32be"].flatMap((encoding) =>
      [false, true].map((addBOM) => [
        addBOM ? `${encoding} with mark` : encoding,
        { encoding, addBOM },
      ]),
    ),
  );

const swap = (text: string, pairs: string) => {
  let swapped = text;
  for (const pair of pairs.split(" ")) {
    swapped = swapped.replaceAll(pair[0] ?? "", pair.slice(1));
  }
  return swapped;
};

/**
 * The spelling that is compared: Romanian with commas below, as it is written and as Vigilio shows
 * it, Persian with the letters and digits that windows-1256 has.
 */
export function spelledFor(text: string, language: string): string {
  if (language === "ro") return swap(text, "şș ţț ŞȘ ŢȚ");
  if (language === "fa") return swap(text, "یي ۀه ۰0 ۱1 ۲2 ۳3 ۴4 ۵5 ۶6 ۷7 ۸8 ۹9");
  return text;
}

/** Romanian's letters as code pages before ISO 8859-16 have them: with cedillas. */
function withCedillas(text: string): string {
  return swap(text, "șş țţ ȘŞ ȚŢ");
}

const marksOfLetters = "\u0302\u0306\u031b";

/** Vietnamese as windows-1258 holds it: tones as marks of their own, behind the letter. */
function withLooseTones(text: string): string {
  return [...text.normalize("NFC")]
    .map((letter) => {
      const [base = "", ...marks] = letter.normalize("NFD");
      const own = marks.filter((mark) => marksOfLetters.includes(mark));
      const tones = marks.filter((mark) => !marksOfLetters.includes(mark));
      return [base, ...own].join("").normalize("NFC") + tones.join("");
    })
    .join("");
}

/** ISO-2022-JP (RFC 1468): each stretch of JIS X 0208 between two escapes. */
function encodeIso2022Jp(text: string): Buffer {
  const bytes: number[] = [];
  for (const part of text.match(/[\0-\x7f]+|[^\0-\x7f]+/g) ?? []) {
    if (part.charCodeAt(0) < 0x80) bytes.push(...Buffer.from(part, "latin1"));
    else {
      const pairs = [...iconv.encode(part, "euc-jp")].map((byte) => byte & 0x7f);
      bytes.push(0x1b, 0x24, 0x42, ...pairs, 0x1b, 0x28, 0x42);
    }
  }
  return Buffer.from(bytes);
}

const hasCedillasOnly = new Set(["windows-1250", "iso-8859-2", "cp852"]);

/** A text as an encoding can spell it. */
function spelledIn(text: string, name: string): string {
  return hasCedillasOnly.has(name) ? withCedillas(text) : text;
}

/** A text in an encoding (iconv-lite's names, `iso-2022-jp`, or a name of `unicodeForms`). */
export function encodeText(text: string, name: string): Buffer {
  const form = unicodeForms[name];
  if (form) return iconv.encode(text, form.encoding, { addBOM: form.addBOM });
  if (name === "iso-2022-jp") return encodeIso2022Jp(text);
  if (name === "windows-1258") return iconv.encode(withLooseTones(text), name);
  return iconv.encode(spelledIn(text, name), name);
}

/** True when nothing is lost: a text that an encoding cannot hold was never written in it. */
export function canHold(text: string, name: string): boolean {
  if (unicodeForms[name]) return true;
  // JIS X 0212 needs three bytes in EUC-JP, half-width katakana a set of its own.
  if (name === "iso-2022-jp" || name === "euc-jp") {
    const euc = iconv.encode(text, "euc-jp");
    if (name === "iso-2022-jp" && (euc.includes(0x8f) || euc.includes(0x8e))) return false;
    return iconv.decode(euc, "euc-jp") === text;
  }
  if (name === "windows-1258") {
    return iconv.decode(encodeText(text, name), name).normalize("NFC") === text.normalize("NFC");
  }
  // As the standards were before the extensions that iconv-lite reads under the same names.
  const spelled = spelledIn(text, name);
  const bytes = iconv.encode(spelled, name);
  if (name === "iso-8859-1" && bytes.some((byte) => byte >= 0x80 && byte < 0xa0)) return false;
  if (name === "gb2312" && bytes.some((byte) => byte >= 0x80 && byte < 0xa1)) return false;
  return iconv.decode(bytes, name) === spelled;
}
