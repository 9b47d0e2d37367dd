import { describe, expect, it } from "vitest";
import { chooseMatch } from "./match";

const row = (tmdbId: number, title: string, releaseDate: string | null, originalTitle = title) => ({
  tmdbId,
  title,
  releaseDate,
  originalTitle,
});

describe("chooseMatch", () => {
  it("takes the one film with the title and the year", () => {
    const rows = [row(1, "The Long Lamp", "2019-04-01"), row(2, "The Long Lamp", "1971-01-01")];
    expect(chooseMatch({ title: "the long lamp", year: 2019 }, rows)).toEqual({
      kind: "one",
      tmdbId: 1,
    });
  });

  it("allows a year that is one off, accents and punctuation, and the original title", () => {
    const rows = [row(7, "The Sea", "2020-01-03", "La Mer: Été")];
    expect(chooseMatch({ title: "la mer ete", year: 2019 }, rows)).toEqual({
      kind: "one",
      tmdbId: 7,
    });
  });

  it("asks when two fit, when the year disagrees, or when only something alike is there", () => {
    const twins = [row(1, "Harbour", "2001-01-01"), row(2, "Harbour", "2011-01-01")];
    expect(chooseMatch({ title: "Harbour" }, twins).kind).toBe("several");
    expect(chooseMatch({ title: "Harbour", year: 1950 }, twins).kind).toBe("several");
    expect(chooseMatch({ title: "Harbor Lights", year: 2001 }, twins)).toEqual({
      kind: "several",
      options: [
        { id: "1", label: "Harbour (2001)" },
        { id: "2", label: "Harbour (2011)" },
      ],
    });
  });

  it("says when there is nothing", () => {
    expect(chooseMatch({ title: "Nothing" }, [])).toEqual({ kind: "none" });
  });
});
