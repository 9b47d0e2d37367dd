import { type Cue, type CuePosition, linesOf } from "../cue";
import { readMarkup } from "../markup";
import { asItCame, shownMs, type Timing } from "../timing";
import { readTiming } from "./srt";

/** Our nine positions from WebVTT's `line` and `align`/`position` settings. */
function readSettings(rest: string): CuePosition {
  const settings = new Map<string, string>();
  for (const setting of rest.trim().split(/\s+/)) {
    const colon = setting.indexOf(":");
    if (colon > 0) settings.set(setting.slice(0, colon), setting.slice(colon + 1));
  }
  const line = settings.get("line")?.split(",")[0] ?? "auto";
  const number = Number.parseFloat(line);
  let row = 0;
  if (!Number.isNaN(number)) {
    if (line.endsWith("%")) row = number < 34 ? 2 : number < 67 ? 1 : 0;
    else row = number >= 0 && number < 5 ? 2 : 0;
  }
  const align = settings.get("align");
  const place = Number.parseFloat(settings.get("position") ?? "50");
  // `start` is the left only for left-to-right text, so it moves a cue only with a position.
  const column =
    align === "left" || (align === "start" && place < 34)
      ? 1
      : align === "right" || (align === "end" && place > 66)
        ? 3
        : 2;
  return (row * 3 + column) as CuePosition;
}

/** Reads WebVTT, and what calls itself so: comments, styles, regions and identifiers are left. */
export function readWebVtt(text: string): Cue[] {
  const cues: Cue[] = [];
  const lines = linesOf(text);
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    if (/^(NOTE|STYLE|REGION)(\s|$)/.test(line)) {
      while (at + 1 < lines.length && (lines[at + 1] ?? "") !== "") at += 1;
      continue;
    }
    const timing = readTiming(line);
    if (!timing) continue;
    const words: string[] = [];
    while (at + 1 < lines.length) {
      const next = lines[at + 1] ?? "";
      if (next.trim() === "" || readTiming(next)) break;
      words.push(next);
      at += 1;
    }
    const { text: markup, position } = readMarkup(words.join("\n"));
    cues.push({
      startMs: timing.startMs,
      endMs: timing.endMs,
      text: markup,
      position: position ?? readSettings(timing.rest),
    });
  }
  return cues;
}

const two = (value: number) => String(value).padStart(2, "0");

function moment(ms: number): string {
  const whole = Math.floor(ms / 1000);
  const clock = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60].map(two);
  return `${clock.join(":")}.${String(ms % 1000).padStart(3, "0")}`;
}

function settingsOf(position: CuePosition): string {
  const row = Math.ceil(position / 3);
  const line = row === 3 ? " line:0" : row === 2 ? " line:50%" : "";
  const column = position % 3;
  if (column === 1) return `${line} position:5% align:left`;
  return column === 0 ? `${line} position:95% align:right` : line;
}

/**
 * Writes cues as WebVTT (W3C WebVTT, section 4) that a strict parser takes without a word: UTF-8
 * text, `\n` line ends, ordered by start.
 *
 * @param cues as `parseSubtitle` gives them: ordered, each with an end after its start and text
 *   without empty lines.
 * @param timing moves every cue; what then ends before the movie starts is left out.
 */
export function writeWebVtt(cues: readonly Cue[], timing: Partial<Timing> = {}): string {
  const { offsetMs, speed } = { ...asItCame, ...timing };
  const moved = (ms: number) => Math.round(shownMs(Math.round(ms), { offsetMs, speed }));
  let written = "WEBVTT\n";
  for (const cue of cues) {
    const startMs = Math.max(0, moved(cue.startMs));
    const endMs = moved(cue.endMs);
    if (endMs <= startMs || cue.text === "") continue;
    written += `\n${moment(startMs)} --> ${moment(endMs)}${settingsOf(cue.position)}\n${cue.text}\n`;
  }
  return written;
}
