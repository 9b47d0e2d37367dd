import { type Cue, linesOf } from "../cue";
import { readMarkup } from "../markup";

// One moment as it is found in the wild: hours left out, one digit for two, a dot, comma or colon
// before the thousandths, blanks in between, a minus sign.
const momentPattern = String.raw`(-?)\s*(?:(\d{1,3})\s*:\s*)?(\d{1,3})\s*:\s*(\d{1,2})(?:\s*[.,:]\s*(\d{1,3}))?`;
const timingPattern = new RegExp(
  String.raw`^\s*${momentPattern}\s*(?:-{1,3}\s*>|[–—]\s*>|→)\s*${momentPattern}(?!\d)(.*)$`,
);

export interface Timing {
  startMs: number;
  endMs: number;
  /** What follows the moments on the line: WebVTT's cue settings. */
  rest: string;
}

function toMs(parts: (string | undefined)[]): number {
  const [sign, hours = "0", minutes = "0", seconds = "0", thousandths = "0"] = parts;
  const whole = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  const ms = whole * 1000 + Number(thousandths);
  return sign === "-" ? -ms : ms;
}

/**
 * Reads a line such as `00:00:01,000 --> 00:00:02,500`. Thousandths with fewer than three digits
 * are a number of milliseconds (`3,4` is 4 ms), as the players take them.
 */
export function readTiming(line: string): Timing | undefined {
  if (line.length > 400 || !/[>→]/.test(line)) return undefined;
  const parts = timingPattern.exec(line);
  if (!parts) return undefined;
  return {
    startMs: toMs(parts.slice(1, 6)),
    endMs: toMs(parts.slice(6, 11)),
    rest: parts[11] ?? "",
  };
}

// Coordinates of SubRip and settings of WebVTT, which some tools write into SRT.
const notText = /^\s*(?:$|[xy][12]\s*:|(?:align|line|position|size|vertical|region)\s*:)/i;

/** Text that stands on the timing's own line because a line end was lost. */
const textBehind = ({ rest }: Timing) => (/^\s/.test(rest) && !notText.test(rest) ? [rest] : []);

const isNumber = (line: string | undefined) => /^\s*\d{1,6}\s*$/.test(line ?? "");

/**
 * Reads SubRip. Timing lines are the only landmarks: numbers may be missing, wrong or doubled,
 * blank lines may be missing or stand within a text.
 */
export function readSrt(text: string): Cue[] {
  const lines = linesOf(text);
  const timings: { at: number; timing: Timing }[] = [];
  lines.forEach((line, at) => {
    const timing = readTiming(line);
    if (timing) timings.push({ at, timing });
  });
  const numbered = timings.filter(({ at }) => isNumber(lines[at - 1])).length;
  // Where a file numbers its cues, the number above a timing is no dialogue; else it may be.
  const hasNumbers = numbered * 2 > timings.length;

  return timings.map(({ at, timing }, index) => {
    let end = timings[index + 1]?.at ?? lines.length;
    if (index + 1 < timings.length && isNumber(lines[end - 1])) {
      const standsAlone = (lines[end - 2] ?? "").trim() === "";
      if (end - 1 > at && (hasNumbers || standsAlone)) end -= 1;
    }
    const { text: markup, position } = readMarkup(
      [...textBehind(timing), ...lines.slice(at + 1, end)].join("\n"),
    );
    return { startMs: timing.startMs, endMs: timing.endMs, text: markup, position: position ?? 2 };
  });
}
