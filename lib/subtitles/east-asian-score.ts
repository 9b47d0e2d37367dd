import iconv from "iconv-lite";
import { punctuation, quotes, strangerCost } from "./typography-score";

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

/** How well the characters beyond ASCII suit Chinese, Japanese or Korean: 1 and more when well. */
export function eastAsianScore(text: string, key: string): number {
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

/** Languages whose text is judged by it. */
export const eastAsian: ReadonlySet<string> = new Set(["ja", "ko", "zh-Hans", "zh-Hant"]);
