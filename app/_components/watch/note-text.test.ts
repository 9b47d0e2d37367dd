import { describe, expect, it } from "vitest";
import { clockText, type Note, noteText, rateText, secondsText } from "./note-text";

const say = (key: string, values: Record<string, string | number> = {}) =>
  [key, ...Object.values(values)].join(" ");
const text = (note: Note) => noteText(note, say, "en");

describe("what a key did", () => {
  it.each([
    [{ kind: "seek", seconds: 30 }, "+30 s"],
    [{ kind: "seek", seconds: -10 }, "-10 s"],
    [{ kind: "at", seconds: 3723 }, "1:02:03"],
    [{ kind: "scrub", seconds: 245, by: -80 }, "4:05 (−1:20)"],
    [{ kind: "volume", share: 0.6 }, "noteVolume 60%"],
    [{ kind: "rate", rate: 1.25 }, "1.25×"],
    [{ kind: "fast" }, "noteFast 2×"],
    [{ kind: "subtitles", label: "English" }, "noteSubtitles English"],
    [{ kind: "chapter", text: "The heist" }, "The heist"],
    [{ kind: "muted" }, "noteMuted"],
  ] as [Note, string][])("%j is %s", (note, expected) => expect(text(note)).toBe(expected));

  it("is written as the reader does", () => {
    expect(rateText(1.25, "de")).toBe("1,25×");
    expect(secondsText(10, "de")).toContain("+10");
    expect(clockText(59.9)).toBe("0:59");
    expect(clockText(-3)).toBe("0:00");
  });
});
