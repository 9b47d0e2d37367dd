import { describe, expect, it } from "vitest";
import { isTitleOfPart, partOf, partSets, withoutPart } from "./part-names";

describe("which part of a film a name is", () => {
  it.each([
    ["The.Lamp.CD1", 1, "the.lamp", "disc"],
    ["The Lamp (Disc 2)", 2, "the lamp ()", "disc"],
    ["the.lamp.disk-b.xvid", 2, "the.lamp.xvid", "disc"],
    ["The Lamp - Part II", 2, "the lamp -", "part"],
    ["The.Lamp.pt.3.720p", 3, "the.lamp.720p", "part"],
    ["Die Lampe Teil 1", 1, "die lampe", "part"],
    ["The.Lamp.CD1of2", 1, "the.lamp", "disc"],
    ["The Lamp/CD2/film", 2, "the lamp//film", "disc"],
    ["The Lamp/CD2/film.cd2", 2, "the lamp//film", "disc"],
  ])("%s", (path, number, rest, kind) => {
    expect(partOf(path)).toMatchObject({ number, kind });
    const squeeze = (text: string) => text.replace(/[ ._-]+/g, " ").trim();
    expect(squeeze(partOf(path)?.rest ?? "")).toBe(squeeze(rest));
  });

  it.each([
    "The.Lamp",
    "Compact.Disc.Story",
    "Parting",
    "CD",
    "CD2/film.cd1",
    "The.Partition.1947",
  ])("none: %s", (path) => expect(partOf(path)).toBeNull());
});

describe("sets of parts", () => {
  const sets = (...names: string[]) => partSets(names, (name) => name);

  it("are whole, in order, and of one name", () => {
    expect(sets("b.cd2", "x", "a.cd1", "b.cd1", "a.cd2", "a.cd3")).toEqual([
      ["b.cd1", "b.cd2"],
      ["x"],
      ["a.cd1", "a.cd2", "a.cd3"],
    ]);
  });

  it.each([
    ["without the first", ["a.cd2", "a.cd3"]],
    ["with a gap", ["a.cd1", "a.cd3"]],
    ["with one twice", ["a.cd1", "a.disc1", "a.cd1 "]],
    ["alone", ["a.cd1"]],
  ])("are none %s", (_, names) => {
    expect(sets(...names)).toEqual(names.map((name) => [name]));
  });
});

it("knows titles that are called a part themselves", () => {
  expect(isTitleOfPart("The Deadly Lamp: Part 2")).toBe(true);
  expect(isTitleOfPart("The Long Lamp")).toBe(false);
  expect(withoutPart("The.Long.Lamp.CD1")).toBe("The.Long.Lamp");
});
