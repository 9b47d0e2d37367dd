import { describe, expect, it } from "vitest";
import { beside, featuresOf } from "./text-features";
import { commonWordShare, languageScore, strangerShare } from "./text-score";
import { typographyScore } from "./typography-score";

const scoreOf = (text: string, language: string) => languageScore(featuresOf(text), language);

describe("what is read of a text", () => {
  it("is what stands beside each character beyond ASCII", () => {
    const { occurrences, total, asciiLetters, otherLetters } = featuresOf("Één “é” één");
    expect([total, asciiLetters, otherLetters]).toEqual([7, 2, 5]);
    expect(occurrences).toContainEqual({
      ...{ code: "é".charCodeAt(0), own: beside.lower, count: 1 },
      ...{ before: beside.upper, after: beside.lowerAscii },
    });
    expect(occurrences).toContainEqual({
      ...{ code: "“".charCodeAt(0), own: beside.mark, count: 1 },
      ...{ before: beside.blank, after: beside.lower },
    });
  });

  it("is looked at twice where it is repeated", () => {
    expect(featuresOf("René ging. ".repeat(9)).total).toBe(2);
    expect(featuresOf("René ".repeat(9)).words().total).toBe(9);
  });

  it("are words in lower case, without tags", () => {
    const { counts, total } = featuresOf("<i>Don't</i> DON'T stop, İyi").words();
    expect([...counts]).toEqual([
      ["don't", 2],
      ["stop", 1],
      ["iyi", 1],
    ]);
    expect(total).toBe(4);
  });

  it("is the share of what no text holds", () => {
    expect(strangerShare(featuresOf("é\u0085╕é"))).toBe(0.5);
    expect(strangerShare(featuresOf("plain"))).toBe(0);
  });
});

describe("a mark", () => {
  const { blank, mark, digit, lowerAscii, lower } = beside;
  it.each([
    ["’", lowerAscii, lowerAscii],
    ["’", lowerAscii, blank],
    ["“", blank, lower],
    ["”", mark, blank],
    ["«", blank, blank],
    ["…", lower, blank],
    ["—", blank, blank],
    ["×", digit, digit],
    ["♪", blank, blank],
    ["€", digit, blank],
    ["°", digit, lowerAscii],
    ["\u00a0", lower, mark],
    ["¿", blank, lower],
  ])("%s stands where print would put it", (character, before, after) => {
    expect(typographyScore(character, before, after)).toBeGreaterThan(0.6);
  });

  it.each(["‘", "“", "«", "×", "♪", "€", "½", "©", "\u00a0", "¿", "–"])(
    "%s cuts a word",
    (character) => {
      expect(typographyScore(character, lowerAscii, lower)).toBeLessThan(0);
    },
  );

  it("is no letter", () => {
    expect(typographyScore("é", blank, blank)).toBeUndefined();
    expect(typographyScore("’", blank, blank)).toBeLessThan(0.5);
  });
});

describe("a text", () => {
  it("suits its own language best, by its letters", () => {
    const text = "Şimdi gidiyoruz, ağabey. Çok üşüdüm.";
    for (const other of ["de", "fr", "pl", "ru"]) {
      expect(scoreOf(text, "tr")).toBeGreaterThan(scoreOf(text, other) + 0.3);
    }
  });

  it("suits none in which its letters stand amid another script's", () => {
    expect(scoreOf("Canњt stop, wonњt stop", "ru")).toBeLessThan(0);
    expect(scoreOf("Index 5в8 and so on", "ru")).toBeLessThan(0);
    expect(scoreOf("caf馥 au lait, s'il vous pla馥", "ja")).toBeLessThan(0);
    expect(scoreOf("Привет, мир", "ru")).toBeGreaterThan(0.9);
    const russian = "Привет, как дела сегодня вечером?";
    const mixed = scoreOf(`${russian} Canщt`, "ru");
    expect(mixed).toBeLessThan(scoreOf(`${russian} щи`, "ru") - 0.05);
  });

  it("suits none when capitals stand behind small letters", () => {
    expect(scoreOf("gаЙ иЩ", "ru")).toBeLessThan(scoreOf("гай ищ", "ru") - 0.5);
    expect(scoreOf("ПРИВЕТ, МИР", "ru")).toBeGreaterThan(0.8);
    expect(scoreOf("ABéCD", "fr")).toBeLessThan(0);
  });

  it("may name people from elsewhere, but not be written in their letters", () => {
    const named = scoreOf("René și Müller vin mâine", "ro");
    expect(named).toBeGreaterThan(scoreOf("Renþ și Mðller vin mâine", "ro") + 0.5);
    expect(named).toBeLessThan(scoreOf("Ană și Mîller vin mâine", "ro"));
  });

  it("ends with a mark rather than with a letter that the language hardly has", () => {
    const mark = scoreOf("From the printer…", "en");
    expect(mark).toBeGreaterThan(scoreOf("From the printerà", "en") + 0.1);
    expect(scoreOf("Voilà", "fr")).toBeGreaterThanOrEqual(scoreOf("Voil…", "fr"));
  });

  it("is known by words, those most that an encoding could have broken", () => {
    const features = featuresOf("să vin când vrea");
    expect(commonWordShare(features, "ro")).toBeLessThan(commonWordShare(features, "ro", 3));
    expect(commonWordShare(features, "xx")).toBe(0);
    expect(commonWordShare(featuresOf(""), "ro")).toBe(0);
  });
});
