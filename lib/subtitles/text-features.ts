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
  /** Its own class (see `beside`). */
  own: number;
  before: number;
  after: number;
  count: number;
}

/** What is weighed of a text: the same for every language, so it is taken once. */
export interface TextFeatures {
  text: string;
  occurrences: Occurrence[];
  /** How many characters beyond ASCII were looked at. */
  total: number;
  /** Words in lower case, with how often each stands; read when they are first asked for. */
  words(): { counts: Map<string, number>; total: number };
  asciiLetters: number;
  otherLetters: number;
}

const unknownClass = 0xff;
const classes = new Uint8Array(0x10000).fill(unknownClass);

function readClass(code: number): number {
  if (code >= 0x61 && code <= 0x7a) return beside.lowerAscii;
  if (code >= 0x41 && code <= 0x5a) return beside.upperAscii;
  if (code >= 0x30 && code <= 0x39) return beside.digit;
  if (code < 0x80) return code <= 0x20 ? beside.blank : beside.mark;
  const character = String.fromCharCode(code);
  if (/[\p{L}\p{M}]/u.test(character)) {
    const [lower, upper] = [character.toLowerCase(), character.toUpperCase()];
    if (lower === upper) return beside.caseless;
    return character === lower ? beside.lower : beside.upper;
  }
  if (/\p{Z}/u.test(character)) return beside.blank;
  return /[\p{P}\p{S}]/u.test(character) ? beside.mark : beside.other;
}

/** The class (see `beside`) of a UTF-16 code unit. */
function classOf(code: number): number {
  let found = classes[code] ?? beside.other;
  if (found === unknownClass) {
    found = readClass(code);
    classes[code] = found;
  }
  return found;
}

export const isLetterClass = (of: number) => of >= beside.lowerAscii && of <= beside.caseless;
export const isAsciiClass = (of: number) => of === beside.lowerAscii || of === beside.upperAscii;

/** The words of a text in lower case, apostrophes kept, without tags such as `<i>`. */
function wordsOf(text: string): string[] {
  return (
    text
      .replaceAll(/<[^<>\n]{0,80}>/g, " ")
      .toLowerCase()
      .replaceAll("i̇", "i")
      .match(/[\p{L}\p{M}]+(?:['’-][\p{L}\p{M}]+)*/gu) ?? []
  );
}

function countWords(text: string): { counts: Map<string, number>; total: number } {
  const counts = new Map<string, number>();
  const all = wordsOf(text);
  for (const word of all) counts.set(word, (counts.get(word) ?? 0) + 1);
  return { counts, total: all.length };
}

/**
 * How often the same word is looked at: a name that stands in every line says no more about the
 * language than one that stands in two.
 */
const mostRepeats = 2;

/** Reads a text once for all languages that it is weighed against. */
export function featuresOf(text: string): TextFeatures {
  const counts = new Map<number, number>();
  const repeats = new Map<string, number>();
  let [asciiLetters, otherLetters, total] = [0, 0, 0];
  for (const word of text.split(/[ \t\r\n]+/)) {
    const repeated = (repeats.get(word) ?? 0) + 1;
    repeats.set(word, repeated);
    if (repeated > mostRepeats) continue;
    let before: number = beside.blank;
    let own = classOf(word.charCodeAt(0));
    for (let at = 0; at < word.length; at += 1) {
      const after = at + 1 < word.length ? classOf(word.charCodeAt(at + 1)) : beside.blank;
      const code = word.charCodeAt(at);
      if (code >= 0x80) {
        const key = (code << 8) | (before << 4) | after;
        counts.set(key, (counts.get(key) ?? 0) + 1);
        total += 1;
        if (isLetterClass(own)) otherLetters += 1;
      } else if (isAsciiClass(own)) asciiLetters += 1;
      before = own;
      own = after;
    }
  }
  const occurrences = [...counts].map(([key, count]) => {
    const code = key >> 8;
    return { code, own: classOf(code), before: (key >> 4) & 15, after: key & 15, count };
  });
  let words: ReturnType<typeof countWords> | undefined;
  return {
    ...{ text, occurrences, total, asciiLetters, otherLetters },
    words() {
      words ??= countWords(text);
      return words;
    },
  };
}
