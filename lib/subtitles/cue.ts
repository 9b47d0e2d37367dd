/**
 * Where a cue stands, as on a numeric keypad (ASS's `\an`): 1 to 3 below, 4 to 6 in the middle,
 * 7 to 9 at the top; left, centre, right. 2 is where subtitles usually are.
 */
export type CuePosition = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

/** One line of a subtitle, whatever format it came from. */
export interface Cue {
  startMs: number;
  endMs: number;
  /** Our inline markup (lib/subtitles/markup.ts): balanced i, b, u; `&`, `<`, `>` escaped. */
  text: string;
  position: CuePosition;
}

const subtitleFormats = [
  "srt",
  "webvtt",
  "ass",
  "microdvd",
  "mpl2",
  "subviewer",
  "sami",
  "ttml",
] as const;
export type SubtitleFormat = (typeof subtitleFormats)[number];

/** A number as a position; anything that is none stands below, in the middle. */
export function cuePosition(value: number): CuePosition {
  return Number.isInteger(value) && value >= 1 && value <= 9 ? (value as CuePosition) : 2;
}

/** Lines of a text whose line ends may be of any kind, CR alone included. */
export function linesOf(text: string): string[] {
  return text.split(/\r\n|[\n\r\u2028\u2029\u0085]/);
}
