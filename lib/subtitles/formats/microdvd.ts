import { type Cue, type CuePosition, linesOf } from "../cue";
import { plainStyle, type Run, renderRuns, type Style } from "../markup";

/** Pictures per second that are taken when neither the file nor the video tells. */
const usualFps = 24_000 / 1001;

/**
 * Reads `|`-separated lines in which a leading `/`, or `{y:i}` and its like, set the style, and
 * `{P:0}` puts the cue at the top.
 */
function readPipedLines(source: string): { text: string; position: CuePosition } {
  const runs: Run[] = [];
  let position: CuePosition = 2;
  const forAll: Style = { ...plainStyle };
  source.split("|").forEach((part, index) => {
    const style: Style = { ...forAll };
    let text = part;
    for (;;) {
      // {y:i} holds for this line, {Y:i} for the whole cue; {c:…}, {f:…}, {s:…}, {o:…} are looks.
      const code = /^\s*\{([a-z]):([^{}]{0,60})\}/i.exec(text);
      if (!code) break;
      text = text.slice(code[0].length);
      if (/^p$/i.test(code[1] ?? "") && code[2] === "0") position = 8;
      if (code[1]?.toLowerCase() !== "y") continue;
      for (const target of code[1] === "Y" ? [forAll, style] : [style]) {
        if (/i/i.test(code[2] ?? "")) target.italic = true;
        if (/b/i.test(code[2] ?? "")) target.bold = true;
        if (/u/i.test(code[2] ?? "")) target.underline = true;
      }
    }
    if (/^\s*\//.test(text)) {
      text = text.replace(/^\s*\//, "");
      style.italic = true;
    }
    runs.push({ text: `${index > 0 ? "\n" : ""}${text}`, ...style });
  });
  return { text: renderRuns(runs), position };
}

/**
 * Reads MicroDVD, whose times are picture numbers: `{100}{150}first line|second line`. A first cue
 * `{1}{1}25` tells the rate; else the video's is taken.
 */
export function readMicroDvd(
  text: string,
  options: { fps?: number | null | undefined } = {},
): Cue[] {
  let fps = options.fps && options.fps > 1 && options.fps < 1000 ? options.fps : usualFps;
  const cues: Cue[] = [];
  for (const line of linesOf(text)) {
    const parts = /^\s*\{\s*(\d{1,8})\s*\}\s*\{\s*(\d{0,8})\s*\}(.*)$/.exec(line);
    if (!parts) continue;
    const [, from, to, words = ""] = parts;
    const first = Number(from);
    const last = to === "" || to === undefined ? first : Number(to);
    const rate = /^\s*(\d{2,3}(?:[.,]\d{1,4})?)\s*$/.exec(words);
    if (cues.length === 0 && rate && first <= 1 && last <= 1) {
      fps = Number(rate[1]?.replace(",", ".")) || fps;
      continue;
    }
    cues.push({
      startMs: Math.round((first / fps) * 1000),
      endMs: Math.round((last / fps) * 1000),
      ...readPipedLines(words),
    });
  }
  return cues;
}

/** Reads MPL2: as MicroDVD, in square brackets and tenths of a second. */
export function readMpl2(text: string): Cue[] {
  const cues: Cue[] = [];
  for (const line of linesOf(text)) {
    const parts = /^\s*\[\s*(\d{1,8})\s*\]\s*\[\s*(\d{0,8})\s*\](.*)$/.exec(line);
    if (!parts) continue;
    const startMs = Number(parts[1]) * 100;
    const endMs = parts[2] === "" ? startMs : Number(parts[2]) * 100;
    cues.push({ startMs, endMs, ...readPipedLines(parts[3] ?? "") });
  }
  return cues;
}
