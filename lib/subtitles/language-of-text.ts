import { eastAsian, eastAsianScore } from "./east-asian-score";
import { keysOf, languageProfiles, profileOf } from "./language-profiles";
import { featuresOf } from "./text-features";
import { commonWordShare } from "./text-score";

/** Scripts that one language uses far more than any other. */
const languageOfScript: Record<string, RegExp> = {
  th: /\p{Script=Thai}/gu,
  hi: /\p{Script=Devanagari}/gu,
  bn: /\p{Script=Bengali}/gu,
  ta: /\p{Script=Tamil}/gu,
  te: /\p{Script=Telugu}/gu,
  kn: /\p{Script=Kannada}/gu,
  ml: /\p{Script=Malayalam}/gu,
  si: /\p{Script=Sinhala}/gu,
  ka: /\p{Script=Georgian}/gu,
  hy: /\p{Script=Armenian}/gu,
  km: /\p{Script=Khmer}/gu,
  my: /\p{Script=Myanmar}/gu,
  lo: /\p{Script=Lao}/gu,
};
/** Letters of a script that make a text of it, and not a name or a quotation. */
const enoughLetters = 40;

/**
 * The language that a text is written in, by its letters and commonest words; null when it cannot
 * be told (too short, or a language that Vigilio has no profile of).
 */
export function languageOfText(text: string): string | null {
  const sample = text.slice(0, 40_000);
  const kana = sample.match(/[\u3040-\u30ff]/g)?.length ?? 0;
  const hangul = sample.match(/[\uac00-\ud7a3]/g)?.length ?? 0;
  const han = sample.match(/[\u4e00-\u9fff]/g)?.length ?? 0;
  if (kana + hangul + han > enoughLetters) {
    if (hangul > kana + han) return "ko";
    if (kana > han / 10) return "ja";
    const simplified = eastAsianScore(sample, "zh-Hans");
    return simplified >= eastAsianScore(sample, "zh-Hant") ? "zh-Hans" : "zh-Hant";
  }
  for (const [language, letter] of Object.entries(languageOfScript)) {
    if ((sample.match(letter)?.length ?? 0) > enoughLetters) return language;
  }
  const features = featuresOf(sample);
  if (features.words().total < 12) return null;
  const shares = Object.keys(languageProfiles)
    .filter((key) => !eastAsian.has(key) && key !== "th")
    .map((key) => ({ key, share: commonWordShare(features, key) }))
    .sort((a, b) => b.share - a.share);
  // Of languages whose common words are the same the one that more people speak stands first.
  const first = shares[0];
  if (!first || first.share < 0.12) return null;
  return first.key === "sr-Latn" ? "sr" : first.key;
}

/**
 * Settles a language between what a name or tag says and what the text is: names win unless the
 * text is plainly in another one.
 */
export function settleLanguage(said: string | null, text: string): string {
  const read = languageOfText(text);
  if (!said) return read ?? "und";
  const told = profileOf(said);
  if (!read || !told) return said;
  if (eastAsian.has(told.key) !== eastAsian.has(read)) return read;
  const features = featuresOf(text.slice(0, 40_000));
  const shareOf = (key: string) =>
    Math.max(...keysOf(key).map((own) => commonWordShare(features, own)));
  const isPlainlyOther = shareOf(told.key) * 3 < shareOf(read);
  return isPlainlyOther ? read : said;
}
