import { type CuePosition, cuePosition } from "./cue";

/** Text in one style. */
export interface Run {
  text: string;
  italic: boolean;
  bold: boolean;
  underline: boolean;
}

export type Style = Omit<Run, "text">;

export const plainStyle: Style = { italic: false, bold: false, underline: false };

const namedEntities: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00a0",
  lrm: "\u200e",
  rlm: "\u200f",
  hellip: "…",
  mdash: "—",
  ndash: "–",
  laquo: "«",
  raquo: "»",
  lsquo: "‘",
  rsquo: "’",
  ldquo: "“",
  rdquo: "”",
  copy: "©",
  eacute: "é",
};

/** Turns character references into characters; what is none stays as it is. */
export function decodeEntities(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(#x[0-9a-f]{1,6}|#[0-9]{1,7}|[a-z]{2,8});?/gi, (whole, name: string) => {
    if (name[0] !== "#") {
      return (whole.endsWith(";") ? namedEntities[name.toLowerCase()] : undefined) ?? whole;
    }
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    const isScalar = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    return isScalar ? String.fromCodePoint(code) : whole;
  });
}

function escapeText(text: string): string {
  if (!/[&<>]/.test(text)) return text;
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

// Control characters, NUL among them, a BOM in the middle, half of a surrogate pair and U+FFFD's
// neighbours that are no characters. Directional marks stay: right-to-left text needs them.
const uselessCharacters =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufeff\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Far more than any screen shows at once: what is longer is a broken file, cut so that it costs nothing. */
const longestCue = 4000;

/** Anything but blanks and directional marks. */
const hasInk = /[^\s\u200e\u200f\u202a-\u202e]/;

/** Joins runs into lines, without white space at their ends and without empty lines. */
function tidyLines(runs: Run[]): Run[][] {
  const lines: Run[][] = [[]];
  let left = longestCue;
  for (const run of runs) {
    if (left <= 0) break;
    const own = run.text.slice(0, left);
    left -= own.length;
    own.split(/\r\n|[\n\r\u2028\u2029\u0085]/).forEach((part, index) => {
      if (index > 0) lines.push([]);
      const text = part.replace(uselessCharacters, "").replaceAll("\t", " ");
      if (text !== "") lines.at(-1)?.push({ ...run, text });
    });
  }
  return lines.map(trimLine).filter((line) => line.length > 0);
}

function trimLine(line: Run[]): Run[] {
  const [first, second] = line;
  if (first && !second) {
    const text = first.text.trim();
    return hasInk.test(text) ? [{ ...first, text }] : [];
  }
  const runs = line.map((run) => ({ ...run }));
  while (runs[0]) {
    runs[0].text = runs[0].text.trimStart();
    if (runs[0].text !== "") break;
    runs.shift();
  }
  for (let last = runs.at(-1); last; last = runs.at(-1)) {
    last.text = last.text.trimEnd();
    if (last.text !== "") break;
    runs.pop();
  }
  return runs.some((run) => hasInk.test(run.text)) ? runs : [];
}

const styleTags: [keyof Style, string][] = [
  ["bold", "b"],
  ["italic", "i"],
  ["underline", "u"],
];

/**
 * Writes runs as our inline markup, which is the part of WebVTT's cue text that we use: balanced
 * `<b>`, `<i>`, `<u>` (always nested in this order, never across a line), everything else escaped,
 * so that no `-->` and no tag of the source survives. Empty when nothing is to be seen.
 */
export function renderRuns(runs: Run[]): string {
  return tidyLines(runs)
    .map((line) => {
      let written = "";
      let open: string[] = [];
      for (const run of line) {
        const wanted = styleTags.filter(([key]) => run[key]).map(([, tag]) => tag);
        let shared = 0;
        while (shared < open.length && open[shared] === wanted[shared]) shared += 1;
        for (const tag of open.slice(shared).reverse()) written += `</${tag}>`;
        for (const tag of wanted.slice(shared)) written += `<${tag}>`;
        open = wanted;
        written += escapeText(run.text);
      }
      for (const tag of open.reverse()) written += `</${tag}>`;
      return written;
    })
    .join("\n");
}

/** The words of our inline markup without its tags and escapes. */
export function plainText(markup: string): string {
  if (!/[<&]/.test(markup)) return markup;
  return markup
    .replace(/<\/?[biu]>/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

// HTML that subtitles carry and that says nothing we keep, and WebVTT's own tags.
const droppedTags = new Set(
  "a abbr body c center code div font h1 h2 h3 head html img lang p pre ruby rt s sami script small span strike style sub sup sync table td tr tt v".split(
    " ",
  ),
);
const tagStyles: Record<string, keyof Style> = {
  i: "italic",
  em: "italic",
  cite: "italic",
  b: "bold",
  strong: "bold",
  u: "underline",
};

/** Changes the style by the override tags of ASS within `{…}`; tells `\an` and `\a` if present. */
function applyOverrides(block: string, style: Style): CuePosition | undefined {
  let position: CuePosition | undefined;
  for (const [, tag, value] of block.matchAll(/\\\s*(an|a|i|b|u)(-?\d{1,4})(?!\d)/gi)) {
    const number = Number(value);
    const name = tag?.toLowerCase();
    if (name === "i") style.italic = number === 1;
    else if (name === "b") style.bold = number === 1 || number >= 600;
    else if (name === "u") style.underline = number === 1;
    else if (name === "an") position = cuePosition(number);
    // SSA's \a: 1 to 3 below, 5 to 7 at the top, 9 to 11 in the middle.
    else if (number >= 5 && number <= 7) position = cuePosition(number + 2);
    else if (number >= 9 && number <= 11) position = cuePosition(number - 5);
  }
  return position;
}

/**
 * Reads text that carries HTML's or WebVTT's tags, character references, and ASS's `{\…}` blocks,
 * as they stand in SRT files of the wild: unclosed, badly nested, in capitals. A `<` that opens no
 * tag that we know is text.
 */
export function readMarkup(given: string): { text: string; position: CuePosition | undefined } {
  const source = given.slice(0, 4 * longestCue);
  // Most lines hold nothing that has to be looked at.
  if (!/[<>{&]/.test(source)) {
    return { text: renderRuns([{ text: source, ...plainStyle }]), position: undefined };
  }
  const runs: Run[] = [];
  const style: Style = { ...plainStyle };
  let position: CuePosition | undefined;
  let from = 0;
  const add = (text: string) => {
    if (text !== "") runs.push({ text: decodeEntities(text), ...style });
  };
  const token =
    /<(\/?)([a-z][a-z0-9]{0,9})((?:[\s.:/][^<>]{0,500})?)>|<\d{1,3}:[\d:.]{2,12}>|\{[^{}]{0,500}\}/gi;
  for (const match of source.matchAll(token)) {
    const [whole, slash, rawName] = match;
    const at = match.index;
    if (whole[0] === "{") {
      // Braces around anything but an override are dialogue.
      if (!/^\{\s*\\/.test(whole)) continue;
      add(source.slice(from, at));
      position = applyOverrides(whole, style) ?? position;
    } else {
      const name = rawName?.toLowerCase();
      if (name === "br") {
        add(`${source.slice(from, at)}\n`);
      } else if (name === undefined || droppedTags.has(name)) {
        add(source.slice(from, at));
      } else {
        const key = tagStyles[name];
        if (!key) continue;
        add(source.slice(from, at));
        style[key] = slash === "";
      }
    }
    from = at + whole.length;
  }
  add(source.slice(from));
  return { text: renderRuns(runs), position };
}
