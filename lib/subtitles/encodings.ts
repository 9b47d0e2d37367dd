import { decodeSubtitle } from "./decode";
import { languageProfiles } from "./language-profiles";
import { plainText } from "./markup";
import { openSubtitleBytes } from "./not-subtitle";
import type { EncodingSample, EncodingsView } from "./schema";
import { parseSubtitle } from "./to-cues";

const shownLines = 3;
const longestLine = 120;
/** Ways to read that are shown unasked. */
const mostLikely = 4;
/** What is compared: enough of a film to meet every letter, and quick. */
const comparedCues = 600;

interface Reading {
  encoding: string;
  cues: string[];
}

function readAs(bytes: Uint8Array, encoding: string, framesPerSecond: number | null): Reading {
  const read = parseSubtitle(decodeSubtitle(bytes, { encoding }).text, { fps: framesPerSecond });
  const cues = "reason" in read ? [] : read.cues.slice(0, comparedCues);
  const oneLine = (text: string) => plainText(text).replace(/\s+/g, " ").trim();
  return { encoding, cues: cues.map((cue) => oneLine(cue.text).slice(0, longestLine)) };
}

/**
 * The places of the cues that tell readings apart best: those in which most of them differ, then
 * those with letters beyond ASCII, in the film's order.
 */
function tellingPlaces(readings: readonly Reading[]): number[] {
  const longest = readings.reduce((most, { cues }) => Math.max(most, cues.length), 0);
  return Array.from({ length: longest }, (_, place) => {
    const texts = readings.flatMap(({ cues }) => cues[place] ?? []);
    const isTelling = texts.some((text) => /[^\p{ASCII}]/u.test(text));
    return { place, points: new Set(texts).size * 2 + (isTelling ? 1 : 0) };
  })
    .sort((a, b) => b.points - a.points || a.place - b.place)
    .slice(0, shownLines)
    .map(({ place }) => place)
    .sort((a, b) => a - b);
}

let choices: EncodingsView["others"] | undefined;

/** Every encoding that subtitles are found in, with the languages that are written in it. */
export function encodingChoices(): EncodingsView["others"] {
  if (choices) return choices;
  const languages = new Map<string, string[]>([
    ["utf-8", []],
    ["utf-16le", []],
    ["utf-16be", []],
  ]);
  for (const [language, { encodings }] of Object.entries(languageProfiles)) {
    for (const encoding of encodings) {
      languages.set(encoding, [...(languages.get(encoding) ?? []), language]);
    }
  }
  choices = [...languages].map(([encoding, codes]) => ({ encoding, languages: codes }));
  return choices;
}

/**
 * How a subtitle reads in the encoding that it is read in now, in those that are likely, and in one
 * that a person asks to see: the same three lines of each, where they differ.
 *
 * @returns no items where the bytes are none that could be read.
 */
export function encodingSamples(
  subtitle: {
    original: Uint8Array;
    encoding: string | null;
    language: string;
    framesPerSecond: number | null;
  },
  asked?: string,
): EncodingSample[] {
  const opened = openSubtitleBytes(subtitle.original);
  if ("reason" in opened) return [];
  // As the language that it is said to be in, and as any: it may be said wrongly.
  const told = decodeSubtitle(opened.bytes, { language: subtitle.language });
  const open = decodeSubtitle(opened.bytes);
  const current = (subtitle.encoding ?? told.encoding).toLowerCase();
  const likely = [told.encoding, open.encoding, ...told.alternatives, ...open.alternatives];
  const readings: Reading[] = [];
  const add = (encoding: string, isWanted: boolean) => {
    if (readings.some((known) => known.encoding === encoding)) return;
    const reading = readAs(opened.bytes, encoding, subtitle.framesPerSecond);
    // Two ways to the same letters are one choice.
    const isSame = readings.some(({ cues }) => cues.join("\n") === reading.cues.join("\n"));
    if (isWanted || !isSame) readings.push(reading);
  };
  add(current, true);
  for (const encoding of likely) {
    if (readings.length < mostLikely) add(encoding.toLowerCase(), false);
  }
  if (asked) add(asked.toLowerCase(), true);
  const places = tellingPlaces(readings);
  return readings.map(({ encoding, cues }) => ({
    encoding,
    lines: places.flatMap((place) => cues[place] ?? []),
    isCurrent: encoding === current,
  }));
}
