import { type Cue, type CuePosition, cuePosition, linesOf } from "../cue";
import { plainStyle, type Run, renderRuns, type Style } from "../markup";

interface NamedStyle extends Style {
  position: CuePosition;
}

const usualStyleFields = ["name", "fontname", "fontsize"];
// The order of v4.00 and v4.00+, for files whose Format line is missing.
const usualEventFields = "layer,start,end,style,name,marginl,marginr,marginv,effect,text".split(
  ",",
);

const fieldNames = (text: string) => text.split(",").map((name) => name.trim().toLowerCase());

function timeMs(text: string | undefined): number | undefined {
  const parts = /^\s*(\d{1,3}):(\d{1,2}):(\d{1,2})(?:[.,:](\d{1,3}))?\s*$/.exec(text ?? "");
  if (!parts) return undefined;
  const [, hours, minutes, seconds, fraction = ""] = parts;
  const whole = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return whole * 1000 + Number(fraction.padEnd(3, "0"));
}

/** Splits at commas; the last of `count` fields keeps those it holds. */
function splitFields(text: string, count: number): string[] {
  const fields: string[] = [];
  let from = 0;
  while (fields.length < count - 1) {
    const comma = text.indexOf(",", from);
    if (comma === -1) break;
    fields.push(text.slice(from, comma));
    from = comma + 1;
  }
  fields.push(text.slice(from));
  return fields;
}

/**
 * Reads the text of an event: override blocks change the style, `\N` breaks the line, `\h` is a
 * space that does not break, everything between `\p1` and `\p0` draws and is no text.
 */
function readEventText(source: string, base: NamedStyle, styles: Map<string, NamedStyle>) {
  const runs: Run[] = [];
  const style: Style = { italic: base.italic, bold: base.bold, underline: base.underline };
  let position = base.position;
  let draws = false;
  const add = (text: string) => {
    if (draws || text === "") return;
    runs.push({
      text: text.replaceAll(/\\N/g, "\n").replaceAll(/\\n/g, " ").replaceAll(/\\h/g, "\u00a0"),
      ...style,
    });
  };
  const reset = (to: NamedStyle) => {
    style.italic = to.italic;
    style.bold = to.bold;
    style.underline = to.underline;
  };
  let from = 0;
  while (from < source.length) {
    const open = source.indexOf("{", from);
    const close = open === -1 ? -1 : source.indexOf("}", open);
    if (close === -1) break;
    add(source.slice(from, open));
    for (const tag of source.slice(open + 1, close).matchAll(/\\(an|a|i|b|u|p|r)([^\\}]{0,80})/g)) {
      const [, name, value = ""] = tag;
      const number = Number.parseInt(value, 10);
      // Tags that only begin alike (\iclip, \bord, \alpha, \pos …) carry a letter or a bracket.
      if (name !== "r" && !/^\s*-?\d*\s*$/.test(value)) continue;
      if (name === "i") style.italic = Number.isNaN(number) ? base.italic : number === 1;
      else if (name === "b")
        style.bold = Number.isNaN(number) ? base.bold : number === 1 || number >= 600;
      else if (name === "u") style.underline = Number.isNaN(number) ? base.underline : number === 1;
      else if (name === "p") draws = number > 0;
      else if (name === "an") position = cuePosition(number);
      else if (name === "a") position = legacyAlignment(number);
      else if (name === "r") reset(styles.get(value.trim().toLowerCase()) ?? base);
    }
    from = close + 1;
  }
  add(source.slice(from));
  return { text: renderRuns(runs), position };
}

/** SSA's alignment: 1 to 3 below, plus 4 at the top, plus 8 in the middle. */
function legacyAlignment(value: number): CuePosition {
  if (value >= 5 && value <= 7) return cuePosition(value + 2);
  if (value >= 9 && value <= 11) return cuePosition(value - 5);
  return cuePosition(value >= 1 && value <= 3 ? value : 2);
}

/**
 * Reads SubStation Alpha, v4 (SSA) and v4+ (ASS). Kept: italics, bold, underline, line breaks, the
 * nine positions. Left out: comments, drawings, fonts, colours, karaoke timing, movement. A file
 * without section headers or Format lines is read in the usual order of fields.
 */
export function readAss(text: string): Cue[] {
  const cues: Cue[] = [];
  const styles = new Map<string, NamedStyle>();
  let styleFields = usualStyleFields;
  let eventFields = usualEventFields;
  let section = "";
  for (const line of linesOf(text)) {
    const header = /^\s*\[([^\]]{1,40})\]\s*$/.exec(line);
    if (header) {
      section = header[1]?.toLowerCase() ?? "";
      continue;
    }
    const entry = /^\s*(Format|Style|Dialogue)\s*:\s*/i.exec(line);
    if (!entry) continue;
    const kind = entry[1]?.toLowerCase();
    const value = line.slice(entry[0].length);
    if (kind === "format") {
      if (section.includes("styles")) styleFields = fieldNames(value);
      else eventFields = fieldNames(value);
    } else if (kind === "style") {
      const fields = splitFields(value, styleFields.length);
      const field = (name: string) => fields[styleFields.indexOf(name)]?.trim() ?? "";
      const alignment = Number(field("alignment"));
      styles.set(field("name").replace(/^\*/, "").toLowerCase(), {
        italic: Number(field("italic")) !== 0,
        bold: Number(field("bold")) !== 0,
        underline: Number(field("underline")) !== 0,
        position: section.includes("+") ? cuePosition(alignment) : legacyAlignment(alignment),
      });
    } else {
      const fields = splitFields(value, eventFields.length);
      const field = (name: string) => fields[eventFields.indexOf(name)];
      const startMs = timeMs(field("start"));
      const endMs = timeMs(field("end"));
      if (startMs === undefined || endMs === undefined) continue;
      const name = field("style")?.trim().replace(/^\*/, "").toLowerCase() ?? "";
      const base = styles.get(name) ?? { ...plainStyle, position: 2 as const };
      cues.push({ startMs, endMs, ...readEventText(field("text") ?? "", base, styles) });
    }
  }
  return cues;
}
