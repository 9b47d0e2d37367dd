/** What stands beside a character, as far as it tells whether the character belongs there. */
export const beside = {
  blank: 0,
  mark: 1,
  digit: 2,
  lowerAscii: 3,
  upperAscii: 4,
  lower: 5,
  upper: 6,
  caseless: 7,
  other: 8,
} as const;

/** A character beyond ASCII, what stands before and behind it, and how often. */
export interface Occurrence {
  code: number;
  before: number;
  after: number;
  count: number;
}

/** What is weighed of a text: the same for every language, so it is taken once. */
export interface TextFeatures {
  text: string;
  occurrences: Occurrence[];
  /** Words in lower case, with how often each stands. */
  words: Map<string, number>;
  wordCount: number;
  asciiLetters: number;
  otherLetters: number;
}

const classes = new Map<number, number>();

/** The class (see `beside`) of a UTF-16 code unit. */
function classOf(code: number): number {
  if (code < 0x80) {
    if (code >= 0x61 && code <= 0x7a) return beside.lowerAscii;
    if (code >= 0x41 && code <= 0x5a) return beside.upperAscii;
    if (code >= 0x30 && code <= 0x39) return beside.digit;
    return code <= 0x20 ? beside.blank : beside.mark;
  }
  let found = classes.get(code);
  if (found === undefined) {
    const character = String.fromCharCode(code);
    if (/[\p{L}\p{M}]/u.test(character)) {
      const [lower, upper] = [character.toLowerCase(), character.toUpperCase()];
      if (lower === upper) found = beside.caseless;
      else found = character === lower ? beside.lower : beside.upper;
    } else {
      found = /[\p{P}\p{S}]/u.test(character) ? beside.mark : beside.other;
      if (/\p{Z}/u.test(character)) found = beside.blank;
    }
    classes.set(code, found);
  }
  return found;
}

export const isLetterClass = (of: number) => of >= beside.lowerAscii && of <= beside.caseless;
export const isAsciiClass = (of: number) => of === beside.lowerAscii || of === beside.upperAscii;

/** The words of a text in lower case, apostrophes kept. */
function wordsOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replaceAll("i̇", "i")
      .match(/[\p{L}\p{M}]+(?:['’-][\p{L}\p{M}]+)*/gu) ?? []
  );
}

/** Reads a text once for all languages that it is weighed against. */
export function featuresOf(text: string): TextFeatures {
  const counts = new Map<number, number>();
  let [asciiLetters, otherLetters] = [0, 0];
  let before: number = beside.blank;
  let own = text.length > 0 ? classOf(text.charCodeAt(0)) : beside.blank;
  for (let at = 0; at < text.length; at += 1) {
    const after = at + 1 < text.length ? classOf(text.charCodeAt(at + 1)) : beside.blank;
    const code = text.charCodeAt(at);
    if (code >= 0x80) {
      const key = code * 128 + before * 11 + after;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      if (isLetterClass(own)) otherLetters += 1;
    } else if (isAsciiClass(own)) asciiLetters += 1;
    before = own;
    own = after;
  }
  const occurrences = [...counts].map(([key, count]) => ({
    code: key >> 7,
    before: Math.floor((key & 127) / 11),
    after: (key & 127) % 11,
    count,
  }));
  const words = new Map<string, number>();
  const all = wordsOf(text);
  for (const word of all) words.set(word, (words.get(word) ?? 0) + 1);
  return { text, occurrences, words, wordCount: all.length, asciiLetters, otherLetters };
}
