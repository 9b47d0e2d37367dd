import { isAscii } from "node:buffer";
import chardet from "chardet";
import { eastAsian } from "./east-asian-score";
import { keysOf, languageProfiles, profileOf } from "./language-profiles";
import { couldBe, decodeAs } from "./read-encoding";
import { featuresOf, type TextFeatures } from "./text-features";
import { commonWordShare, languageScore, strangerShare } from "./text-score";
import { byteLines } from "./unicode";

/** Bytes read as one encoding, and how much sense that makes. */
export interface Judged {
  encoding: string;
  /** Key of the profile whose language the text suits best. */
  language: string;
  text: string;
  /** Of `languageScore`. */
  score: number;
  /** Of `strangerShare`. */
  strangers: number;
}

/** As much text as is judged; more changes nothing and takes time. */
const sampleBytes = 3 * 1024;
/** A line that is longer is cut; in the middle of a pair at worst. */
const longestLine = 2000;
/** Below this no encoding makes sense of the bytes. */
export const badScore = 0.35;
/** From here on a text is what it was told to be, and nothing else is tried. */
const goodScore = (language: string) => (eastAsian.has(language) ? 0.6 : 0.85);
/** Above this share of characters that no text holds, no language need be tried. */
const mostStrangers = 0.2;
/** And above this it isn't what it was told to be, however well the rest reads. */
const mostStrangersWhenTold = 0.005;
/** Dialogue has several times this share of a language's common words, another language has less. */
const leastCommonWords = 0.1;
/** How much more sense another language must make than the one that was told. */
const toldBonus = 0.25;
/**
 * How many characters must speak for an encoding rather than for the one that is used a little more:
 * a tenth of one. Among hundreds that is nothing, among three it decides.
 */
const rarityWeight = 0.1;
/** Texts that differ by less are told apart by chardet: about one character in thousands. */
const tied = 2e-4;

/**
 * Lines that hold anything beyond ASCII, from all over the file; first those in which a byte occurs
 * for the first time, since one character can be all that tells two encodings apart.
 */
export function sampleOf(bytes: Uint8Array): Buffer {
  const telling: Uint8Array[] = [];
  const others: Uint8Array[] = [];
  const seen = new Set<number>();
  let [tellingBytes, otherBytes] = [0, 0];
  for (const line of byteLines(bytes, longestLine)) {
    if (isAscii(line)) continue;
    const known = seen.size;
    for (const byte of line) if (byte >= 0x80) seen.add(byte);
    if (seen.size > known && tellingBytes < 2 * sampleBytes) {
      telling.push(line);
      tellingBytes += line.length;
    } else {
      others.push(line);
      otherBytes += line.length;
    }
  }
  const every = Math.max(1, Math.ceil(otherBytes / sampleBytes));
  const spread = others.filter((_, index) => index % every === 0);
  return Buffer.concat([...telling, ...spread]).subarray(0, 4 * sampleBytes);
}

// Too rare to be weighed against others unless the language is told.
const onlyWhenTold = new Set(["viscii", "tcvn", "cp864", "iso-8859-10"]);
const isWide = ({ encoding }: Judged) => /^(windows-|gb18030|big5-hkscs|cp949)/.test(encoding);

/** Puts what chardet proposes first among readings that make as much sense as the best. */
function settleTies(sample: Buffer, judged: Judged[]): Judged[] {
  const top = judged[0];
  if (!top) return judged;
  const isTied = (other: Judged) => top.score - other.score < tied;
  const best = judged.filter(isTied);
  let first = top;
  if (best.some((other) => other.text !== top.text)) {
    const proposed = chardet.analyse(sample).map((match) => match.name.toLowerCase());
    const place = ({ encoding }: Judged) => proposed.indexOf(encoding) + 1 || proposed.length + 1;
    first = best.reduce((chosen, other) => (place(other) < place(chosen) ? other : chosen), top);
  }
  // Of encodings that read as the same text the one with the most characters is named: the rest of
  // the file may need them.
  const widest = judged.filter((other) => other.text === first.text).find(isWide) ?? first;
  return [widest, ...judged.filter((other) => other !== widest)];
}

function judgeAs(
  sample: Buffer,
  languages: readonly string[],
  isTold: (language: string) => boolean,
  read: Map<string, TextFeatures | null>,
): Judged[] {
  const best = new Map<string, Judged>();
  for (const language of languages) {
    languageProfiles[language]?.encodings.forEach((encoding, index) => {
      if (onlyWhenTold.has(encoding) && !isTold(language)) return;
      let features = read.get(encoding);
      if (features === undefined) {
        features = couldBe(sample, encoding) ? featuresOf(decodeAs(sample, encoding)) : null;
        if (features && strangerShare(features) > mostStrangers) features = null;
        read.set(encoding, features);
      }
      if (features === null) return;
      // What is used more comes first where little else decides.
      const rarity = (index * rarityWeight) / Math.max(1, features.total);
      const bonus = (isTold(language) ? toldBonus : 0) - rarity;
      const score = languageScore(features, language) + bonus;
      const known = best.get(encoding);
      if (known && known.score >= score) return;
      const strangers = strangerShare(features);
      best.set(encoding, { encoding, language, text: features.text, score, strangers });
    });
  }
  return settleTies(
    sample,
    [...best.values()].sort((a, b) => b.score - a.score),
  );
}

/**
 * Every encoding in which a sample (of `sampleOf`) might be, best first: those of the language that
 * is told when the text is good in one of them, else those of all languages.
 */
export function judgeEncodings(sample: Buffer, told: string | null | undefined): Judged[] {
  const read = new Map<string, TextFeatures | null>();
  const keys = keysOf(profileOf(told)?.key ?? "");
  const isTold = (language: string) => keys.includes(language);
  const judged = judgeAs(sample, keys, isTold, read);
  const top = judged[0];
  if (top && isWhatWasTold(top, read.get(top.encoding))) return judged;
  return judgeAs(sample, Object.keys(languageProfiles), isTold, read);
}

/** True when a text is so plainly in the language that was told that no other need be tried. */
function isWhatWasTold(top: Judged, features: TextFeatures | null | undefined): boolean {
  if (!features || top.score < goodScore(top.language) + toldBonus) return false;
  if (top.strangers > mostStrangersWhenTold) return false;
  // Letters alone fit many languages: Finnish passes for German in an encoding of the Macintosh.
  const hasWords = languageProfiles[top.language]?.words !== "";
  return !hasWords || commonWordShare(features, top.language) >= leastCommonWords;
}
