import { describe, expect, it } from "vitest";
import { chooseSubtitle, subtitleInLanguages, type Watching } from "./choose";

const row = (id: string, language: string, more = {}) => ({
  id,
  language,
  forced: false,
  hearingImpaired: false,
  source: "embedded" as const,
  machineTranslated: false,
  ...more,
});

const somebody: Watching = {
  heard: null,
  picked: undefined,
  isOn: undefined,
  subtitleLanguages: [],
  audioLanguages: [],
  household: [],
  locale: "en",
};

describe("the subtitle in a list of languages", () => {
  const rows = [
    row("1", "en", { forced: true }),
    row("2", "en", { hearingImpaired: true }),
    row("3", "en"),
    row("4", "pt-BR"),
    row("5", "pt-PT"),
  ];

  it("is the first that is there, whole and plain", () => {
    expect(subtitleInLanguages(rows, ["tr", "en"])?.id).toBe("3");
    expect(subtitleInLanguages(rows, ["pt-PT"])?.id).toBe("5");
    expect(subtitleInLanguages(rows, ["pt"])?.id).toBe("4");
    expect(subtitleInLanguages(rows.slice(0, 2), ["en"])?.id).toBe("2");
  });

  it("is what a person uploaded, and a machine's translation last", () => {
    const upload = row("6", "en", { source: "upload", hearingImpaired: true });
    expect(subtitleInLanguages([...rows, upload], ["en"])?.id).toBe("6");
    const forced = row("7", "en", { source: "upload", forced: true });
    expect(subtitleInLanguages([...rows, forced], ["en"])?.id).toBe("3");
    const machine = row("8", "en-GB", { machineTranslated: true });
    expect(subtitleInLanguages([machine, ...rows.slice(1)], ["en-GB"])?.id).toBe("3");
  });

  it("is none where nobody asked for one", () => {
    expect(subtitleInLanguages(rows, [])).toBeNull();
    expect(subtitleInLanguages([row("9", "und")], ["und"])).toBeNull();
  });
});

describe("the subtitle to begin with", () => {
  const forcedEn = row("f", "en", { forced: true });
  const wholeEn = row("w", "en");
  const wholeTr = row("t", "tr");
  const all = [forcedEn, wholeEn, wholeTr];
  const choose = (rows: ReturnType<typeof row>[], more: Partial<Watching>) =>
    chooseSubtitle(rows, { ...somebody, ...more })?.id ?? null;

  it("is the last pick for this movie before all tastes", () => {
    const taste = { subtitleLanguages: ["tr"], household: ["tr"], isOn: true };
    expect(choose(all, { ...taste, picked: wholeEn })).toBe("w");
    expect(choose(all, { ...taste, picked: forcedEn })).toBe("f");
  });

  it("is the one most like the pick in another version, where ids differ", () => {
    const other = [
      row("a", "en", { forced: true }),
      row("b", "en-GB"),
      row("c", "en", { hearingImpaired: true }),
    ];
    expect(choose(other, { picked: { ...wholeEn, hearingImpaired: true } })).toBe("c");
    expect(choose(other, { picked: row("x", "en-GB") })).toBe("b");
    expect(choose(other, { picked: forcedEn })).toBe("a");
  });

  it("follows the tastes where what was picked is not there", () => {
    expect(choose([wholeTr], { picked: wholeEn, household: ["tr"] })).toBe("t");
  });

  it("is none, and no forced one either, when none was picked for this movie", () => {
    expect(choose(all, { picked: null, heard: "en", household: ["en"], isOn: true })).toBeNull();
  });

  it("is in the person's languages before the household's", () => {
    expect(choose(all, { subtitleLanguages: ["tr"], household: ["en"] })).toBe("t");
    expect(choose(all, { subtitleLanguages: ["de"], household: ["en"] })).toBe("w");
    expect(choose(all, { household: ["en"] })).toBe("w");
  });

  describe("when no whole one is wanted", () => {
    it("is the forced one of one's own language that is heard", () => {
      const off = { isOn: false, heard: "en-US", subtitleLanguages: ["en"] };
      expect(choose(all, off)).toBe("f");
      expect(choose(all, { ...off, subtitleLanguages: [], audioLanguages: ["en"] })).toBe("f");
      expect(choose(all, { ...off, subtitleLanguages: [], household: ["en"] })).toBe("f");
    });

    it("is none when what is heard is foreign", () => {
      expect(choose(all, { isOn: false, heard: "ja", subtitleLanguages: ["en"] })).toBeNull();
    });

    it("is none when the forced one is in another language than what is heard", () => {
      expect(
        choose([forcedEn], { isOn: false, heard: "tr", audioLanguages: ["tr", "en"] }),
      ).toBeNull();
    });

    it("is none when it isn't known what is heard, or there is none", () => {
      expect(choose(all, { isOn: false, heard: null, audioLanguages: ["en"] })).toBeNull();
      expect(choose([wholeEn], { isOn: false, heard: "en", audioLanguages: ["en"] })).toBeNull();
    });

    it("prefers the region that is heard", () => {
      const rows = [
        row("p", "pt-PT", { forced: true }),
        row("b", "pt-BR", { forced: true }),
        row("x", "pt", { forced: true }),
      ];
      const heard = { isOn: false, audioLanguages: ["pt"] };
      expect(choose(rows, { ...heard, heard: "pt-BR" })).toBe("b");
      expect(choose(rows.slice(0, 1), { ...heard, heard: "pt-BR" })).toBe("p");
    });
  });

  it("is forced ones for who never chose, in a household that asked for none", () => {
    expect(choose(all, { heard: "en", locale: "en-GB" })).toBe("f");
    expect(choose(all, { heard: "tr", locale: "en" })).toBeNull();
    expect(choose([wholeEn], { heard: "en" })).toBeNull();
  });

  it("is a forced one, better than nothing, where a whole one is wanted and not there", () => {
    expect(choose([forcedEn], { isOn: true, heard: "ja", subtitleLanguages: ["en"] })).toBe("f");
    expect(choose([forcedEn], { isOn: true, heard: "en", subtitleLanguages: ["tr"] })).toBe("f");
  });
});
