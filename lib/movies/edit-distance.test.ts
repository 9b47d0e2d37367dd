import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { folded, forgivenSlips, slips, wordsOf } from "./edit-distance";

describe("slips", () => {
  it.each([
    ["matrix", "matrix", 0],
    ["matirx", "matrix", 1],
    ["matrx", "matrix", 1],
    ["mattrix", "matrix", 1],
    ["natrix", "matrix", 1],
    ["spiritd", "spirited", 1],
    ["awey", "away", 1],
    ["abc", "xyz", 3],
    ["", "abc", 3],
  ])("%s, %s: %i", (a, b, expected) => {
    expect(slips(a, b, 5)).toBe(expected);
  });

  it("stops counting past what is asked for", () => {
    expect(slips("abcdef", "uvwxyz", 2)).toBe(3);
    expect(slips("a", "abcdefgh", 2)).toBe(3);
  });

  it("is the same in both directions, and 0 for the same alone", () => {
    const word = fc.stringMatching(/^[abc]{0,8}$/);
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(slips(a, b, 9)).toBe(slips(b, a, 9));
        expect(slips(a, b, 9) === 0).toBe(a === b);
      }),
    );
  });
});

it("folds accents and case, and finds words", () => {
  expect(folded("Amélie ÇA")).toBe("amelie ca");
  expect(wordsOf("M*A*S*H: (1970) l'été 千と千尋")).toEqual([
    "M",
    "A",
    "S",
    "H",
    "1970",
    "l",
    "été",
    "千と千尋",
  ]);
  expect(wordsOf("\u0301 ?! \u0000")).toEqual([]);
});

it("forgives more in longer words", () => {
  expect([1, 2, 3, 5, 6, 9, 10].map(forgivenSlips)).toEqual([0, 0, 1, 1, 2, 2, 3]);
});
