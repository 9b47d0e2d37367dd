import { describe, expect, it } from "vitest";
import { audioNames } from "./audio-names";

const clearVoice = (language: string) => `${language}, clear voices`;
const words = { locale: "en", unknown: "Unknown language", clearVoice };

describe("audioNames", () => {
  it("says the language in the reader's own, and the title where it says more", () => {
    const tracks = [
      { language: "en", title: null },
      { language: "tr", title: "Türkçe" },
      { language: "de", title: "german" },
      { language: "en", title: " Commentary " },
    ];
    expect(audioNames(tracks, words)).toEqual([
      "English",
      "Turkish (Türkçe)",
      "German",
      "English (Commentary)",
    ]);
    expect(audioNames(tracks, { ...words, locale: "tr" })[0]).toBe("İngilizce");
  });

  it("says which one has its dialogue lifted", () => {
    const plain = { language: "en", title: null };
    expect(audioNames([plain, { ...plain, isClearVoice: true }], words)).toEqual([
      "English",
      "English, clear voices",
    ]);
  });

  it("gives no two the same name", () => {
    const same = { language: "pt-BR", title: null };
    expect(audioNames([same, same, same], words)).toEqual([
      "Brazilian Portuguese",
      "Brazilian Portuguese 2",
      "Brazilian Portuguese 3",
    ]);
  });

  it("names what has no language by its title, or says that it is unknown", () => {
    const tracks = [
      { language: null, title: "Director" },
      { language: "und", title: "" },
      { language: null, title: null },
      { language: "not a tag", title: null },
    ];
    expect(audioNames(tracks, words)).toEqual([
      "Director",
      "Unknown language",
      "Unknown language 2",
      "not a tag",
    ]);
  });
});
