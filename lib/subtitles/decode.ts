import chardet from "chardet";
import iconv from "iconv-lite";
import { keysOf, languageProfiles, profileOf } from "./language-profiles";
import { featuresOf, type TextFeatures } from "./text-features";
import { languageScore } from "./text-score";
import { decodeIso2022Jp, decodeUnicode, mostlyUtf8 } from "./unicode";

export interface DecodedSubtitle {
  text: string;
  /** What the bytes were read as: a name of the WHATWG Encoding standard where it has one. */
  encoding: string;
  /** 0 to 1; below 0.7 a person should look. */
  certainty: number;
  /** Encodings that read as another text which makes sense, too, best first; at most three. */
  alternatives: string[];
}

export interface DecodeOptions {
  /** BCP 47: what the text is expected to be in. */
  language?: string | null | undefined;
  /** Read as this and nothing else: what a person chose. */
  encoding?: string | null | undefined;
}

/** As much text as is judged; more changes nothing and takes time. */
const sampleBytes = 12 * 1024;
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

/**
 * Lines that hold anything beyond ASCII, from all over the file; first those in which a byte occurs
 * for the first time, since one character can be all that tells two encodings apart. No encoding
 * that is judged has LF in a pair.
 */
function sampleOf(bytes: Uint8Array): Buffer {
  const telling: Uint8Array[] = [];
  const others: Uint8Array[] = [];
  const seen = new Set<number>();
  for (let from = 0; from < bytes.length; ) {
    let end = bytes.indexOf(0x0a, from);
    if (end === -1) end = bytes.length;
    const line = bytes.subarray(from, Math.min(end + 1, from + 2000));
    from = end + 1;
    const known = seen.size;
    let isAscii = true;
    for (const byte of line) {
      if (byte < 0x80) continue;
      isAscii = false;
      seen.add(byte);
    }
    if (!isAscii) (seen.size > known ? telling : others).push(line);
  }
  const total = others.reduce((sum, line) => sum + line.length, 0);
  const every = Math.max(1, Math.ceil(total / sampleBytes));
  const spread = others.filter((_, index) => index % every === 0);
  return Buffer.concat([...telling, ...spread]).subarray(0, 2 * sampleBytes);
}

const onlyWhenTold = new Set(["viscii", "tcvn", "cp864", "iso-8859-10"]);

interface Judged {
  encoding: string;
  text: string;
  score: number;
}

function judge(sample: Buffer, languages: readonly string[]): Judged[] {
  const proposed = new Map(
    chardet.analyse(sample).map((match) => [match.name.toLowerCase(), match.confidence]),
  );
  const read = new Map<string, TextFeatures>();
  const best = new Map<string, Judged>();
  for (const language of languages) {
    languageProfiles[language]?.encodings.forEach((encoding, index) => {
      // Too rare to be weighed against others unless the language is told.
      if (languages.length > 2 && onlyWhenTold.has(encoding)) return;
      let decoded = read.get(encoding);
      if (!decoded) {
        decoded = featuresOf(decodeAs(sample, encoding));
        read.set(encoding, decoded);
      }
      // chardet only settles what letters and words leave open, and so does the usual order: one
      // character among thousands weighs more.
      const hint = ((proposed.get(encoding) ?? 0) / 100) * 1e-5 - index * 1e-6;
      const score = languageScore(decoded, language) + hint;
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

/** As `judge`, in the expected language unless none of its encodings makes sense of the bytes. */
function judgeBest(sample: Buffer, language: string | null | undefined): Judged[] {
  const told = profileOf(language);
  const all = Object.keys(languageProfiles);
  if (!told) return judge(sample, all);
  const judged = judge(sample, keysOf(told.key));
  if ((judged[0]?.score ?? -10) >= badScore) return judged;
  const wider = judge(sample, all);
  return (wider[0]?.score ?? -10) > (judged[0]?.score ?? -10) + 0.3 ? wider : judged;
}

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

  // A few stray bytes in UTF-8 (a cut line, a credit in another encoding) do not unmake it.
  const lines = mostlyUtf8(bytes);
  if (lines) {
    const strays = lines.filter((line) => typeof line !== "string");
    const encoding = judgeBest(sampleOf(Buffer.concat(strays)), options.language)[0]?.encoding;
    const read = lines.map((line) =>
      typeof line === "string" ? line : decodeAs(line, encoding ?? "windows-1252"),
    );
    const text = read.join("").replace(/^\ufeff/, "");
    return { text, encoding: "utf-8", certainty: 0.9, alternatives: [] };
  }

  const sample = sampleOf(bytes);
  const judged = judgeBest(sample, options.language);
  const first = judged[0] ?? { encoding: "windows-1252", text: "", score: -10 };
  const rivals = judged.filter((other) => other.text !== first.text);
  const margin = first.score - (rivals[0]?.score ?? -1);
  // A handful of characters can look like anything.
  const evidence = Math.min(1, sample.filter((byte) => byte >= 0x80).length / 40);
  const certainty =
    first.score < badScore ? 0.3 : Math.min(0.99, Math.max(0.3, 0.3 + evidence * (0.25 + margin)));
  const nameOf = (encoding: string) => reportedNames[encoding] ?? encoding;
  return {
    text: decodeAs(bytes, first.encoding),
    encoding: nameOf(first.encoding),
    certainty,
    alternatives: rivals
      .filter((other) => other.score >= badScore)
      .slice(0, 3)
      .map((other) => nameOf(other.encoding)),
  };
}
