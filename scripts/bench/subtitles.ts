import chardet from "chardet";
import { decodeSubtitle } from "@/lib/subtitles/decode";
import { writeWebVtt } from "@/lib/subtitles/formats/webvtt";
import { isKnownEncoding } from "@/lib/subtitles/read-encoding";
import { parseSubtitle } from "@/lib/subtitles/to-cues";
import { publish, type Row } from "./report";
import { catalogSentences, missingPackages, otherCatalogs } from "./subtitles-catalogs";
import { dialogueOf } from "./subtitles-dialogue";
import { canHold, encodeText, spelledFor, unicodeForms } from "./subtitles-encode";
import { subtitleOf } from "./subtitles-files";
import { type BenchLanguage, benchLanguages } from "./subtitles-languages";

const sizes = [20, 200, 2000] as const;
/** Files of each size in each encoding of a language and from each source of sentences. */
const filesOf = { 20: 8, 200: 6, 2000: 1 } as const;
/** chardet takes milliseconds for each kilobyte: it is asked once for each encoding, and sees this much. */
const chardetBytes = 32 * 1024;
/** Letters of another language, more of them than any film has. */
const stranger = "René Müller";
/** What "at 200 cues" must reach, in percent. */
const wanted = { told: 99.5, untold: 98 };

interface Tally {
  right: number;
  all: number;
}

const newTally = (): Tally => ({ right: 0, all: 0 });
const shareOf = ({ right, all }: Tally) => (all === 0 ? 0 : (right / all) * 100);
const percent = (tally: Tally) => `${shareOf(tally).toFixed(2)} % of ${tally.all}`;

function count(tally: Tally, isRight: boolean): void {
  tally.all += 1;
  if (isRight) tally.right += 1;
}

interface Measured {
  told: Tally;
  untold: Tally;
  chardet: Tally;
}

interface Case {
  language: string;
  encoding: string;
  sentences: string[];
}

/** Sentences of each source, in every encoding that can hold them. */
function casesOf(
  sourcesOf: (language: BenchLanguage) => string[][],
  encodingsOf: (own: readonly string[]) => readonly string[] = (own) => own,
): Case[] {
  return benchLanguages.flatMap((given) => {
    const { language, encodings } = given;
    return sourcesOf(given).flatMap((source) =>
      encodingsOf(encodings).flatMap((encoding) => {
        const spelled = source.map((sentence) => spelledFor(sentence, language));
        const sentences = spelled.filter((sentence) => canHold(sentence, encoding));
        return sentences.length < 8 ? [] : [{ language, encoding, sentences }];
      }),
    );
  });
}

/** The text as chardet alone would have it read; the reading itself is ours. */
function readByChardet(bytes: Buffer, language: string): string | null {
  const encoding = chardet.detect(bytes.subarray(0, chardetBytes));
  if (!encoding || !isKnownEncoding(encoding)) return null;
  return decodeSubtitle(bytes, { encoding, language }).text;
}

const isPlainAscii = (bytes: Buffer) => bytes.every((byte) => byte < 0x80 && byte !== 0x1b);

function measure(cases: readonly Case[], size: (typeof sizes)[number], faults: string[]): Measured {
  const found = { told: newTally(), untold: newTally(), chardet: newTally() };
  for (const { language, encoding, sentences } of cases) {
    for (let turn = 0; turn < filesOf[size]; turn += 1) {
      const text = subtitleOf(sentences, size, turn * 7919 + size);
      const bytes = encodeText(text, encoding);
      // Nothing to be told apart.
      if (isPlainAscii(bytes)) continue;
      const told = decodeSubtitle(bytes, { language });
      const untold = decodeSubtitle(bytes);
      count(found.told, told.text === text);
      count(found.untold, untold.text === text);
      if (turn === 0) count(found.chardet, readByChardet(bytes, language) === text);
      for (const [how, read] of Object.entries({ told, "not told": untold })) {
        if (read.text === text) continue;
        faults.push(`${language} in ${encoding}, ${size} cues, ${how}: read as ${read.encoding}`);
      }
    }
  }
  return found;
}

/** As `measure`, told in turn to be in each of the other languages. */
function measureMistold(cases: readonly Case[], size: (typeof sizes)[number]): Tally {
  const found = newTally();
  cases.forEach(({ language, encoding, sentences }, at) => {
    const others = benchLanguages.filter((other) => other.language !== language);
    for (let turn = 0; turn < 2; turn += 1) {
      const text = subtitleOf(sentences, size, turn * 7919 + size);
      const bytes = encodeText(text, encoding);
      if (isPlainAscii(bytes)) continue;
      const told = others[(at * 7 + turn * 17) % others.length]?.language;
      count(found, decodeSubtitle(bytes, { language: told }).text === text);
    }
  });
  return found;
}

/** Cues per second from bytes to WebVTT, over files of 2,000 cues in legacy encodings. */
function speedOf(cases: readonly Case[], isTold: boolean): { cuesPerSecond: number; ms: number } {
  const files = cases
    .filter((_, at) => at % 5 === 0)
    .map(({ language, encoding, sentences }) => ({
      language,
      bytes: encodeText(subtitleOf(sentences, 2000, 7), encoding),
    }));
  const convert = ({ language, bytes }: { language: string; bytes: Buffer }) => {
    const read = parseSubtitle(decodeSubtitle(bytes, { language: isTold ? language : null }).text);
    if (!("cues" in read)) throw new Error(`${language}: ${read.reason.code}`);
    writeWebVtt(read.cues);
    return read.cues.length;
  };
  // Until the code is compiled; a server has done it before.
  files.slice(0, 10).forEach(convert);
  const before = process.cpuUsage();
  const cues = files.reduce((sum, file) => sum + convert(file), 0);
  const { user, system } = process.cpuUsage(before);
  const seconds = (user + system) / 1_000_000;
  return { cuesPerSecond: cues / seconds, ms: (seconds * 1000) / files.length };
}

function rowOf(what: string, found: Measured, isHeldAgainst: boolean): Row {
  const isMet = shareOf(found.told) >= wanted.told && shareOf(found.untold) >= wanted.untold;
  const words = `at least ${wanted.told} % told, ${wanted.untold} % not told`;
  return {
    what,
    values: [percent(found.told), percent(found.untold), percent(found.chardet)],
    ...(isHeldAgainst && { target: { words, isMet } }),
  };
}

/** How many subtitles are read exactly as they were written, in whatever encoding. */
export async function benchSubtitles(): Promise<boolean> {
  const missing = missingPackages(benchLanguages.flatMap(({ locales }) => locales));
  const usual = ({ language, locales }: BenchLanguage) => [
    dialogueOf(language),
    catalogSentences(locales),
  ];
  const legacy = casesOf(usual);
  const unseen = casesOf(({ locales }) => [catalogSentences(locales, otherCatalogs)]);
  const unicode = casesOf(usual, () => Object.keys(unicodeForms));
  const faults: string[] = [];
  const rows: Row[] = sizes.map((size) =>
    rowOf(`${size.toLocaleString("en")} cues`, measure(legacy, size, faults), size === 200),
  );
  rows.push(rowOf("200 cues of other programs", measure(unseen, 200, faults), true));
  const mistold = measureMistold(legacy, 200);
  rows.push({
    what: "200 cues, told to be in another language",
    values: [percent(mistold), "", ""],
  });
  const named = legacy
    .map((own) => ({
      ...own,
      sentences: own.sentences.map((sentence) => `${stranger}: ${sentence}`),
    }))
    .filter(({ encoding }) => canHold(stranger, encoding));
  rows.push(rowOf(`200 cues, "${stranger}" on every line`, measure(named, 200, []), false));
  rows.push(rowOf("20 cues in Unicode", measure(unicode, 20, faults), false));
  const speeds = [speedOf(legacy, true), speedOf(legacy, false)];
  rows.push({
    what: "to WebVTT, processor time for 2,000 cues",
    values: [
      ...speeds.map(
        ({ cuesPerSecond, ms }) =>
          `${ms.toFixed(1)} ms (${Math.round(cuesPerSecond).toLocaleString("en")} cues/s)`,
      ),
      "",
    ],
  });
  return publish({
    title: "Subtitles",
    method:
      `\`npm run bench -- subtitles\`: files of SubRip in ${benchLanguages.length} languages and ` +
      `${new Set(legacy.map(({ encoding }) => encoding)).size} encodings (${legacy.length} pairs of a ` +
      `language's sentences and an encoding), with the language told and not told; the share whose ` +
      `whole text is equal to what was written, character for character. Beside it chardet's first ` +
      `guess. The sentences: dialogue from scripts/bench/dialogue, and messages of programs from ` +
      `the catalogs of Debian packages in /usr/share/locale. Neither was used for the profiles ` +
      `(lib/subtitles/language-profiles.ts), which are alphabets and common words written by hand; but ` +
      `how much each sign weighs was settled while these figures were looked at. "Other programs" are ` +
      `catalogs of other packages, measured afterwards; one rule was changed after a first look at them.`,
    columns: ["language told", "not told", "chardet alone"],
    rows,
    notes: [
      faults.length === 0
        ? "Every file was read as it was written."
        : `Not read as written: ${[...new Set(faults)].slice(0, 30).join("; ")}.`,
      missing.length === 0
        ? "Texts that are read alike in two encodings count as right, whichever is named. In Unicode: UTF-8, UTF-16 and UTF-32, both byte orders, with and without a mark."
        : `Without the catalogs of: ${missing.join(", ")} (apt-get install them for the whole measurement).`,
    ],
  });
}
