import { createRequire } from "node:module";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Cue } from "./cue";
import { decodeSubtitle } from "./decode";
import { writeWebVtt } from "./formats/webvtt";
import { plainStyle, plainText, renderRuns } from "./markup";
import { openSubtitleBytes } from "./not-subtitle";
import { parseSubtitle, tidyCues } from "./to-cues";

interface StrictParser {
  parse(text: string): {
    cues: { startTime: number; text: string }[];
    errors: { message: string }[];
  };
}
// The package has no types and is CommonJS.
const { WebVTTParser } = createRequire(import.meta.url)("webvtt-parser") as {
  WebVTTParser: new () => StrictParser;
};

/** What a strict parser complains about; nothing for what we write. */
function complaints(vtt: string): string[] {
  return new WebVTTParser().parse(vtt).errors.map((error) => error.message);
}

/** Words that no format's syntax takes for its own, and some that look like it. */
const word = fc.oneof(
  { weight: 5, arbitrary: fc.stringMatching(/^[A-Za-zçğıöşüéñžßа-яא-ת你好가]{1,8}$/u) },
  {
    weight: 1,
    arbitrary: fc.constantFrom("a & b", "<3", "x-->y", "a < b > c", "1984", "«?»"),
  },
);
const runs = fc.array(
  fc.record({ text: word, italic: fc.boolean(), bold: fc.boolean(), underline: fc.boolean() }),
  { minLength: 1, maxLength: 3 },
);
const someCues = fc
  .array(
    fc.record({
      gap: fc.integer({ min: 1, max: 500 }),
      length: fc.integer({ min: 1, max: 500 }),
      lines: fc.array(runs, { minLength: 1, maxLength: 3 }),
      isAtTop: fc.boolean(),
    }),
    {
      minLength: 9,
      maxLength: 20,
    },
  )
  .map((rows) => {
    let at = 0;
    return rows.map(({ gap, length, lines, isAtTop }, index): Cue => {
      const startMs = (at + gap) * 1000;
      at += gap + length;
      // The number keeps neighbours apart.
      const text = renderRuns(
        lines.flatMap((line, row) =>
          row > 0 ? [{ text: "\n", italic: false, bold: false, underline: false }, ...line] : line,
        ),
      );
      return { startMs, endMs: at * 1000, text: `${text} x${index}`, position: isAtTop ? 8 : 2 };
    });
  });

const clock = (ms: number, mark: string, digits = 3) => {
  const two = (value: number) => String(value).padStart(2, "0");
  const whole = Math.floor(ms / 1000);
  return `${two(Math.floor(whole / 3600))}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}${mark}${String(
    ms % 1000,
  )
    .padStart(3, "0")
    .slice(0, digits)}`;
};
const top = ({ position }: Cue) => (position === 8 ? "{\\an8}" : "");
// ASS has no references: its text stands as it is.
const overrides = (markup: string) =>
  plainText(
    markup.replaceAll(/<(\/?)([biu])>/g, (_, slash, tag) => `{\\${tag}${slash ? 0 : 1}}`),
  ).replaceAll("\n", "\\N");
const spans = (markup: string) =>
  markup
    .replaceAll(
      /<([biu])>/g,
      (_, tag: "b" | "i" | "u") =>
        `<span tts:${{ b: 'fontWeight="bold"', i: 'fontStyle="italic"', u: 'textDecoration="underline"' }[tag]}>`,
    )
    .replaceAll(/<\/[biu]>/g, "</span>")
    .replaceAll("\n", "<br/>");

const writers: Record<string, (cues: Cue[]) => string> = {
  srt: (cues) =>
    cues
      .map(
        (cue, index) =>
          `${index + 1}\n${clock(cue.startMs, ",")} --> ${clock(cue.endMs, ",")}\n${top(cue)}${cue.text}\n`,
      )
      .join("\n"),
  webvtt: (cues) => writeWebVtt(cues),
  ass: (cues) =>
    `[Script Info]\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n${cues.map((cue) => `Dialogue: 0,${clock(cue.startMs, ".", 2)},${clock(cue.endMs, ".", 2)},Default,,0,0,0,,${top(cue)}${overrides(cue.text)}`).join("\n")}`,
  ttml: (cues) =>
    `<tt><head><layout><region xml:id="up" tts:displayAlign="before"/></layout></head><body><div>${cues.map((cue) => `<p begin="${clock(cue.startMs, ".")}" end="${clock(cue.endMs, ".")}"${cue.position === 8 ? ' region="up"' : ""}>${spans(cue.text)}</p>`).join("\n")}</div></body></tt>`,
};
/** What has looks, and no place for a cue but below. */
const lowWriters: Record<string, (cues: Cue[]) => string> = {
  sami: (cues) =>
    `<SAMI><BODY>${cues.map((cue) => `<SYNC Start=${cue.startMs}><P Class=A>${cue.text.replaceAll("\n", "<br>")}\n<SYNC Start=${cue.endMs}><P Class=A>&nbsp;\n`).join("")}`,
};
/** What our writers write without looks. */
const plainWriters: Record<string, (cues: Cue[]) => string> = {
  microdvd: (cues) =>
    cues
      .map(
        (cue) =>
          `{${cue.startMs / 40}}{${cue.endMs / 40}}${plainText(cue.text).replaceAll("\n", "|")}`,
      )
      .join("\n"),
  mpl2: (cues) =>
    cues
      .map(
        (cue) =>
          `[${cue.startMs / 100}][${cue.endMs / 100}]${plainText(cue.text).replaceAll("\n", "|")}`,
      )
      .join("\n"),
  subviewer: (cues) =>
    cues
      .map(
        (cue) =>
          `${clock(cue.startMs, ".", 2)},${clock(cue.endMs, ".", 2)}\n${plainText(cue.text).replaceAll("\n", "[br]")}\n`,
      )
      .join("\n"),
};

describe("any cues", () => {
  it.each(Object.entries(writers))("come back from %s as they were", (format, write) => {
    fc.assert(
      fc.property(someCues, (cues) => {
        expect(parseSubtitle(write(cues))).toEqual({ cues, format });
      }),
      { numRuns: 60 },
    );
  });

  it.each(Object.entries(lowWriters))("come back from %s, all below", (format, write) => {
    fc.assert(
      fc.property(someCues, (cues) => {
        const low = cues.map((cue) => ({ ...cue, position: 2 }));
        expect(parseSubtitle(write(cues))).toEqual({ cues: low, format });
      }),
      { numRuns: 60 },
    );
  });

  it.each(Object.entries(plainWriters))("come back from %s without looks", (format, write) => {
    fc.assert(
      fc.property(someCues, (cues) => {
        const plain = cues.map((cue) => ({
          ...cue,
          position: 2,
          text: renderRuns([{ text: plainText(cue.text), ...plainStyle }]),
        }));
        expect(parseSubtitle(write(cues), { fps: 25 })).toEqual({ cues: plain, format });
      }),
      { numRuns: 60 },
    );
  });

  it("move together, and nothing is shown before the start", () => {
    fc.assert(
      fc.property(someCues, fc.integer({ min: -2_000_000, max: 2_000_000 }), (cues, offsetMs) => {
        const vtt = writeWebVtt(cues, { offsetMs });
        expect(complaints(vtt)).toEqual([]);
        const wanted = cues
          .map((cue) => ({
            startMs: Math.max(0, cue.startMs + offsetMs),
            endMs: cue.endMs + offsetMs,
          }))
          .filter((cue) => cue.endMs > 0);
        const read = parseSubtitle(vtt);
        const found =
          "cues" in read ? read.cues.map(({ startMs, endMs }) => ({ startMs, endMs })) : [];
        expect(found).toEqual(wanted);
      }),
      { numRuns: 60 },
    );
  });
});

/** Bits of every format's syntax in any order: worse than what any tool writes. */
const debris = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ..."\n|\n\n|\r|WEBVTT|NOTE|STYLE|-->|00:00:01,000 --> 00:00:02,000|00:01.000 --> 00:00.500|{1}{25}|[1][2]|[00:00:01]|00:00:01.00,00:00:02.00|<i>|</b>|<|>|&|&lt;|&#0;|&#xd800;|{\\an8}|{\\p1}|[Script Info]|[Events]|Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,|Format: Start|<SAMI>|<SYNC Start=5>|<P Class=a>|<tt>|<p begin='1s' end='2s'>|</p>|99:99:99,999 --> 999:99:99,999|\0|\ufeff|\ud800|\u2028|é".split(
          "|",
        ),
      ),
      fc.string({ maxLength: 6 }),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(""));

describe("anything at all", () => {
  it("never throws, and what comes out is strictly WebVTT", () => {
    fc.assert(
      fc.property(debris, (text) => {
        const read = parseSubtitle(text);
        if ("cues" in read) expect(complaints(writeWebVtt(read.cues))).toEqual([]);
      }),
      { numRuns: 1500 },
    );
  });

  it("holds for random bytes, too", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (noise) => {
        const head = Buffer.from("1\n00:00:01,000 --> 00:00:02,000\n");
        for (const bytes of [noise, Buffer.concat([head, noise])]) {
          const opened = openSubtitleBytes(bytes);
          if ("reason" in opened) continue;
          const read = parseSubtitle(decodeSubtitle(opened.bytes).text);
          if ("cues" in read) expect(complaints(writeWebVtt(read.cues))).toEqual([]);
        }
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ["arrows", "-->"],
    ["braces", "{\\"],
    ["open tags", "<p "],
    ["blanks", " "],
    ["numbers", "1\n"],
    ["SAMI", "<sync "],
    ["TTML", '<tt><p begin="1s" '],
    ["ASS", "Dialogue: 0,0:00:01.00,0:00:02.00,D,,0,0,0,,{\\"],
    ["MicroDVD", "{1}{2}{y:"],
    ["timings without text", "00:00:01,000 --> 00:00:01,000\n"],
    ["timings", "00:00:01,000 --> 00:00:01,000\nx\n"],
    ["paragraphs of TTML that never end", '<tt><p begin="1s" end="2s">'],
    ["paragraphs of SAMI", "<sync start=1><p>x"],
    ["MPL2", "[1][2]/x|/y|\n"],
    ["drawings", "{\\p1}"],
    ["references", "&#"],
    ["addresses", "www."],
  ])("takes no more than a moment for a megabyte of %s", (_, part) => {
    const text = `1\n00:00:01,000 --> 00:00:02,000\n${part.repeat(Math.ceil(1_000_000 / part.length))}`;
    const before = process.cpuUsage();
    parseSubtitle(text);
    parseSubtitle(part.repeat(Math.ceil(1_000_000 / part.length)));
    // Two megabytes, in time of the processor: the machine may have other things to do.
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(2500);
  });

  it("orders what is not", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            startMs: fc.integer({ min: -5000, max: 5000 }),
            endMs: fc.integer({ min: -5000, max: 5000 }),
            text: fc.constantFrom("a", "b", ""),
          }),
        ),
        (rows) => {
          const cues = tidyCues(rows.map((row) => ({ ...row, position: 2 as const })));
          expect(complaints(writeWebVtt(cues))).toEqual([]);
          for (const cue of cues) expect(cue.endMs).toBeGreaterThan(cue.startMs);
        },
      ),
    );
  });
});
