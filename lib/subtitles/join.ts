import { type Reason, reason } from "@/lib/errors";
import type { Cue } from "./cue";
import { decodeSubtitle } from "./decode";
import { writeWebVtt } from "./formats/webvtt";
import { openSubtitleBytes } from "./not-subtitle";
import { parseSubtitle, tidyCues } from "./to-cues";

/** The subtitle of one part of a film. */
interface SubtitlePart {
  /** As they came, in any format and encoding. */
  bytes: Uint8Array;
  /** Where the part begins in the whole film, in milliseconds. */
  startMs: number;
}

/**
 * Makes one subtitle out of those of a film's parts: each is moved to where its part begins. One
 * that already counts from the beginning of the film (its first words come later than that) stays
 * where it is. What can't be read is left out.
 *
 * @param how.language BCP 47, for reading bytes; how.fps pictures per second, for formats that count
 *   them.
 * @returns WebVTT in UTF-8; the reason of the first part when none can be read.
 */
export function joinSubtitles(
  parts: readonly SubtitlePart[],
  how: { language: string | null; fps: number | null },
): Buffer | { reason: Reason } {
  const cues: Cue[] = [];
  let why: Reason | null = null;
  for (const { bytes, startMs } of parts) {
    const read = readPart(bytes, how);
    if ("reason" in read) {
      why ??= read.reason;
      continue;
    }
    const firstMs = read.cues[0]?.startMs ?? 0;
    const offsetMs = firstMs >= startMs ? 0 : startMs;
    for (const cue of read.cues) {
      cues.push({ ...cue, startMs: cue.startMs + offsetMs, endMs: cue.endMs + offsetMs });
    }
  }
  if (cues.length === 0) return { reason: why ?? reason("subtitle-empty") };
  return Buffer.from(writeWebVtt(tidyCues(cues)), "utf8");
}

function readPart(bytes: Uint8Array, how: { language: string | null; fps: number | null }) {
  const opened = openSubtitleBytes(bytes);
  if ("reason" in opened) return opened;
  return parseSubtitle(decodeSubtitle(opened.bytes, how).text, { fps: how.fps });
}
