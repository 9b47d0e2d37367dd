import { eastAsian, eastAsianScore } from "./east-asian-score";
import { type LanguageProfile, languageProfiles } from "./language-profiles";
import {
  beside,
  isAsciiClass,
  isLetterClass,
  type Occurrence,
  type TextFeatures,
} from "./text-features";
import { strangerCost, typographyScore } from "./typography-score";

interface Letters {
  all: Set<number>;
  /** Common words, and whether they are of ASCII letters alone. */
  words: Map<string, boolean>;
  /** False for a script of its own: there a letter beside a Latin one is a sign of a wrong encoding. */
  isLatin: boolean;
}

const lettersOf = new Map<string, Letters>();

function lettersFor(key: string, profile: LanguageProfile): Letters {
  let letters = lettersOf.get(key);
  if (!letters) {
    const all = new Set<number>();
    for (const letter of profile.letters) {
      all.add(letter.charCodeAt(0));
      for (const upper of [letter.toUpperCase(), letter.toLocaleUpperCase("tr")]) {
        if (upper.length === 1) all.add(upper.charCodeAt(0));
      }
    }
    if (key === "tr" || key === "az") all.add("İ".charCodeAt(0));
    const common = profile.words.split(" ").filter((word) => word !== "");
    const words = new Map(common.map((word) => [word, /^[\0-\x7f]*$/.test(word)]));
    letters = { all, words, isLatin: /[\u00c0-\u024f]/.test(profile.letters) };
    lettersOf.set(key, letters);
  }
  return letters;
}

/**
 * How much of a text are common words of a language, 0 to 1; more when words that hold letters
 * beyond ASCII are counted several times, since a wrong encoding has none of them.
 */
export function commonWordShare(features: TextFeatures, key: string, tellingWeight = 1): number {
  const profile = languageProfiles[key];
  const { counts, total } = features.words();
  if (!profile || total === 0) return 0;
  let hits = 0;
  for (const [word, isAscii] of lettersFor(key, profile).words) {
    hits += (counts.get(word) ?? 0) * (isAscii ? 1 : tellingWeight);
  }
  return hits / total;
}

const isUpperClass = (of: number) => of === beside.upper || of === beside.upperAscii;
const isLowerClass = (of: number) => of === beside.lower || of === beside.lowerAscii;
const isCombiningThai = (code: number) =>
  code === 0x0e31 || (code >= 0x0e34 && code <= 0x0e3a) || (code >= 0x0e47 && code <= 0x0e4e);
const isOwnClass = (of: number) => isLetterClass(of) && !isAsciiClass(of);

/** A letter of the language, by its case and its neighbours. */
function letterScore({ own, before, after }: Occurrence, letters: Letters): number {
  let value = 1;
  if (own === beside.upper) {
    if (isLowerClass(before)) value = -1;
    else value = isLowerClass(after) || !isLetterClass(before) ? 0.95 : 0.85;
  } else if (own === beside.lower && isUpperClass(before) && isUpperClass(after)) value = -0.5;
  if (before === beside.digit) value -= after === beside.digit ? 1.5 : 0.5;
  if (letters.isLatin) return value;
  if (isAsciiClass(before) || isAsciiClass(after)) return value - 2;
  // A letter all alone: a word of one letter, or what a mark of another encoding looks like.
  return isOwnClass(before) || isOwnClass(after) ? value : value - 0.5;
}

/** Letters of names from elsewhere, which stand in subtitles of every language with a Latin alphabet. */
const lettersOfNames: ReadonlySet<number> = new Set(
  [..."éèëüöäáíóñçåøÉÜÖÄÁÓÑÇÅØ"].map((letter) => letter.charCodeAt(0)),
);
const nameLetterWorth = -0.2;
/** What a letter is worth to a language that hardly uses it: less than a mark in its place. */
const rareLetterWorth = 0.75;
/** How many times a common word counts that an encoding might have broken. */
const tellingWordWeight = 3;

const outsiders = new WeakMap<TextFeatures, Float64Array>();

/** What each occurrence is worth to a language that it is no letter of; the same for all. */
function worthAsOutsider(features: TextFeatures): Float64Array {
  let worth = outsiders.get(features);
  if (!worth) {
    worth = Float64Array.from(features.occurrences, ({ code, before, after }) => {
      const mark = typographyScore(String.fromCharCode(code), before, after);
      return mark ?? strangerCost(code);
    });
    outsiders.set(features, worth);
  }
  return worth;
}

/** The share of characters that no text holds in any language: controls, lines of boxes, U+FFFD. */
export function strangerShare({ occurrences, total }: TextFeatures): number {
  let strangers = 0;
  for (const { code, count } of occurrences) if (strangerCost(code) < -2) strangers += count;
  return total === 0 ? 0 : strangers / total;
}

/**
 * How much the letters of another script outweigh those of the language's own, 0 to 1.
 *
 * @param lettersEach how many letters of an alphabet a character of the script stands for.
 */
function foreignShare({ asciiLetters, otherLetters }: TextFeatures, lettersEach = 1): number {
  const own = otherLetters * lettersEach;
  return Math.max(0, 0.4 - own / Math.max(1, asciiLetters + own)) / 0.4;
}

/**
 * How well the characters beyond ASCII suit a language with an alphabet: 1 when all are its
 * letters, well placed; below 0 when they are not.
 */
function alphabetScore(features: TextFeatures, key: string): number {
  const profile = languageProfiles[key];
  if (!profile) return -10;
  const letters = lettersFor(key, profile);
  const worth = worthAsOutsider(features);
  let sum = 0;
  features.occurrences.forEach((occurrence, at) => {
    const { code, before, count } = occurrence;
    let value = worth[at] ?? 0;
    if (letters.all.has(code)) {
      value = letterScore(occurrence, letters) * (profile.areLettersRare ? rareLetterWorth : 1);
      if (key === "th" && isCombiningThai(code) && before !== beside.caseless) value = -2;
    } else if (letters.isLatin && lettersOfNames.has(code)) {
      value = nameLetterWorth + letterScore(occurrence, letters) - 1;
    }
    sum += value * count;
  });
  if (features.total === 0) return 0;
  return sum / features.total - (letters.isLatin ? 0 : 1.5 * foreignShare(features));
}

const thaiWords = ["ไม่", "ที่", "เป็น", "ได้", "คุณ", "ของ", "ฉัน", "ว่า", "มัน", "จะ", "ไป", "นี่", "ให้"];

/** How surely a text is of a language, by its letters and words: above 1 is as good as sure. */
export function languageScore(features: TextFeatures, key: string): number {
  const { text } = features;
  if (eastAsian.has(key)) return eastAsianScore(text, key) - 1.5 * foreignShare(features, 3);
  const byLetters = alphabetScore(features, key);
  // Words don't mend what the letters say.
  if (byLetters < 0) return byLetters;
  if (key !== "th") {
    const isLatin = languageProfiles[key]?.letters.match(/[\u00c0-\u024f]/);
    return byLetters + 2 * commonWordShare(features, key, isLatin ? tellingWordWeight : 1);
  }
  // Thai is written without blanks: its words are looked for in the letters.
  const letters = text.match(/[\u0e00-\u0e7f]/g)?.length ?? 0;
  const hits = thaiWords.reduce((sum, word) => sum + text.split(word).length - 1, 0);
  return byLetters + Math.min(1, letters === 0 ? 0 : (hits * 8) / letters);
}
