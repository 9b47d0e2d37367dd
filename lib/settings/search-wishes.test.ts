import { describe, expect, it } from "vitest";
import { parseInput } from "@/lib/web/input";
import { testSite } from "@/tests/support/site";
import { settingsOf } from "./data";
import { saveSettings } from "./mutations";
import { searchWishesForm } from "./search-wishes";

const none = {
  ...{ searchGreatestHeight: "", searchGreatestGigabytes: "" },
  ...{ searchLanguages: "", searchAvoidedCodecs: "" },
};

describe("the form of what a search offers first", () => {
  it("is saved as it was filled in", () => {
    using site = testSite();
    const filled = {
      searchGreatestHeight: "720",
      searchGreatestGigabytes: " 2,5 ",
      searchLanguages: "tr,pt-BR,tr",
      searchAvoidedCodecs: "hevc,av1",
    };
    const patch = parseInput(searchWishesForm, filled);
    saveSettings(site.db, { patch, env: site.env, now: new Date() });
    expect(settingsOf(site.db, site.env)).toMatchObject({
      ...{ searchGreatestHeight: 720, searchGreatestGigabytes: 2.5 },
      ...{ searchLanguages: ["tr", "pt-BR"], searchAvoidedCodecs: ["hevc", "av1"] },
    });
  });

  it("left empty is no wish, and not the default", () => {
    using site = testSite();
    expect(settingsOf(site.db, site.env).searchGreatestHeight).toBe(1080);
    const patch = parseInput(searchWishesForm, none);
    saveSettings(site.db, { patch, env: site.env, now: new Date() });
    expect(settingsOf(site.db, site.env)).toMatchObject({
      ...{ searchGreatestHeight: null, searchGreatestGigabytes: null },
      ...{ searchLanguages: [], searchAvoidedCodecs: [] },
    });
  });

  it.each([
    ["searchGreatestGigabytes", "much", "number-out-of-range"],
    ["searchGreatestGigabytes", "0", "field-too-small"],
    ["searchGreatestGigabytes", "1001", "field-too-large"],
    ["searchGreatestHeight", "1000", "field-not-one-of"],
    ["searchAvoidedCodecs", "hevc,mp3", "field-not-one-of"],
    ["searchLanguages", "English", "language-code-malformed"],
  ])("refuses %s of %s by its field", (name, text, code) => {
    const tried = () => parseInput(searchWishesForm, { ...none, [name]: text });
    const fields = expect.objectContaining({
      [name]: expect.objectContaining({ code }),
    });
    expect(tried).toThrow(expect.objectContaining({ fields }));
  });
});
