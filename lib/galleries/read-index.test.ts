import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { indexAddresses, readIndex, voteAddress } from "./read-index";
import { galleryIndex } from "./schema";

const page = "docs/gallery-format.md";
const schema = {
  version: 1,
  apiUrl: "https://films.example/?q=$" + "{searchInput}",
  parsers: [{ key: "title", value: "m.0.title" }],
};
const entry = { id: "a1", name: "Lantern films", schema };
const gallery = { format: "vigilio-gallery", version: 1, name: "Ada's", sources: [entry] };

describe("an index.json", () => {
  it("is read with what is told of each source, and nothing else", () => {
    const more = { ...entry, score: { up: 3, down: 1 }, legalNote: " Public domain ", extra: 1 };
    expect(readIndex({ ...gallery, sources: [more], more: true })).toEqual({
      name: "Ada's",
      unreadable: 0,
      entries: [
        {
          ...{ id: "a1", name: "Lantern films", schema, description: null, author: null },
          ...{ legalNote: "Public domain", score: { up: 3, down: 1 } },
        },
      ],
    });
  });

  it("loses only the entries that can't be read", () => {
    const later = { ...entry, id: "b2", schema: { ...schema, version: 3, lamps: 1 } };
    const sources = [later, "nothing", { ...entry, id: "../etc" }, { ...entry }, entry];
    const read = readIndex({ ...gallery, sources });
    expect(read?.entries.map(({ id }) => id)).toEqual(["a1"]);
    expect(read?.unreadable).toBe(4);
  });

  it("of a later version says so, and anything else is none", () => {
    expect(() => readIndex({ ...gallery, version: 2 })).toThrow("gallery-newer");
    for (const other of [
      null,
      [],
      "x",
      {},
      { ...gallery, format: "other" },
      { ...gallery, sources: 1 },
    ]) {
      expect(readIndex(other)).toBeNull();
    }
    fc.assert(fc.property(fc.jsonValue(), (any) => readIndex(any) === null));
  });

  it("is what its documentation shows", () => {
    const [, example = ""] = /```json\n([\s\S]*?)```/.exec(readFileSync(page, "utf8")) ?? [];
    expect(readIndex(JSON.parse(example))).toMatchObject({
      ...{ unreadable: 0, entries: [{ score: { up: 12, down: 1 } }] },
    });
  });

  it("that is written can be read, and is refused when it is not whole", () => {
    const whole = galleryIndex.parse(gallery);
    expect(readIndex(JSON.parse(JSON.stringify(whole)))?.entries).toEqual(whole.sources);
    const broken = { ...gallery, sources: [{ ...entry, schema: {} }] };
    expect(galleryIndex.safeParse(broken).success).toBe(false);
  });
});

describe("an address that was typed", () => {
  it.each([
    ["https://a.example", ["https://a.example/gallery/index.json", "https://a.example/"]],
    [
      "https://a.example/gallery?vote=counted#x",
      ["https://a.example/gallery/index.json", "https://a.example/gallery?vote=counted"],
    ],
    [
      "https://a.example/lists/mine.json",
      ["https://a.example/lists/mine.json", "https://a.example/gallery/index.json"],
    ],
    ["https://a.example/gallery/index.json", ["https://a.example/gallery/index.json"]],
    ["nothing", []],
  ])("is looked at where a gallery may lie: %s", (address, candidates) => {
    expect(indexAddresses(address)).toEqual(candidates);
  });

  it("takes votes beside its index", () => {
    expect(voteAddress("https://a.example/gallery/index.json?x=1", "a1").href).toBe(
      "https://a.example/gallery/a1/vote",
    );
  });
});
