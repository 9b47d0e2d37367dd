import { describe, expect, it } from "vitest";
import { firstSubtitle } from "./choose";

const row = (id: string, language: string, more = {}) => ({
  id,
  language,
  forced: false,
  hearingImpaired: false,
  source: "embedded" as const,
  machineTranslated: false,
  ...more,
});

describe("the subtitle to begin with", () => {
  const rows = [
    row("1", "en", { forced: true }),
    row("2", "en", { hearingImpaired: true }),
    row("3", "en"),
    row("4", "pt-BR"),
    row("5", "pt-PT"),
  ];

  it("is the first of the household's languages that is there, whole and plain", () => {
    expect(firstSubtitle(rows, ["tr", "en"], null)?.id).toBe("3");
    expect(firstSubtitle(rows, ["pt-PT"], null)?.id).toBe("5");
    expect(firstSubtitle(rows, ["pt"], null)?.id).toBe("4");
    expect(firstSubtitle(rows.slice(0, 2), ["en"], null)?.id).toBe("2");
  });

  it("is what the person chose last, also when that was none", () => {
    expect(firstSubtitle(rows, ["en"], "pt-BR")?.id).toBe("4");
    expect(firstSubtitle(rows, ["en"], "de")?.id).toBe("3");
    expect(firstSubtitle(rows, ["en"], "off")).toBeNull();
  });

  it("is what a person uploaded, and a machine's translation last", () => {
    const upload = row("6", "en", { source: "upload", hearingImpaired: true });
    expect(firstSubtitle([...rows, upload], ["en"], null)?.id).toBe("6");
    const forced = row("7", "en", { source: "upload", forced: true });
    expect(firstSubtitle([...rows, forced], ["en"], null)?.id).toBe("3");
    const machine = row("8", "en-GB", { machineTranslated: true });
    expect(firstSubtitle([machine, ...rows.slice(1)], ["en-GB"], null)?.id).toBe("3");
  });

  it("is none where nobody asked for one", () => {
    expect(firstSubtitle(rows, [], null)).toBeNull();
  });
});
