import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { Cue } from "./cue";
import { writeWebVtt } from "./formats/webvtt";
import { openSubtitleBytes } from "./not-subtitle";
import { parseSubtitle } from "./to-cues";

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

function cuesOf(text: string, options = {}): Cue[] {
  const read = parseSubtitle(text, options);
  if ("reason" in read) throw new Error(read.reason.code);
  expect(complaints(writeWebVtt(read.cues))).toEqual([]);
  return read.cues;
}

const times = (text: string, options = {}) =>
  cuesOf(text, options).map((cue) => [cue.startMs, cue.endMs, cue.text]);
const reasonOf = (text: string) => {
  const read = parseSubtitle(text);
  return "reason" in read ? read.reason.code : read.format;
};

describe("SubRip of the wild", () => {
  const usual = "1\n00:00:01,000 --> 00:00:02,500\nOne\n\n2\n00:00:03,000 --> 00:00:04,000\nTwo\n";
  const expected = [
    [1000, 2500, "One"],
    [3000, 4000, "Two"],
  ];
  it.each([
    ["as it should be", usual],
    ["CR LF", usual.replaceAll("\n", "\r\n")],
    ["CR alone", usual.replaceAll("\n", "\r")],
    ["no blank lines", usual.replace("\n\n", "\n")],
    ["no numbers", usual.replace(/^\d\n/gm, "")],
    ["the same number twice", usual.replace("\n2\n", "\n1\n")],
    ["dots", usual.replaceAll(/(\d),(\d)/g, "$1.$2")],
    ["no hours", usual.replaceAll("00:00:", "00:")],
    ["blanks in the timing", usual.replaceAll("00:00:01,000", "00: 00: 01, 000")],
    ["a short arrow", usual.replaceAll("-->", "->")],
    ["no blanks around the arrow", usual.replaceAll(" --> ", "-->")],
    ["NULs and a BOM in the middle", `\ufeff${usual.replace("Two", "T\0wo\ufeff")}`],
    ["coordinates", usual.replaceAll("2,500", "2,500 X1:100 X2:200 Y1:1 Y2:2")],
    [
      "the wrong order",
      "2\n00:00:03,000 --> 00:00:04,000\nTwo\n\n1\n00:00:01,000 --> 00:00:02,500\nOne\n",
    ],
    ["an empty cue between", `${usual}\n3\n00:00:05,000 --> 00:00:06,000\n\n`],
    ["the same cue twice", `${usual}\n3\n00:00:03,000 --> 00:00:04,000\nTwo\n`],
  ])("reads %s", (_, text) => {
    expect(times(text)).toEqual(expected);
  });

  it("reads a text that lost its line end", () => {
    const text =
      "1\n00:00:01,000 --> 00:00:02,000 One\nmore\n\n2\n00:00:03,000 --> 00:00:04,000 align:left X1:3\nTwo\n";
    expect(times(text)).toEqual([
      [1000, 2000, "One\nmore"],
      [3000, 4000, "Two"],
    ]);
  });

  it("reads single digits as the players do", () => {
    expect(times("1\n1:2:3,4 --> 1:2:5,60\nOne\n")).toEqual([[3_723_004, 3_725_060, "One"]]);
  });

  it("keeps a text that is a number, and one with a blank line in it", () => {
    const text =
      "1\n00:00:01,000 --> 00:00:02,000\n1984\n\n2\n00:00:03,000 --> 00:00:04,000\nA\n\nB\n";
    expect(times(text).map(([, , words]) => words)).toEqual(["1984", "A\nB"]);
  });

  it("gives cues without length or with a negative one time to be read", () => {
    const [zero, negative, last] = times(
      "1\n00:00:01,000 --> 00:00:01,000\nOne\n\n2\n00:00:01,500 --> 00:00:00,100\nTwo\n\n3\n00:00:09,000 --> 00:00:09,000\nThree\n",
    );
    expect(zero).toEqual([1000, 1500, "One"]);
    expect(negative).toEqual([1500, 2500, "Two"]);
    expect(last?.[1]).toBeGreaterThan(9900);
  });

  it("starts what begins before the movie at its start, and cuts sloppy overlaps", () => {
    const text =
      "1\n-00:00:01,000 --> 00:00:02,000\nOne\n\n2\n00:00:01,900 --> 00:00:04,000\nTwo\n";
    expect(times(text)).toEqual([
      [0, 1900, "One"],
      [1900, 4000, "Two"],
    ]);
  });

  it("keeps italics, bold, underline and the top; drops fonts, colours and unknown tags' harm", () => {
    const text =
      '1\n00:00:01,000 --> 00:00:02,000\n{\\an8}<FONT color="#fff">He <I>said</font> <b>no</I></b>\n<u>a</u> < b & c > d --> <3 <Narrator>\n';
    const [cue] = cuesOf(text);
    expect(cue?.position).toBe(8);
    expect(cue?.text).toBe(
      "He <i>said </i><b><i>no</i></b>\n<u>a</u> &lt; b &amp; c &gt; d --&gt; &lt;3 &lt;Narrator&gt;",
    );
  });

  it("never lets an arrow in a text become a timing", () => {
    const [cue, ...more] = cuesOf("1\n00:00:01,000 --> 00:00:02,000\nGo --> there\n");
    expect(more).toEqual([]);
    expect(writeWebVtt([cue as Cue])).not.toMatch(/Go -->/);
  });
});

describe("other formats", () => {
  it("reads WebVTT with notes, styles, identifiers, settings, voices and times in words", () => {
    const text =
      "WEBVTT - title\n\nSTYLE\n::cue { color: red }\n\nNOTE 00:01.000 --> 00:02.000\nno\n\nintro\n00:01.000 --> 00:02.000 line:0 align:center\n<v Ann><c.red>Hello</c> <i>you</i>\n\n00:03.000 --> 00:04.000 position:5% align:left\n<00:03.500>a&lt;b&nbsp;c\n";
    expect(cuesOf(text)).toEqual([
      { startMs: 1000, endMs: 2000, text: "Hello <i>you</i>", position: 8 },
      { startMs: 3000, endMs: 4000, text: "a&lt;b\u00a0c", position: 1 },
    ]);
  });

  const events =
    "[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n";
  const styles =
    "[Script Info]\nScriptType: v4.00+\n\n[V4+ Styles]\nFormat: Name, Fontname, Bold, Italic, Underline, Alignment\nStyle: Default,Arial,0,0,0,2\nStyle: Sign,Arial,0,-1,0,8\n\n";
  it("reads ASS with styles, overrides, breaks, drawings and comments", () => {
    const text = `${styles}${events}Comment: 0,0:00:00.00,0:00:09.00,Default,,0,0,0,,no\nDialogue: 0,0:00:01.00,0:00:02.50,Default,,0,0,0,,{\\i1\\fs20}Hi, {\\i0}you\\Nthere{\\p1}m 0 0 l 1 1{\\p0}\nDialogue: 0,0:00:03.00,0:00:04.00,Sign,,0,0,0,,{\\k20}Ex{\\k30}it{\\r}{\\pos(1,2)\\bord3}\n`;
    expect(cuesOf(text)).toEqual([
      { startMs: 1000, endMs: 2500, text: "<i>Hi, </i>you\nthere", position: 2 },
      { startMs: 3000, endMs: 4000, text: "<i>Exit</i>", position: 8 },
    ]);
  });

  it("reads SSA, and ASS without headers or Format", () => {
    const ssa =
      "[V4 Styles]\nFormat: Name, Alignment\nStyle: Default,6\n[Events]\nFormat: Marked, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\nDialogue: Marked=0,0:00:01.00,0:00:02.00,*Default,NTP,0000,0000,0000,!Effect,Hello, you\n";
    expect(cuesOf(ssa)).toEqual([{ startMs: 1000, endMs: 2000, text: "Hello, you", position: 8 }]);
    const bare = "Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,Hi, you\n";
    expect(times(bare)).toEqual([[1000, 2000, "Hi, you"]]);
  });

  it("reads MicroDVD by the video's rate, its own, and the usual one", () => {
    const text = "{25}{50}{y:i}One|/Two|{c:$0000ff}Three\n";
    expect(times(text, { fps: 25 })).toEqual([[1000, 2000, "<i>One</i>\n<i>Two</i>\nThree"]]);
    expect(times(`{1}{1}50\n${text}`, { fps: 25 })[0]?.slice(0, 2)).toEqual([500, 1000]);
    expect(times(text)[0]?.slice(0, 2)).toEqual([1043, 2085]);
  });

  it("puts MicroDVD's cues where they are said to be", () => {
    const positions = cuesOf("{25}{50}{P:0}{y:b}Up\n{75}{90}{P:1}Low\n{95}{99}{o:3,4}Low\n", {
      fps: 25,
    });
    expect(positions.map(({ text, position }) => [text, position])).toEqual([
      ["<b>Up</b>", 8],
      ["Low", 2],
      ["Low", 2],
    ]);
  });

  it("reads MPL2 and both SubViewers", () => {
    expect(times("[10][20]/One|Two\n[30][40]Three\n")).toEqual([
      [1000, 2000, "<i>One</i>\nTwo"],
      [3000, 4000, "Three"],
    ]);
    expect(
      times(
        "[INFORMATION]\n[TITLE]x\n[END INFORMATION]\n[SUBTITLE]\n00:00:01.00,00:00:02.50\nOne[br]Two\n\n00:00:03.00,00:00:04.00\nThree\n",
      ),
    ).toEqual([
      [1000, 2500, "One\nTwo"],
      [3000, 4000, "Three"],
    ]);
    expect(times("[00:00:01]\nOne|Two\n[00:00:03]\n\n")).toEqual([[1000, 3000, "One\nTwo"]]);
  });

  it("reads SAMI in the language it has most of", () => {
    const text =
      "<SAMI><HEAD><STYLE>P {}</STYLE></HEAD><BODY>\n<SYNC Start=1000><P Class=ENCC>One<br>\nTwo<P Class=KRCC>하나\n<SYNC Start=2000><P Class=ENCC>&nbsp;\n<SYNC Start=3000><P Class=ENCC><i>Three</i>\n<SYNC Start=4000><P Class=ENCC>&nbsp;\n</BODY></SAMI>";
    expect(times(text)).toEqual([
      [1000, 2000, "One\nTwo"],
      [3000, 4000, "<i>Three</i>"],
    ]);
  });

  it("ends a SAMI cue where it says, or where the next begins", () => {
    const text =
      "<SAMI><BODY>\n<SYNC Start=1000 End=1500><P>One\n<SYNC Start=2000 End=9000><P>Two\n<SYNC Start=3000><P>Three\n</BODY></SAMI>";
    expect(times(text).map((cue) => cue.slice(0, 2))).toEqual([
      [1000, 1500],
      [2000, 3000],
      [3000, 4000],
    ]);
  });

  it("reads TTML whose times count from its divisions, ticks without a rate, lists of styles", () => {
    const text =
      '<tt xmlns:tts="http://www.w3.org/ns/ttml#styling"><head><styling><style xml:id="a" tts:fontStyle="italic"/><style xml:id="b" tts:fontWeight="bold"/></styling><layout><region xml:id="up"><style tts:displayAlign="before"/></region><region xml:id="low"><style tts:displayAlign="after"/></region></layout></head><body begin="10s"><div begin="00:01:00"><p begin="1s" end="2s" style="a b" region="up">One</p><p begin="3s" dur="1s" region="low">Two</div><div/><div><p begin="5t" end="6t">Three</p></div></body></tt>';
    expect(cuesOf(text)).toEqual([
      { startMs: 15_000, endMs: 16_000, text: "Three", position: 2 },
      { startMs: 71_000, endMs: 72_000, text: "<b><i>One</i></b>", position: 8 },
      { startMs: 73_000, endMs: 74_000, text: "Two", position: 2 },
    ]);
  });

  it("reads TTML with offsets, frames, ticks, spans, styles and regions", () => {
    const text =
      '<?xml version="1.0"?><tt xmlns="http://www.w3.org/ns/ttml" ttp:frameRate="25" ttp:tickRate="1000"><head><styling><style xml:id="s1" tts:fontStyle="italic"/></styling><layout><region xml:id="top" tts:displayAlign="before"/></layout></head><body><div>\n<p begin="00:00:01.500" end="00:00:02:05" region="top">One<br/>\n  <span tts:fontWeight="bold">Two</span></p>\n<p begin="3s" dur="500ms" style="s1">Three &amp; four</p>\n<p begin="5000t" end="6000t">Five</p>\n</div></body></tt>';
    expect(cuesOf(text)).toEqual([
      { startMs: 1500, endMs: 2200, text: "One\n<b>Two</b>", position: 8 },
      { startMs: 3000, endMs: 3500, text: "<i>Three &amp; four</i>", position: 2 },
      { startMs: 5000, endMs: 6000, text: "Five", position: 2 },
    ]);
  });
});

describe("what is no subtitle", () => {
  it.each([
    ["<!DOCTYPE html><html><body>503</body></html>", "subtitle-is-web-page"],
    ['{"message":"invalid token"}', "subtitle-is-web-page"],
    ["You have downloaded your allowed 20 subtitles for 24h.", "subtitle-is-quota-notice"],
    [
      "1\n00:00:01,000 --> 00:00:09,000\nYou have reached your daily download limit, become VIP\n",
      "subtitle-is-quota-notice",
    ],
    [" \r\n ", "subtitle-empty"],
    ["1\n00:00:01,000 --> 00:00:02,000\n\n", "subtitle-empty"],
    ["Dear diary, nothing happened today.", "subtitle-format-unknown"],
  ])("refuses %j", (text, code) => {
    expect(reasonOf(text)).toBe(code);
  });

  it.each([
    [[0x50, 0x4b, 3, 4, 20], "subtitle-is-damaged"],
    [[0x52, 0x61, 0x72, 0x21], "subtitle-is-archive"],
    [[0, 0, 1, 0xba, 0x44], "subtitle-bitmap"],
    [[0x1a, 0x45, 0xdf, 0xa3], "subtitle-is-binary"],
    [[0x1f, 0x8b, 8, 0, 1], "subtitle-is-damaged"],
    [[], "subtitle-empty"],
    [[32, 10], "subtitle-empty"],
  ])("refuses bytes %j", (bytes, code) => {
    expect(openSubtitleBytes(Uint8Array.from(bytes))).toMatchObject({ reason: { code } });
  });

  it("unpacks gzip, and not more than a subtitle can be", () => {
    const opened = openSubtitleBytes(gzipSync("1\n00:00:01,000 --> 00:00:02,000\nOne\n"));
    expect("bytes" in opened && Buffer.from(opened.bytes).toString()).toContain("One");
    const bomb = openSubtitleBytes(gzipSync(Buffer.alloc(20 * 1024 * 1024, 65)));
    expect(bomb).toMatchObject({ reason: { code: "subtitle-is-damaged" } });
  });
});
