import iconv from "iconv-lite";
import { type LanguageProfile, languageProfiles } from "./language-profiles";

// Punctuation that legacy encodings hold beyond ASCII and that subtitles use.
const quotes = new Set("’‘ʼ´·־׳״");
const punctuation = new Set(
  "“”„‚«»‹›–—…•♪♫°€£©®™½¼¾²³×÷±µ§¡¿\u00a0\u200e\u200f\u200b\u200c\u200d؟،؛%",
);

const isCombiningThai = (code: number) =>
  code === 0x0e31 || (code >= 0x0e34 && code <= 0x0e3a) || (code >= 0x0e47 && code <= 0x0e4e);
const isLetter = (character: string | undefined) =>
  character !== undefined && /[\p{L}\p{M}]/u.test(character);
const isAsciiLetter = (character: string | undefined) =>
  character !== undefined && /[a-z]/i.test(character);
const isUpper = (character: string) =>
  character !== character.toLowerCase() && character === character.toUpperCase();
const isLower = (character: string | undefined) =>
  character !== undefined &&
  character !== character.toUpperCase() &&
  character === character.toLowerCase();

/** What no text of any language holds, or so seldom that it speaks against the encoding. */
function strangerCost(code: number): number {
  if (code === 0xfffd) return -10;
  if (code < 0xa0) return -6;
  if (code >= 0xe000 && code <= 0xf8ff) return -6;
  if (code >= 0x2500 && code <= 0x25ff) return -3;
  return -1.5;
}

interface Letters {
  all: Set<string>;
  words: Set<string>;
  /** Letters of a script of its own: one beside a Latin letter is a sign of a wrong encoding. */
  isLatin: boolean;
}

const lettersOf = new Map<string, Letters>();

function lettersFor(key: string, profile: LanguageProfile): Letters {
  let letters = lettersOf.get(key);
  if (!letters) {
    const all = new Set<string>();
    for (const letter of profile.letters) {
      all.add(letter);
      for (const upper of [letter.toUpperCase(), letter.toLocaleUpperCase("tr")]) {
        if (upper.length === 1) all.add(upper);
      }
    }
    if (key === "tr" || key === "az") all.add("İ");
    const words = new Set(profile.words.split(" ").filter((word) => word !== ""));
    letters = { all, words, isLatin: /[\u00c0-\u024f]/.test(profile.letters) };
    lettersOf.set(key, letters);
  }
  return letters;
}

/** The words of a text in lower case, apostrophes kept. */
export function wordsOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replaceAll("i̇", "i")
      .match(/[\p{L}\p{M}]+(?:['’-][\p{L}\p{M}]+)*/gu) ?? []
  );
}

/** How much of a text are common words of a language, 0 to 1. */
export function commonWordShare(words: readonly string[], key: string): number {
  const profile = languageProfiles[key];
  if (!profile || words.length === 0) return 0;
  const { words: common } = lettersFor(key, profile);
  let hits = 0;
  for (const word of words) if (common.has(word)) hits += 1;
  return hits / words.length;
}

/**
 * How well the characters beyond ASCII suit a language with an alphabet: 1 when all are its
 * letters, well placed; below 0 when they are not.
 */
function alphabetScore(text: string, key: string): number {
  const profile = languageProfiles[key];
  if (!profile) return -10;
  const letters = lettersFor(key, profile);
  let sum = 0;
  let count = 0;
  const characters = text;
  for (let at = 0; at < characters.length; at += 1) {
    const code = characters.charCodeAt(at);
    if (code < 0x80) continue;
    const character = characters[at] ?? "";
    const before = characters[at - 1];
    const after = characters[at + 1];
    count += 1;
    if (letters.all.has(character)) {
      let value = 1;
      if (isUpper(character)) {
        if (isLower(before)) value = -1;
        else if (isLower(after) || !isLetter(before)) value = 0.9;
        else value = 0.8;
      }
      if (!letters.isLatin && (isAsciiLetter(before) || isAsciiLetter(after))) value -= 1;
      if (
        key === "th" &&
        isCombiningThai(code) &&
        !(before && before >= "\u0e01" && before <= "\u0e4e")
      ) {
        value = -2;
      }
      sum += value;
    } else if (quotes.has(character)) {
      sum += 0.4;
    } else if (punctuation.has(character)) {
      sum +=
        isLetter(before) && isLetter(after) && character !== "—" && character !== "…" ? -1.5 : 0.5;
    } else {
      sum += strangerCost(code);
    }
  }
  return count === 0 ? 0 : sum / count;
}

/** Every character of a double-byte range, by decoding it: the common ones of a standard. */
function standardCharacters(encoding: string, leads: [number, number], trails: [number, number][]) {
  const bytes: number[] = [];
  for (let lead = leads[0]; lead <= leads[1]; lead += 1) {
    for (const [first, last] of trails) {
      for (let trail = first; trail <= last; trail += 1) bytes.push(lead, trail);
    }
  }
  return new Set(iconv.decode(Buffer.from(bytes), encoding));
}

interface HanCommons {
  /** Level 1 of the national standard: the few thousand that everyday text is made of. */
  standard: Set<string>;
  /** The commonest in dialogue, of which a third and more of it is made. */
  common: Set<string>;
}

const dialogueHan: Record<string, string> = {
  "zh-Hans":
    "的我你是了不们这一他么在有个好来人那要会就什没到说吗为想能上去道她很看可知得过吧还对里以都事子生时样也和下真怎点只大后小自现回天吃家谁走给把让别叫出死开打前再见",
  "zh-Hant":
    "的我你是了不們這一他麼在有個好來人那要會就什沒到說嗎為想能上去道她很看可知得過吧還對裡以都事子生時樣也和下真怎點只大後小自現回天吃家誰走給把讓別叫出死開打前再見",
  ja: "人何私言事今僕君彼行見来大出気分間手前日子時本当知思生一上中話家者自達誰方女男入死先",
};
const dialogueHangul =
  "이다는을가에고나어지아하그의내거너도면기해요서네리야자만한게안있니라은를로들사왜우말좀뭐수일없당신";

let hanCommons: Record<string, HanCommons> | undefined;

function commonsOf(key: string): HanCommons | undefined {
  // GB 2312 rows 16 to 55, Big5 0xA440 to 0xC67E, JIS X 0208 level 1: ordered by use there.
  hanCommons ??= {
    "zh-Hans": {
      standard: standardCharacters("gbk", [0xb0, 0xd7], [[0xa1, 0xfe]]),
      common: new Set(dialogueHan["zh-Hans"]),
    },
    "zh-Hant": {
      standard: standardCharacters(
        "big5",
        [0xa4, 0xc6],
        [
          [0x40, 0x7e],
          [0xa1, 0xfe],
        ],
      ),
      common: new Set(dialogueHan["zh-Hant"]),
    },
    ja: {
      standard: standardCharacters(
        "shift_jis",
        [0x89, 0x97],
        [
          [0x40, 0x7e],
          [0x80, 0xfc],
        ],
      ),
      common: new Set(dialogueHan.ja),
    },
    ko: {
      standard: standardCharacters("euc-kr", [0xb0, 0xc8], [[0xa1, 0xfe]]),
      common: new Set(dialogueHangul),
    },
  };
  return hanCommons[key];
}

/** As `alphabetScore`, for Chinese, Japanese and Korean. */
function eastAsianScore(text: string, key: string): number {
  const commons = commonsOf(key);
  if (!commons) return -10;
  let sum = 0;
  let count = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) continue;
    count += 1;
    if (commons.common.has(character)) sum += 1.6;
    else if (code >= 0x3040 && code <= 0x30ff) sum += key === "ja" ? 1.2 : -1.5;
    else if (code >= 0xac00 && code <= 0xd7a3) {
      sum += key !== "ko" ? -2 : commons.standard.has(character) ? 0.7 : -0.8;
    } else if (code >= 0x4e00 && code <= 0x9fff) {
      sum += key === "ko" ? -0.7 : commons.standard.has(character) ? 0.5 : -0.8;
    } else if ((code >= 0x3000 && code <= 0x303f) || (code >= 0xff01 && code <= 0xff5e)) sum += 0.7;
    // Half-width katakana is what other encodings look like when they are read as Shift_JIS.
    else if (code >= 0xff61 && code <= 0xff9f) sum -= 1;
    else if (quotes.has(character) || punctuation.has(character)) sum += 0.3;
    else sum += strangerCost(code);
  }
  return count === 0 ? 0 : sum / count;
}

/** Languages whose text is judged by `eastAsianScore`. */
export const eastAsian: ReadonlySet<string> = new Set(["ja", "ko", "zh-Hans", "zh-Hant"]);

const thaiWords = ["ไม่", "ที่", "เป็น", "ได้", "คุณ", "ของ", "ฉัน", "ว่า", "มัน", "จะ", "ไป", "นี่", "ให้"];

/** How surely a text is of a language, by its letters and words: above 1 is as good as sure. */
export function languageScore(text: string, words: readonly string[], key: string): number {
  if (eastAsian.has(key)) return eastAsianScore(text, key);
  const byLetters = alphabetScore(text, key);
  if (key !== "th") return byLetters + 2 * commonWordShare(words, key);
  // Thai is written without blanks: its words are looked for in the letters.
  const letters = text.match(/[\u0e00-\u0e7f]/g)?.length ?? 0;
  const hits = thaiWords.reduce((sum, word) => sum + text.split(word).length - 1, 0);
  return byLetters + Math.min(1, letters === 0 ? 0 : (hits * 8) / letters);
}
