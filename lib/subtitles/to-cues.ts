import { type Reason, reason } from "@/lib/errors";
import { withoutAdvertisements } from "./clean";
import { type Cue, linesOf, type SubtitleFormat } from "./cue";
import { readAss } from "./formats/ass";
import { readMicroDvd, readMpl2 } from "./formats/microdvd";
import { readSami } from "./formats/sami";
import { readSrt, readTiming } from "./formats/srt";
import { readSubViewer } from "./formats/subviewer";
import { readTtml } from "./formats/ttml";
import { readWebVtt } from "./formats/webvtt";
import { plainText } from "./markup";
import { isQuotaNotice, textReason } from "./not-subtitle";

export interface ReadOptions {
  /** The video's pictures per second: MicroDVD counts pictures. */
  fps?: number | null | undefined;
  /** Leave advertisements in: for comparing what a file held with what is shown. */
  keepAdvertisements?: boolean | undefined;
}

export type ReadSubtitle = { cues: Cue[]; format: SubtitleFormat } | { reason: Reason };

/** Nothing shown later than this belongs to a movie (36 hours). */
const latestMs = 36 * 3_600_000;
/** A cue whose end is wrong stays as long as it takes to read, within these bounds. */
const shortestMs = 1000;
const longestRepairMs = 6000;
/** Overlaps up to this long are sloppy timing; longer ones are two people speaking. */
const sloppyOverlapMs = 200;

/** Tells the format from the text itself: file names lie too often (`.sub`, `.txt`). */
function formatOf(text: string): SubtitleFormat | null {
  const start = text.slice(0, 4000);
  if (/^\s*WEBVTT/.test(start)) return "webvtt";
  if (/<sami\b/i.test(start) || /<sync\b[^<>]{0,200}start\s*=/i.test(start)) return "sami";
  if (/<(?:[\w-]{1,20}:)?tt\b/i.test(start)) return "ttml";
  if (/^\s*\[(script info|v4\+? styles|events)\]/im.test(start)) return "ass";
  for (const line of linesOf(text.slice(0, 200_000))) {
    if (readTiming(line)) return "srt";
    if (/^\s*Dialogue\s*:[^,]{0,20},\s*\d{1,3}:\d{1,2}:/i.test(line)) return "ass";
    if (/^\s*\{\s*\d{1,8}\s*\}\s*\{\s*\d{0,8}\s*\}/.test(line)) return "microdvd";
    if (/^\s*\[\s*\d{1,8}\s*\]\s*\[\s*\d{0,8}\s*\]/.test(line)) return "mpl2";
    if (/^\s*\d{1,2}:\d{2}:\d{2}[.:]\d{1,3}\s*,\s*\d{1,2}:\d{2}:\d{2}[.:]\d{1,3}\s*$/.test(line))
      return "subviewer";
    if (/^\s*\[\d{1,2}:\d{2}:\d{2}\]\s*$/.test(line)) return "subviewer";
  }
  return null;
}

const readers: Record<SubtitleFormat, (text: string, options: ReadOptions) => Cue[]> = {
  srt: readSrt,
  webvtt: readWebVtt,
  ass: readAss,
  microdvd: readMicroDvd,
  mpl2: readMpl2,
  subviewer: readSubViewer,
  sami: readSami,
  ttml: readTtml,
};

/** How long a text takes to read, in milliseconds: about 16 characters a second. */
function readingMs(markup: string): number {
  return Math.min(longestRepairMs, Math.max(shortestMs, 600 + plainText(markup).length * 60));
}

/**
 * Puts cues into an order that plays: sorted, without empty and double ones, none before the
 * start, none without length, small overlaps cut.
 */
export function tidyCues(cues: readonly Cue[]): Cue[] {
  const kept = cues
    .filter(
      (cue) => cue.text !== "" && cue.startMs < latestMs && Math.max(cue.endMs, cue.startMs) > 0,
    )
    .map((cue) => ({ ...cue, startMs: Math.max(0, cue.startMs) }))
    .sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs);
  // The start of the next cue that begins later, for each: from the end, so that it stays linear.
  const nextStartMs: number[] = [];
  for (let at = kept.length - 1; at >= 0; at -= 1) {
    const [own, next] = [kept[at]?.startMs ?? 0, kept[at + 1]?.startMs ?? Number.POSITIVE_INFINITY];
    nextStartMs[at] = next > own ? next : (nextStartMs[at + 1] ?? Number.POSITIVE_INFINITY);
  }
  const tidy: Cue[] = [];
  kept.forEach((cue, index) => {
    if (cue.endMs <= cue.startMs) {
      const endMs = cue.startMs + readingMs(cue.text);
      cue.endMs = Math.min(endMs, nextStartMs[index] ?? endMs);
    }
    const before = tidy.at(-1);
    if (before && before.text === cue.text && before.position === cue.position) {
      // The same words twice at once, or in two parts without a gap that could be seen.
      if (cue.startMs <= before.endMs && before.startMs === cue.startMs) {
        before.endMs = Math.max(before.endMs, cue.endMs);
        return;
      }
    }
    if (before && before.position === cue.position && before.startMs < cue.startMs) {
      const overlapMs = before.endMs - cue.startMs;
      if (overlapMs > 0 && overlapMs <= sloppyOverlapMs) before.endMs = cue.startMs;
    }
    tidy.push({ ...cue });
  });
  return tidy;
}

/**
 * Reads a text subtitle of any format that Vigilio knows into cues that can be shown: ordered,
 * clean, without advertisements. Never throws; what cannot be used is a reason.
 */
export function parseSubtitle(text: string, options: ReadOptions = {}): ReadSubtitle {
  const source = text.replaceAll("\0", "").replaceAll("\ufeff", "");
  const notText = textReason(source);
  if (notText) return { reason: notText };
  if (source.trim() === "") return { reason: reason("subtitle-empty") };
  const format = formatOf(source);
  if (!format) {
    const code = isQuotaNotice(source.slice(0, 4000))
      ? "subtitle-is-quota-notice"
      : "subtitle-format-unknown";
    return { reason: reason(code) };
  }
  const cues = tidyCues(readers[format](source, options));
  if (cues.length <= 3 && isQuotaNotice(cues.map((cue) => plainText(cue.text)).join("\n"))) {
    return { reason: reason("subtitle-is-quota-notice") };
  }
  const clean = options.keepAdvertisements ? cues : withoutAdvertisements(cues);
  if (clean.length === 0) return { reason: reason("subtitle-empty") };
  return { cues: clean, format };
}
