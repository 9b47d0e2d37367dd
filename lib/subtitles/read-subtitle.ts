import type { Reason } from "@/lib/errors";
import { decodeSubtitle } from "./decode";
import { writeWebVtt } from "./formats/webvtt";
import { settleLanguage } from "./language-of-text";
import { plainText } from "./markup";
import { openSubtitleBytes } from "./not-subtitle";
import { parseSubtitle } from "./to-cues";

/** How the bytes of a subtitle are to be read. */
export interface ReadHow {
  /** BCP 47 that a name, a tag or a person says; null when nobody does. */
  language: string | null;
  /** True when the language was chosen and is not to be checked against the text. */
  isLanguageCertain: boolean;
  /** What a person chose; null to tell it from the text. */
  encoding: string | null;
  /** The video's pictures per second, for formats that count pictures. */
  framesPerSecond: number | null;
}

export interface ReadSubtitle {
  /** Clean, without any delay. */
  vtt: string;
  cueCount: number;
  encoding: string;
  /** 0 to 1; 1 when a person chose the encoding. */
  encodingCertainty: number;
  language: string;
}

/** From bytes, as they came, to WebVTT; the reason when they are no subtitle. */
export function readSubtitle(bytes: Uint8Array, how: ReadHow): ReadSubtitle | { reason: Reason } {
  const opened = openSubtitleBytes(bytes);
  if ("reason" in opened) return opened;
  const decoded = decodeSubtitle(opened.bytes, how);
  const read = parseSubtitle(decoded.text, { fps: how.framesPerSecond });
  if ("reason" in read) return read;
  const words = read.cues.map((cue) => plainText(cue.text)).join("\n");
  const isSettled = how.isLanguageCertain && how.language !== null;
  return {
    vtt: writeWebVtt(read.cues),
    cueCount: read.cues.length,
    encoding: decoded.encoding,
    encodingCertainty: decoded.certainty,
    language: isSettled ? (how.language ?? "und") : settleLanguage(how.language, words),
  };
}
