import type { Cue } from "../cue";
import { decodeEntities, plainStyle, type Run, renderRuns, type Style } from "../markup";

interface Rates {
  frames: number;
  ticks: number;
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

/** What a tag says of the style, its own attributes over those of the style that it names. */
function styled(tag: string, base: Style, named: Map<string, string>): Style {
  const sources = [named.get(attribute(tag, "style") ?? "") ?? "", tag];
  const style = { ...base };
  for (const source of sources) {
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
  const [top = "1", bottom = "1"] = (attribute(root, "frameRateMultiplier") ?? "1 1").split(
    /[\s:]+/,
  );
  const multiplier = Number(top) / Number(bottom) || 1;
  const frames = (Number(attribute(root, "frameRate")) || 30) * multiplier;
  const rates = { frames, ticks: Number(attribute(root, "tickRate")) || frames };
  const named = new Map<string, string>();
  const topRegions = new Set<string>();
  for (const [tag, kind] of text.matchAll(/<(?:[\w-]{1,20}:)?(style|region)\b[^<>]{0,1000}>/gi)) {
    const id = attribute(tag, "id");
    if (!id) continue;
    if (kind?.toLowerCase() === "style") named.set(id, tag);
    else if (/displayAlign\s*=\s*["']before/i.test(tag)) topRegions.add(id);
  }
  const cues: Cue[] = [];
  for (const match of text.matchAll(/<(?:[\w-]{1,20}:)?p\b([^<>]{0,1000})>/gi)) {
    const opening = match[0];
    const startMs = timeMs(attribute(opening, "begin"), rates);
    if (startMs === undefined || opening.endsWith("/>")) continue;
    const durationMs = timeMs(attribute(opening, "dur"), rates);
    const endMs =
      timeMs(attribute(opening, "end"), rates) ??
      (durationMs === undefined ? startMs : startMs + durationMs);
    const from = match.index + opening.length;
    const rest = text.slice(from, from + 4000);
    const close = rest.search(/<\/(?:[\w-]{1,20}:)?p\s*>/i);
    cues.push({
      startMs,
      endMs,
      text: readParagraph(
        close === -1 ? "" : rest.slice(0, close),
        styled(opening, plainStyle, named),
        named,
      ),
      position: topRegions.has(attribute(opening, "region") ?? "") ? 8 : 2,
    });
  }
  return cues;
}
