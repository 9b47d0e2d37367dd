import { type Cue, linesOf } from "../cue";
import { readMarkup } from "../markup";

const rangePattern =
  /^\s*(\d{1,2}):(\d{1,2}):(\d{1,2})[.:](\d{1,3})\s*,\s*(\d{1,2}):(\d{1,2}):(\d{1,2})[.:](\d{1,3})\s*$/;
const momentPattern = /^\s*\[(\d{1,2}):(\d{1,2}):(\d{1,2})\]\s*$/;

const toMs = (hours = "0", minutes = "0", seconds = "0", fraction = "0") =>
  (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000 +
  Number(fraction.padEnd(3, "0"));

/**
 * Reads SubViewer 2 (`00:00:01.00,00:00:02.50`, then text with `[br]`) and SubViewer 1
 * (`[00:00:01]`, a line with `|`, and the next moment as the end).
 */
export function readSubViewer(text: string): Cue[] {
  const cues: Cue[] = [];
  let open: { startMs: number; endMs: number | null; words: string[] } | undefined;
  const close = (endMs?: number) => {
    if (!open) return;
    const source = open.words.join("\n").replaceAll(/\[br\]|\|/gi, "\n");
    const { text: markup, position } = readMarkup(source);
    const end = open.endMs ?? endMs ?? open.startMs;
    if (markup)
      cues.push({ startMs: open.startMs, endMs: end, text: markup, position: position ?? 2 });
    open = undefined;
  };
  for (const line of linesOf(text)) {
    const range = rangePattern.exec(line);
    const moment = range ? null : momentPattern.exec(line);
    if (range) {
      close();
      const startMs = toMs(range[1], range[2], range[3], range[4]);
      open = { startMs, endMs: toMs(range[5], range[6], range[7], range[8]), words: [] };
    } else if (moment) {
      const startMs = toMs(moment[1], moment[2], moment[3]);
      close(startMs);
      open = { startMs, endMs: null, words: [] };
    } else if (!/^\s*\[(END|INFORMATION|SUBTITLE|COLF|STYLE)\]/i.test(line)) {
      open?.words.push(line);
    }
  }
  close();
  return cues;
}
