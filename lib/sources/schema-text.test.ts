import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readText } from "./schema-text";

const text = `{
  "version": 1,
  "apiUrl": "https://a.example",
  "parsers": [
    { "key": "title", "value": "0.title" },
    { "key": "year",
      "value": "0..year" }
  ]
}`;

describe("a schema's text", () => {
  it("knows the line of each member", () => {
    for (const one of [text, text.replaceAll('"', "'")]) {
      const read = readText(one);
      if (!read.isRead) throw new Error("it can't be read");
      const lines = ["", "apiUrl", "parsers", "parsers.1.value", "parsers.0.nothing"].map(
        read.lineOf,
      );
      expect(lines).toEqual([1, 3, 4, 7, 5]);
    }
  });

  it.each([
    ["", 1],
    ["not at all", 1],
    [text.replace('"parsers"', "parsers"), 4],
    [text.replace('"0.title" },', '"0.title" }'), 6],
    [`${text}}`, 9],
    [text.slice(0, -2), 8],
    [text.replaceAll('"', "'").replace("'0.title' },", "'0.title' }"), 6],
  ])("that is no JSON says where it stops: %#", (one, line) => {
    expect(readText(one)).toEqual({ isRead: false, line });
  });

  it("is read as JSON reads it, and any other text throws nothing", () => {
    fc.assert(
      fc.property(fc.json(), fc.string(), (json, other) => {
        const read = readText(json);
        expect(read.isRead && read.value).toEqual(JSON.parse(json));
        readText(other);
        readText(json.slice(0, -1));
      }),
    );
  });
});
