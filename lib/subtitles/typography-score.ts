import { beside, isLetterClass } from "./text-features";

// Punctuation that legacy encodings hold beyond ASCII and that subtitles use.
export const quotes: ReadonlySet<string> = new Set("’‘ʼ´·־׳״");
export const punctuation: ReadonlySet<string> = new Set(
  "“”„‚«»‹›–—…•♪♫°€£©®™½¼¾²³×÷±µ§¡¿ºª\u00a0\u00ad\u200e\u200f\u200b\u200c\u200d؟،؛٪%·",
);

/** What no text of any language holds, or so seldom that it speaks against the encoding. */
export function strangerCost(code: number): number {
  if (code === 0xfffd) return -10;
  if (code < 0xa0) return -6;
  if (code >= 0xe000 && code <= 0xf8ff) return -6;
  if (code >= 0x2500 && code <= 0x25ff) return -3;
  return -1.5;
}

const isWordClass = (of: number) => isLetterClass(of) || of === beside.digit;
const isOpen = (of: number) => of === beside.blank || of === beside.mark;

/**
 * How well a mark beyond ASCII stands where it stands: near 1 where print would put it, below 0
 * where it cuts a word, which is what a letter in a wrong encoding does. Undefined when the
 * character is no mark of running text.
 */
export function typographyScore(
  character: string,
  before: number,
  after: number,
): number | undefined {
  const isInWord = isLetterClass(before) && isLetterClass(after);
  switch (character) {
    case "’":
      if (isLetterClass(before)) return after === beside.blank || isInWord ? 0.95 : 0.8;
      return isWordClass(after) || before === beside.digit ? 0.5 : 0.2;
    case "‘":
      if (isInWord) return -0.5;
      return isLetterClass(after) ? 0.8 : 0.2;
    case "“":
    case "”":
    case "„":
    case "«":
    case "»":
    case "‹":
    case "›":
    case "‚":
    case "¿":
    case "¡":
      if (isInWord) return -1.5;
      if (isOpen(before) !== isOpen(after)) return 1;
      return isOpen(before) ? 0.9 : 0.2;
    case "…":
      if (isInWord) return 0.3;
      return isOpen(after) ? 1 : 0.9;
    case "—":
      return isInWord ? 0.3 : 0.8;
    case "–":
      return isInWord ? -0.2 : 0.8;
    case "×":
    case "÷":
    case "±":
      return isLetterClass(before) || isLetterClass(after) ? -1 : 0.7;
    case "♪":
    case "♫":
    case "•":
      return isLetterClass(before) || isLetterClass(after) ? -0.7 : 0.8;
    case "€":
    case "£":
    case "½":
    case "¼":
    case "¾":
    case "²":
    case "³":
    case "°":
    case "º":
    case "ª":
      if (isInWord) return -1.5;
      return before === beside.digit || after === beside.digit ? 0.8 : -0.1;
    case "§":
    case "©":
    case "®":
    case "™":
      if (isInWord) return -1.5;
      return isOpen(before) || isOpen(after) ? 0.3 : -0.5;
    case "\u00a0":
      if (isInWord) return -0.5;
      return before === beside.mark || after === beside.mark || before === beside.digit ? 0.7 : 0.2;
    case "\u00ad":
      return isInWord ? 0 : -1;
    case "´":
    case "ʼ":
    case "·":
    case "µ":
      return isInWord ? 0 : 0.1;
    default:
      if (quotes.has(character)) return isInWord ? 0.3 : 0.2;
      if (!punctuation.has(character)) return undefined;
      return isInWord ? -1 : 0.6;
  }
}
