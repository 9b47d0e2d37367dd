import chardet from "chardet";
import iconv from "iconv-lite";
import { languageProfiles, profileOf } from "./language-profiles";
import { languageScore, wordsOf } from "./text-score";
import { decodeIso2022Jp, decodeUnicode, mostlyUtf8 } from "./unicode";

export interface DecodedSubtitle {
  text: string;
  /** What the bytes were read as: a name of the WHATWG Encoding standard where it has one. */
  encoding: string;
  /** 0 to 1; below 0.7 a person should look. */
  certainty: number;
  /** Other encodings that read as another text which is nearly as good, best first. */
  alternatives: string[];
}

export interface DecodeOptions {
  /** BCP 47: what the text is expected to be in. */
  language?: string | null | undefined;
  /** Read as this and nothing else: what a person chose. */
  encoding?: string | null | undefined;
}

/** As much text as is judged; more changes nothing and takes time. */
const sampleBytes = 24 * 1024;
/** Below this a told language does not suit any of its encodings: it was told wrongly. */
const badScore = 0.35;

/** True for an encoding that `decodeSubtitle` can be told to use. */
export function isKnownEncoding(name: string): boolean {
  return /^iso-?2022-?jp$/i.test(name) || iconv.encodingExists(name);
}

/** Reads bytes as one encoding. Vietnamese and the like come out composed (NFC). */
function decodeAs(bytes: Uint8Array, encoding: string): string {
  if (/^iso-?2022-?jp$/i.test(encoding)) return decodeIso2022Jp(bytes);
  const text = iconv.decode(
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    encoding,
  );
  return /^(windows-?|cp)1258$|^tcvn$/i.test(encoding) ? text.normalize("NFC") : text;
}

/** Lines that hold anything beyond ASCII, from all over the file. No encoding here has LF in a pair. */
function sampleOf(bytes: Uint8Array): Buffer {
  const lines: Uint8Array[] = [];
  let total = 0;
  let from = 0;
  while (from < bytes.length) {
    let end = bytes.indexOf(0x0a, from);
    if (end === -1) end = bytes.length;
    const line = bytes.subarray(from, Math.min(end + 1, from + 2000));
    if (line.some((byte) => byte >= 0x80)) {
      lines.push(line);
      total += line.length;
    }
    from = end + 1;
  }
  const every = Math.max(1, Math.ceil(total / sampleBytes));
  return Buffer.concat(lines.filter((_, index) => index % every === 0)).subarray(0, sampleBytes);
}

interface Judged {
  encoding: string;
  text: string;
  score: number;
}

function judge(sample: Buffer, languages: readonly string[]): Judged[] {
  const proposed = new Map(
    chardet.analyse(sample).map((match) => [match.name.toLowerCase(), match.confidence]),
  );
  const read = new Map<string, { text: string; words: string[] }>();
  const best = new Map<string, Judged>();
  for (const language of languages) {
    languageProfiles[language]?.encodings.forEach((encoding, index) => {
      let decoded = read.get(encoding);
      if (!decoded) {
        const text = decodeAs(sample, encoding);
        decoded = { text, words: wordsOf(text) };
        read.set(encoding, decoded);
      }
      // chardet only settles what letters and words leave open, and so does the usual order.
      const hint = ((proposed.get(encoding) ?? 0) / 100) * 0.06 - index * 0.02;
      const score = languageScore(decoded.text, decoded.words, language) + hint;
      const known = best.get(encoding);
      if (!known || known.score < score)
        best.set(encoding, { encoding, text: decoded.text, score });
    });
  }
  const judged = [...best.values()].sort((a, b) => b.score - a.score);
  // Of encodings that read as the same text the one with the most characters is named: the rest of
  // the file may need them.
  const top = judged[0];
  const widest = top && judged.filter((other) => other.text === top.text).find(isWide);
  return widest ? [widest, ...judged.filter((other) => other !== widest)] : judged;
}

const isWide = ({ encoding }: Judged) => /^(windows-|gb18030|big5-hkscs|cp949)/.test(encoding);

const reportedNames: Record<string, string> = { "big5-hkscs": "big5", cp949: "euc-kr" };

/**
 * Turns the bytes of a subtitle into text.
 *
 * In this order: what a person chose; byte order marks; UTF-16 and UTF-32 by their zeros;
 * ISO-2022-JP by its escapes; strict UTF-8; then every legacy encoding of the expected language
 * (of all languages when none is told, or when it does not fit), judged by the text that it gives.
 */
export function decodeSubtitle(bytes: Uint8Array, options: DecodeOptions = {}): DecodedSubtitle {
  if (options.encoding && isKnownEncoding(options.encoding)) {
    const text = decodeAs(bytes, options.encoding).replace(/^\ufeff/, "");
    return { text, encoding: options.encoding.toLowerCase(), certainty: 1, alternatives: [] };
  }
  const unicode = decodeUnicode(bytes);
  if (unicode) return { ...unicode, certainty: 1, alternatives: [] };

  const sample = sampleOf(bytes);
  const told = profileOf(options.language);
  const all = Object.keys(languageProfiles);
  let judged = judge(sample, told ? [told.key] : all);
  if (told && (judged[0]?.score ?? -10) < badScore) {
    const wider = judge(sample, all);
    if ((wider[0]?.score ?? -10) > (judged[0]?.score ?? -10) + 0.3) judged = wider;
  }
  const first = judged[0] ?? { encoding: "windows-1252", text: "", score: -10 };

  // A few stray bytes in UTF-8 (a cut line, a credit in another encoding) do not unmake it.
  const mixed = mostlyUtf8(bytes, (line) => decodeAs(line, first.encoding));
  if (mixed !== null) return { text: mixed, encoding: "utf-8", certainty: 0.9, alternatives: [] };

  const rivals = judged.filter((other) => other.text !== first.text);
  const margin = first.score - (rivals[0]?.score ?? -1);
  const certainty = first.score < badScore ? 0.3 : Math.min(0.99, Math.max(0.3, 0.55 + margin));
  const nameOf = (encoding: string) => reportedNames[encoding] ?? encoding;
  return {
    text: decodeAs(bytes, first.encoding),
    encoding: nameOf(first.encoding),
    certainty,
    alternatives: rivals
      .filter((other) => first.score - other.score < 0.6)
      .slice(0, 3)
      .map((other) => nameOf(other.encoding)),
  };
}
