import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chapterAt, chapterBeside, creditsStart, tellingTitle, tidyChapters } from "./chapters";

const chapter = (startSeconds: number, title: string | null = null) => ({
  startSeconds,
  endSeconds: startSeconds + 60,
  title,
});

describe("tellingTitle", () => {
  it.each([
    ...["Chapter 1", "Chapter 01", "chapter12", "CHAPTER 3", "Kapitel 4", "Chapitre 5"],
    ...["Capítulo 6", "Глава 7", "第8章", "チャプター 9", "Bölüm 10", "Ch. 2", "12", "#3"],
    ...["00:12:34.000", "1:02:03", "", "  "],
  ])("says nothing: %j", (title) => expect(tellingTitle(title)).toBeNull());

  it.each(["The Heist", "Chapter 1: The Heist", "Seven", "2001", "End Credits"])(
    "tells something: %s",
    (title) => expect(tellingTitle(title)).toBe(title),
  );

  it("leaves out what is not there", () => expect(tellingTitle(null)).toBeNull());
});

describe("tidyChapters", () => {
  it("puts them in order, inside the film, each moment once", () => {
    const found = [chapter(300, "B"), chapter(0, "Chapter 1"), chapter(300, "C"), chapter(9999)];
    expect(tidyChapters(found, 320)).toEqual([
      { startSeconds: 0, endSeconds: 60, title: null },
      { startSeconds: 300, endSeconds: 320, title: "B" },
    ]);
  });

  it("knows none where the whole film is one", () => {
    expect(tidyChapters([chapter(0, "Everything")], 6000)).toEqual([]);
    expect(tidyChapters([], null)).toEqual([]);
  });
});

describe("creditsStart", () => {
  it.each([
    ...[
      "End Credits",
      "Credits",
      "end credits",
      "The End Credits",
      "Closing credits",
      "End Titles",
    ],
    ...["Abspann", "Générique de fin", "Créditos", "Titoli di coda", "Титры", "エンドロール"],
  ])("is where %s begins", (title) => {
    expect(creditsStart([chapter(0), chapter(5400, title)], 6000)).toBe(5400);
  });

  it("is not where opening credits are, nor a chapter that is called otherwise", () => {
    expect(creditsStart([chapter(60, "Credits"), chapter(5400, "The end")], 6000)).toBeNull();
    expect(creditsStart([chapter(5400, "Credit where it is due")], 6000)).toBeNull();
    expect(creditsStart([chapter(5400, "Credits")], null)).toBeNull();
  });
});

describe("going from chapter to chapter", () => {
  const three = [chapter(0), chapter(100), chapter(200)];

  it("goes to the next, or back to the beginning of this one, then to the one before", () => {
    expect(chapterBeside(three, 50, "next")).toBe(100);
    expect(chapterBeside(three, 250, "next")).toBeNull();
    expect(chapterBeside(three, 150, "previous")).toBe(100);
    expect(chapterBeside(three, 102, "previous")).toBe(0);
    expect(chapterBeside(three, 1, "previous")).toBe(0);
    expect(chapterBeside([chapter(10)], 5, "previous")).toBeNull();
    expect(chapterAt(three, 199)).toBe(1);
  });

  it("always gets on, and always gets back", () => {
    const starts = fc.uniqueArray(fc.integer({ min: 0, max: 10_000 }), { minLength: 1 });
    fc.assert(
      fc.property(starts, fc.integer({ min: 0, max: 10_000 }), (found, seconds) => {
        const chapters = found.toSorted((a, b) => a - b).map((start) => chapter(start));
        expect(chapterBeside(chapters, seconds, "next") ?? seconds + 1).toBeGreaterThan(seconds);
        const back = chapterBeside(chapters, seconds, "previous");
        expect(back ?? 0).toBeLessThanOrEqual(seconds);
      }),
    );
  });
});
