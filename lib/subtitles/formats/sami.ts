import type { Cue } from "../cue";
import { readMarkup } from "../markup";

/** The class of paragraphs that a file with several languages has most of. */
function mainClass(blocks: string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const block of blocks) {
    const name = /<p\b[^>]{0,200}\bclass\s*=\s*["']?([\w-]{1,40})/i.exec(block)?.[1]?.toLowerCase();
    if (name) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/**
 * Reads SAMI: every `<SYNC Start=ms>` shows what follows it until the next, and a blank one ends
 * it. Of several languages in one file the one with most paragraphs is read.
 */
export function readSami(text: string): Cue[] {
  const starts = [
    ...text.matchAll(/<sync\b[^>]{0,200}?\bstart\s*=\s*["']?\s*(-?\d{1,10})[^>]{0,200}>/gi),
  ];
  const blocks = starts.map((match, index) => ({
    startMs: Number(match[1]),
    // Few files tell the end; then it holds unless the next comes first.
    endMs: Number(
      /\bend\s*=\s*["']?\s*(\d{1,10})/i.exec(match[0])?.[1] ?? Number.POSITIVE_INFINITY,
    ),
    source: text.slice(match.index + match[0].length, starts[index + 1]?.index ?? text.length),
  }));
  const wanted = mainClass(blocks.map((block) => block.source));
  const cues: Cue[] = [];
  let open: Cue | undefined;
  for (const { startMs, endMs, source } of blocks) {
    const paragraphs = source.split(/(?=<p\b)/i).filter((part) => {
      const name = /<p\b[^>]{0,200}\bclass\s*=\s*["']?([\w-]{1,40})/i
        .exec(part)?.[1]
        ?.toLowerCase();
      return name === undefined || name === wanted;
    });
    // Another language's paragraph alone changes nothing for this one.
    if (paragraphs.length === 0 || (paragraphs.join("").trim() === "" && source.trim() !== ""))
      continue;
    if (open) cues.push({ ...open, endMs: Math.min(open.endMs, startMs) });
    // Line ends of the file are blanks in HTML; only <br> breaks a line.
    const { text: markup } = readMarkup(paragraphs.join(" ").replaceAll(/[ \t\r\n]+/g, " "));
    open = markup === "" ? undefined : { startMs, endMs, text: markup, position: 2 };
  }
  // Without an end the last is given the time that it takes to be read.
  if (open) cues.push({ ...open, endMs: Number.isFinite(open.endMs) ? open.endMs : open.startMs });
  return cues;
}
