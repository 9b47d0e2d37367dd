import type { Cue } from "../cue";
import { decodeEntities, plainStyle, type Run, renderRuns, type Style } from "../markup";

interface Rates {
  /** Frames per second. */
  frames: number;
  /** Ticks per second. */
  ticks: number;
}

/** The rates that the root element tells, or TTML's own (TTML 1, 6.2.4, 6.2.5 and 6.2.10). */
function ratesOf(root: string): Rates {
  const [top = "1", bottom = "1"] = (attribute(root, "frameRateMultiplier") ?? "1 1").split(
    /[\s:]+/,
  );
  const told = Number(attribute(root, "frameRate"));
  const frames = (told || 30) * (Number(top) / Number(bottom) || 1);
  const subFrames = Number(attribute(root, "subFrameRate")) || 1;
  const ticks = Number(attribute(root, "tickRate")) || (told ? frames * subFrames : 1);
  return { frames, ticks };
}

/** A TTML time expression (TTML 1, 10.3.1): clock time or offset, in milliseconds. */
function timeMs(text: string | undefined, rates: Rates): number | undefined {
  if (text === undefined) return undefined;
  const clock = /^\s*(\d{1,3}):(\d{1,2}):(\d{1,2})(?:([.:])(\d{1,9}))?/.exec(text);
  if (clock) {
    const [, hours, minutes, seconds, mark, fraction = "0"] = clock;
    const whole = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
    const part = mark === ":" ? Number(fraction) / rates.frames : Number(`0.${fraction}`);
    return Math.round((whole + part) * 1000);
  }
  const offset = /^\s*(\d{1,12}(?:\.\d{1,9})?)\s*(h|ms|m|s|f|t)\s*$/.exec(text);
  if (!offset) return undefined;
  const unitMs = {
    h: 3_600_000,
    m: 60_000,
    s: 1000,
    ms: 1,
    f: 1000 / rates.frames,
    t: 1000 / rates.ticks,
  }[offset[2] as "h" | "m" | "s" | "ms" | "f" | "t"];
  return Math.round(Number(offset[1]) * unitMs);
}

function attribute(tag: string, name: string): string | undefined {
  const found = new RegExp(
    String.raw`[\s:]${name}\s*=\s*(?:"([^"]{0,200})"|'([^']{0,200})')`,
    "i",
  ).exec(tag);
  return found?.[1] ?? found?.[2];
}

/** What a tag says of the style, its own attributes over those of the styles that it names. */
function styled(tag: string, base: Style, named: Map<string, string>): Style {
  const names = (attribute(tag, "style") ?? "").split(/\s+/);
  const style = { ...base };
  for (const source of [...names.map((name) => named.get(name) ?? ""), tag]) {
    const slant = attribute(source, "fontStyle");
    const weight = attribute(source, "fontWeight");
    const line = attribute(source, "textDecoration");
    if (slant) style.italic = /italic|oblique/i.test(slant);
    if (weight) style.bold = /bold/i.test(weight);
    if (line) style.underline = /(^|\s)underline/i.test(line);
  }
  return style;
}

function readParagraph(inner: string, base: Style, named: Map<string, string>): string {
  const runs: Run[] = [];
  const stack: Style[] = [base];
  const current = () => stack.at(-1) ?? plainStyle;
  let from = 0;
  const add = (text: string) => {
    // White space of the file's layout is one blank (xml:space="default").
    const words = decodeEntities(text.replaceAll(/\s+/g, " "));
    if (words !== "") runs.push({ text: words, ...current() });
  };
  for (const match of inner.matchAll(
    /<(\/?)(?:[\w-]{1,20}:)?(br|span)\b([^<>]{0,500})>|<[^<>]{0,500}>/gi,
  )) {
    add(inner.slice(from, match.index));
    from = match.index + match[0].length;
    const name = match[2]?.toLowerCase();
    if (name === "br") runs.push({ text: "\n", ...current() });
    else if (name === "span" && match[1] === "/") {
      if (stack.length > 1) stack.pop();
    } else if (name === "span" && !match[3]?.endsWith("/")) {
      stack.push(styled(match[0], current(), named));
    }
  }
  add(inner.slice(from));
  return renderRuns(runs);
}

/** Reads TTML and DFXP: `<p begin end|dur>` with spans, breaks, and regions at the top. */
export function readTtml(text: string): Cue[] {
  const root = /<(?:[\w-]{1,20}:)?tt\b[^<>]{0,2000}>/i.exec(text)?.[0] ?? "";
  const rates = ratesOf(root);
  const named = new Map<string, string>();
  const topRegions = new Set<string>();
  let region: string | undefined;
  for (const [tag, slash, kind] of text.matchAll(
    /<(\/?)(?:[\w-]{1,20}:)?(style|region)\b[^<>]{0,1000}>/gi,
  )) {
    const id = attribute(tag, "id");
    const isRegion = kind?.toLowerCase() === "region";
    if (isRegion) region = slash || tag.endsWith("/>") ? undefined : id;
    else if (id) named.set(id, tag);
    // A region is styled by its own attributes or by the style elements within.
    const owner = isRegion ? id : region;
    if (owner && attribute(tag, "displayAlign") === "before") topRegions.add(owner);
  }
  const cues: Cue[] = [];
  // Times of a paragraph count from the beginning of what it stands in.
  const begins: number[] = [0];
  for (const match of text.matchAll(
    /<(\/?)(?:[\w-]{1,20}:)?(body|div|p)(?=[\s/>])[^<>]{0,1000}>/gi,
  )) {
    const opening = match[0];
    if (match[1] !== "/" && opening.endsWith("/>")) continue;
    const baseMs = begins.at(-1) ?? 0;
    const ownMs = timeMs(attribute(opening, "begin"), rates);
    if (match[2]?.toLowerCase() !== "p") {
      if (match[1] !== "/") begins.push(baseMs + (ownMs ?? 0));
      else if (begins.length > 1) begins.pop();
      continue;
    }
    if (match[1] === "/" || ownMs === undefined) continue;
    const startMs = baseMs + ownMs;
    const durationMs = timeMs(attribute(opening, "dur"), rates);
    const toldMs = timeMs(attribute(opening, "end"), rates);
    const endMs = toldMs === undefined ? startMs + (durationMs ?? 0) : baseMs + toldMs;
    const from = match.index + opening.length;
    const close = closeOf(text, from);
    cues.push({
      startMs,
      endMs,
      text: readParagraph(text.slice(from, close), styled(opening, plainStyle, named), named),
      position: topRegions.has(attribute(opening, "region") ?? "") ? 8 : 2,
    });
  }
  return cues;
}

/** Far more than a paragraph holds. */
const longestParagraph = 4000;

/** Where a paragraph ends: at its closing tag, or where the next begins if that is missing. */
function closeOf(text: string, from: number): number {
  const pattern = /<\/?(?:[\w-]{1,20}:)?p(?=[\s/>])/gi;
  pattern.lastIndex = from;
  const at = pattern.exec(text.slice(0, from + longestParagraph))?.index ?? -1;
  return at === -1 ? from : at;
}
