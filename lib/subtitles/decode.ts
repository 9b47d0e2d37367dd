import { badScore, type Judged, judgeEncodings, sampleOf } from "./judge-encoding";
import { decodeAs, isKnownEncoding } from "./read-encoding";
import { decodeUnicode, mostlyUtf8 } from "./unicode";

export { isKnownEncoding } from "./read-encoding";

/** A reading for a person to choose from. */
export interface EncodingCandidate {
  /** To be given to `decodeSubtitle` as `encoding`. */
  encoding: string;
  /** Up to three lines of the file that the candidates read differently, the same for each. */
  sampleLines: string[];
}

export interface DecodedSubtitle {
  text: string;
  /** What the bytes were read as: a name of the WHATWG Encoding standard where it has one. */
  encoding: string;
  /** 0 to 1; below 0.7 a person should look. */
  certainty: number;
  /** By how much the text makes more sense than the next best reading, at most 2. */
  margin: number;
  /** Two or three readings, the one that was taken first, when it is not certain; else none. */
  candidates: EncodingCandidate[];
  /** Encodings that read as another text which makes sense, too, best first; at most three. */
  alternatives: string[];
}

export interface DecodeOptions {
  /** BCP 47: what the text is expected to be in. */
  language?: string | null | undefined;
  /** Read as this and nothing else: what a person chose. */
  encoding?: string | null | undefined;
}

/** Below this a person should look. */
const certainEnough = 0.7;
/** The largest margin: no other reading makes sense. */
const largestMargin = 2;

const reportedNames: Record<string, string> = { "big5-hkscs": "big5", cp949: "euc-kr" };
const nameOf = (encoding: string) => reportedNames[encoding] ?? encoding;

/** Code pages have Romanian's letters with cedillas, for want of those that it is written with. */
function withCommas(text: string): string {
  return text.replace(/[şţŞŢ]/g, (letter) => "șțȘȚ"["şţŞŢ".indexOf(letter)] ?? letter);
}

const readAs = (
  bytes: Uint8Array,
  { encoding, language }: Pick<Judged, "encoding" | "language">,
) => (language === "ro" ? withCommas(decodeAs(bytes, encoding)) : decodeAs(bytes, encoding));

/** Lines by which a person sees which reading is right: those on which most readings differ. */
function candidatesOf(readings: readonly Judged[]): EncodingCandidate[] {
  const lines = readings.map(({ text }) => text.split(/\r?\n/).map((line) => line.trim()));
  const telling = (lines[0] ?? [])
    .map((_, at) => ({ at, kinds: new Set(lines.map((own) => own[at])).size }))
    .filter(({ kinds }) => kinds > 1)
    .sort((a, b) => b.kinds - a.kinds)
    .slice(0, 3)
    .map(({ at }) => at);
  return readings.map(({ encoding }, index) => ({
    encoding: nameOf(encoding),
    sampleLines: telling.map((at) => (lines[index]?.[at] ?? "").slice(0, 120)),
  }));
}

/** What is read when no encoding makes any sense of the bytes. */
const nothingFits: Judged = {
  ...{ encoding: "windows-1252", language: "en", text: "", score: -10, strangers: 1 },
};

/** What is sure: nothing else is to be chosen from. */
const sure = { certainty: 1, margin: largestMargin, candidates: [], alternatives: [] };

/**
 * Turns the bytes of a subtitle into text.
 *
 * In this order: what a person chose; byte order marks; UTF-16 and UTF-32 by their zeros;
 * ISO-2022-JP by its escapes; strict UTF-8; then every legacy encoding of the expected language
 * (of all languages when none is told, or when it does not fit), judged by the text that it gives.
 */
export function decodeSubtitle(bytes: Uint8Array, options: DecodeOptions = {}): DecodedSubtitle {
  if (options.encoding && isKnownEncoding(options.encoding)) {
    const language = options.language?.toLowerCase().split("-")[0] ?? "";
    const text = readAs(bytes, { encoding: options.encoding, language }).replace(/^\ufeff/, "");
    return { text, encoding: options.encoding.toLowerCase(), ...sure };
  }
  const unicode = decodeUnicode(bytes);
  if (unicode) return { ...unicode, ...sure };

  // A few stray bytes in UTF-8 (a cut line, a credit in another encoding) do not unmake it.
  const lines = mostlyUtf8(bytes);
  if (lines) {
    const strays = lines.filter((line) => typeof line !== "string");
    const judged = judgeEncodings(sampleOf(Buffer.concat(strays)), options.language)[0];
    const read = lines.map((line) =>
      typeof line === "string" ? line : decodeAs(line, judged?.encoding ?? "windows-1252"),
    );
    const text = read.join("").replace(/^\ufeff/, "");
    return { text, encoding: "utf-8", ...sure, certainty: 0.9 };
  }

  const sample = sampleOf(bytes);
  const judged = judgeEncodings(sample, options.language);
  const first = judged[0] ?? nothingFits;
  const isOther = (own: Judged, at: number) =>
    own.text !== first.text && judged.findIndex(({ text }) => text === own.text) === at;
  const rivals = judged.filter(isOther);
  const margin = Math.min(largestMargin, first.score - (rivals[0]?.score ?? -largestMargin));
  // A handful of characters can look like anything.
  const evidence = Math.min(1, sample.filter((byte) => byte >= 0x80).length / 40);
  const certainty =
    first.score < badScore ? 0.3 : Math.min(0.99, Math.max(0.3, 0.3 + evidence * (0.25 + margin)));
  const plausible = rivals.filter((other) => other.score >= badScore);
  const isUnsure = certainty < certainEnough && plausible.length > 0;
  return {
    text: readAs(bytes, first),
    encoding: nameOf(first.encoding),
    certainty,
    margin,
    candidates: isUnsure ? candidatesOf([first, ...plausible.slice(0, 2)]) : [],
    alternatives: plausible.slice(0, 3).map((other) => nameOf(other.encoding)),
  };
}
