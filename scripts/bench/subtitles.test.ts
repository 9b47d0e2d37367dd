import iconv from "iconv-lite";
import { describe, expect, it } from "vitest";
import { decodeSubtitle } from "@/lib/subtitles/decode";
import { languageOfText } from "@/lib/subtitles/language-of-text";
import { dialogueOf } from "./subtitles-dialogue";
import { canHold, encodeText, spelledFor } from "./subtitles-encode";
import { subtitleOf } from "./subtitles-files";
import { benchLanguages } from "./subtitles-languages";

describe("what the benchmark of subtitles feeds", () => {
  it("is the same for a seed, and another for another", () => {
    const sentences = ["One.", "Two.", "Three."];
    expect(subtitleOf(sentences, 40, 1)).toBe(subtitleOf(sentences, 40, 1));
    expect(subtitleOf(sentences, 40, 1)).not.toBe(subtitleOf(sentences, 40, 2));
    expect(subtitleOf(sentences, 40, 1).match(/-->/g)).toHaveLength(40);
  });

  it("is only what an encoding can hold", () => {
    expect(canHold("Ça va", "windows-1252")).toBe(true);
    expect(canHold("“Ça va”", "iso-8859-1")).toBe(false);
    expect(canHold("Łódź", "windows-1252")).toBe(false);
    expect(canHold("được", "windows-1258")).toBe(true);
    expect(canHold("㗎", "big5-hkscs")).toBe(true);
    expect(canHold("ｶﾅ", "iso-2022-jp")).toBe(false);
    expect(canHold("हिन्दी", "utf-16be")).toBe(true);
  });

  it("is spelled as it was", () => {
    expect(iconv.decode(encodeText("Știu", "windows-1250"), "windows-1250")).toBe("Ştiu");
    expect(spelledFor("می‌دانم ۱۲", "fa")).toBe("مي‌دانم 12");
    expect([...encodeText("ab", "utf-16be with mark")]).toEqual([0xfe, 0xff, 0, 97, 0, 98]);
    expect([...encodeText("日a", "iso-2022-jp")]).toEqual([
      ...[0x1b, 0x24, 0x42, 0x46, 0x7c, 0x1b, 0x28, 0x42, 0x61],
    ]);
  });

  it("is dialogue in every language", () => {
    const short = benchLanguages.filter(({ language }) => dialogueOf(language).length < 8);
    expect(short.map(({ language }) => language)).toEqual([]);
  });
});

describe("the language of dialogue", () => {
  // What can't be told apart, or has one name in both.
  const readAs: Record<string, string> = {
    ...{ "pt-BR": "pt", bs: "hr", "sr-Latn": "sr" },
    ...{ "zh-CN": "zh-Hans", "zh-TW": "zh-Hant", "zh-HK": "zh-Hant" },
  };
  it.each(benchLanguages.map(({ language }) => language))("is known: %s", (language) => {
    const text = dialogueOf(language).join("\n").replaceAll("ی", "ي");
    expect(languageOfText(text)).toBe(readAs[language] ?? language);
  });
});

describe("twenty cues", () => {
  const cases = benchLanguages.flatMap(({ language, encodings }) =>
    [...encodings, "utf-8", "utf-16le"].flatMap((encoding) => {
      const sentences = dialogueOf(language)
        .map((sentence) => spelledFor(sentence, language))
        .filter((sentence) => canHold(sentence, encoding));
      return sentences.length < 8 ? [] : [{ language, encoding, sentences }];
    }),
  );

  it.each(cases)("in $language are read from $encoding", ({ language, encoding, sentences }) => {
    const text = subtitleOf(sentences, 20, 11);
    const bytes = encodeText(text, encoding);
    expect(decodeSubtitle(bytes, { language }).text).toBe(text);
    expect(decodeSubtitle(bytes).text).toBe(text);
  });

  it.each(cases)("in $language are read from $encoding, told to be Portuguese", (given) => {
    const text = subtitleOf(given.sentences, 60, 5);
    const bytes = encodeText(text, given.encoding);
    expect(decodeSubtitle(bytes, { language: "pt" }).text).toBe(text);
    expect(decodeSubtitle(bytes, { language: "sk" }).text).toBe(text);
  });

  it("are tried in every language and nearly every encoding", () => {
    expect(new Set(cases.map(({ language }) => language)).size).toBe(benchLanguages.length);
    expect(cases.length).toBeGreaterThan(240);
  });
});
