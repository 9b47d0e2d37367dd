import { describe, expect, it } from "vitest";
import { schemaDefinition } from "./definition";
import { mapRows } from "./map-rows";
import { rowPlanOf } from "./row-plan";

/** Rows by parsers written as `key: path`. */
function rowsOf(parsers: [key: string, path: string][], answer: unknown): unknown {
  const definition = schemaDefinition.parse({
    version: 1,
    apiUrl: "https://films.example/search?query=$" + "{searchInput}",
    parsers: parsers.map(([key, value]) => ({ key, value })),
  });
  return JSON.parse(JSON.stringify(mapRows(answer, rowPlanOf(definition))));
}

/** The place and reason of each fault of such a schema. */
function faultsOf(parsers: [key: string, path: unknown][]): string[] {
  const parsed = schemaDefinition.safeParse({
    version: 1,
    apiUrl: "https://films.example/search?query=$" + "{searchInput}",
    parsers: parsers.map(([key, value]) => ({ key, value })),
  });
  return (parsed.error?.issues ?? []).map(({ path, message }) => `${path.join(".")} ${message}`);
}

const releases = {
  data: {
    films: [
      { title: "Lamp", torrents: [{ url: "u1" }, { url: "u2" }] },
      { title: "Wick", torrents: [{ url: "u3" }] },
    ],
  },
};

describe("rows as the original made them", () => {
  it.each<[string, [string, string][], unknown, unknown]>([
    [
      "arrays inside a row, renamed",
      [
        ["title", "data.films.0.title"],
        ["source", "data.films.0.torrents|sources.0.url"],
      ],
      releases,
      [
        { title: "Lamp", sources: [{ source: "u1" }, { source: "u2" }] },
        { title: "Wick", sources: [{ source: "u3" }] },
      ],
    ],
    [
      "any number",
      [["t", "m.7.title"]],
      { m: [{ title: "a" }, { title: "b" }] },
      [{ t: "a" }, { t: "b" }],
    ],
    [
      "the answer itself is the array",
      [
        ["t", "0.title"],
        ["u", "0.x.url"],
      ],
      [
        { title: "a", x: { url: 1 } },
        { title: "b", x: { url: 2 } },
      ],
      [
        { t: "a", u: 1 },
        { t: "b", u: 2 },
      ],
    ],
    ["elements themselves", [["g", "m.0"]], { m: ["x", { a: 1 }] }, [{ g: "x" }, { g: { a: 1 } }]],
    [
      "a whole array as a value",
      [["g", "m.0.genres"]],
      { m: [{ genres: ["a", "b"] }] },
      [{ g: ["a", "b"] }],
    ],
    [
      "values that are nothing",
      [
        ["z", "m.0.z"],
        ["e", "m.0.e"],
        ["n", "m.0.n"],
      ],
      { m: [{ z: 0, e: "", n: null }] },
      [{ z: 0, e: "", n: null }],
    ],
    ["no hits: null", [["t", "d.m.0.t"]], { d: { m: null } }, []],
    ["no hits: the array is left out", [["t", "d.m.0.t"]], { d: { count: 0 } }, []],
    ["an object where the array should be", [["t", "m.0.t"]], { m: { t: 1 } }, []],
    ["text instead of JSON's objects", [["t", "m.0.t"]], "web page", []],
    [
      "one row without an array",
      [
        ["h", "height"],
        ["n", "name"],
      ],
      { height: 3, name: "x" },
      [{ h: 3, n: "x" }],
    ],
    ["objects below the row", [["a", "m.0.x.y.z"]], { m: [{ x: { y: { z: 1 } } }] }, [{ a: 1 }]],
    ["a long way to the array", [["a", "d.e.f.0.g"]], { d: { e: { f: [{ g: 1 }] } } }, [{ a: 1 }]],
    ["an alias of the rows' array", [["t", "d.m|films.0.t"]], { d: { m: [{ t: 1 }] } }, [{ t: 1 }]],
    [
      "an alias that holds for later parsers",
      [
        ["u", "m.0.ts|sources.0.u"],
        ["q", "m.0.ts.0.q"],
      ],
      { m: [{ ts: [{ u: 1, q: 2 }] }] },
      [{ sources: [{ u: 1, q: 2 }] }],
    ],
    [
      "names with digits",
      [["u", "list2.0.img2x.w300"]],
      { list2: [{ img2x: { w300: 1 } }] },
      [{ u: 1 }],
    ],
    [
      "the same key twice",
      [
        ["t", "m.0.a"],
        ["t", "m.0.b"],
      ],
      { m: [{ a: 1, b: 2 }] },
      [{ t: 2 }],
    ],
  ])("%s", (_, parsers, answer, rows) => {
    expect(rowsOf(parsers, answer)).toEqual(rows);
  });
});

describe("rows that the original lost", () => {
  it.each<[string, [string, string][], unknown, unknown]>([
    [
      "a field that is missing is missing in that row alone",
      [
        ["t", "m.0.t"],
        ["y", "m.0.y"],
      ],
      { m: [{ t: "a" }, null, { t: "c", y: 3 }] },
      [{ t: "a" }, {}, { t: "c", y: 3 }],
    ],
    [
      "what stands behind a field that is missing",
      [
        ["t", "m.0.t"],
        ["y", "m.0.y"],
      ],
      { m: [{ y: 1 }, { t: "b", y: 2 }] },
      [{ y: 1 }, { t: "b", y: 2 }],
    ],
    [
      "an array that is missing or empty",
      [
        ["t", "m.0.t"],
        ["u", "m.0.ts|sources.0.u"],
      ],
      { m: [{ t: "a" }, { t: "b", ts: [] }, { t: "c", ts: [{ u: 3 }] }] },
      [
        { t: "a", sources: [] },
        { t: "b", sources: [] },
        { t: "c", sources: [{ u: 3 }] },
      ],
    ],
    [
      "a field that is missing inside an array",
      [
        ["u", "m.0.ts|sources.0.u"],
        ["q", "m.0.ts|sources.0.q"],
      ],
      { m: [{ ts: [{ u: 1, q: 1 }, { u: 2 }, { u: 3, q: 3 }] }] },
      [{ sources: [{ u: 1, q: 1 }, { u: 2 }, { u: 3, q: 3 }] }],
    ],
    [
      "all elements of an array inside a row",
      [
        ["t", "m.0.t"],
        ["g", "m.0.genres.0"],
      ],
      { m: [{ t: "a", genres: ["g1", "g2"] }, { t: "b" }] },
      [{ t: "a", g: ["g1", "g2"] }, { t: "b" }],
    ],
    [
      "every element of the answer",
      [["m", "0.films.0"]],
      [{ films: ["a", "b"] }, { films: ["c"] }],
      [{ m: ["a", "b"] }, { m: ["c"] }],
    ],
    [
      "an alias under an answer that is an array",
      [
        ["u", "0.ts|sources.0.url"],
        ["t", "0.title"],
      ],
      [{ title: "a", ts: [{ url: 1 }] }],
      [{ sources: [{ u: 1 }], t: "a" }],
    ],
    [
      "a value beside the array, in every row",
      [
        ["a", "m.0.n"],
        ["h", "height"],
      ],
      { m: [{ n: 1 }, { n: 2 }], height: 3 },
      [
        { h: 3, a: 1 },
        { h: 3, a: 2 },
      ],
    ],
    [
      "arrays whose names begin alike",
      [
        ["u", "m.0.ts|sources.0.u"],
        ["x", "m.0.ts_extra.0.u"],
      ],
      { m: [{ ts: [{ u: 1 }], ts_extra: [{ u: 2 }] }] },
      [{ sources: [{ u: 1 }], ts_extra: [{ x: 2 }] }],
    ],
    [
      "an alias that only a later parser names",
      [
        ["u", "m.0.ts.0.u"],
        ["q", "m.0.ts|sources.0.q"],
      ],
      { m: [{ ts: [{ u: 1, q: 2 }] }] },
      [{ sources: [{ u: 1, q: 2 }] }],
    ],
    [
      "an alias that ends in a digit",
      [["u", "m.0.ts|s2.0.u"]],
      { m: [{ ts: [{ u: 1 }] }] },
      [{ s2: [{ u: 1 }] }],
    ],
    [
      "a first name that ends in a digit",
      [["u", "v2.items.0.u"]],
      { v2: { items: [{ u: 1 }] } },
      [{ u: 1 }],
    ],
    ["nothing instead of an answer", [["t", "m.0.t"]], null, []],
    ["arrays of arrays", [["t", "m.0.0"]], { m: [[1, 2], [3]] }, [{ t: [1, 2] }, { t: [3] }]],
    [
      "objects in arrays of arrays",
      [["t", "m.0.0.x"]],
      { m: [[{ x: 1 }, { x: 2 }], [{ x: 3 }]] },
      [{ t: [1, 2] }, { t: [3] }],
    ],
    [
      "three arrays deep",
      [["a", "m.0.s.0.f.0.n"]],
      { m: [{ s: [{ f: [{ n: 1 }, { n: 2 }] }, { f: [{ n: 3 }] }] }] },
      [{ s: [{ f: [{ a: 1 }, { a: 2 }] }, { f: [{ a: 3 }] }] }],
    ],
    ["an answer that is null", [["t", "m.0.t"]], null, []],
    ["no answer at all", [["t", "m.0.t"]], undefined, []],
  ])("%s", (_, parsers, answer, rows) => {
    expect(rowsOf(parsers, answer)).toEqual(rows);
  });

  it("more than a hundred of them", () => {
    const films = Array.from({ length: 130 }, (_, n) => ({
      n,
      ts: [{ u: n }, { u: n }, { u: n }],
    }));
    const rows = rowsOf(
      [
        ["n", "films.0.n"],
        ["u", "films.0.ts|sources.0.u"],
      ],
      { films },
    ) as { n: number; sources: unknown[] }[];
    expect(rows).toHaveLength(130);
    expect(rows.every(({ sources }) => sources.length === 3)).toBe(true);
  });
});

describe("a schema that can't be", () => {
  it.each<[string, [string, unknown][], string]>([
    [
      "two arrays side by side",
      [
        ["a", "x.0.n"],
        ["b", "y.0.n"],
      ],
      "parsers.1.value schema-other-array",
    ],
    [
      "two aliases of one array",
      [
        ["a", "m.0.t|x.0.n"],
        ["b", "m.0.t|y.0.n"],
      ],
      "parsers.1.value schema-two-aliases",
    ],
    ["an alias of a value", [["a", "m.0.title|name"]], "parsers.0.value schema-path-alias"],
    ["nothing between dots", [["a", "m..x"]], "parsers.0.value schema-path-empty"],
    ["what every object has", [["a", "m.0.__proto__"]], "parsers.0.value schema-path-name"],
    [
      "an alias that every object has",
      [["a", "m.0.t|constructor.0.x"]],
      "parsers.0.value schema-path-name",
    ],
    ["a key that every object has", [["__proto__", "m.0.t"]], "parsers.0.key schema-path-name"],
    ["four arrays deep", [["a", "0.b.0.c.0.d.0.e"]], "parsers.0.value schema-path-too-deep"],
  ])("%s", (_, parsers, fault) => {
    expect(faultsOf(parsers)).toEqual([fault]);
  });

  it.each([[[["a", 5]]], [[["a", ""]]], [[]]] as [[string, unknown][]][])("%j", (parsers) => {
    expect(faultsOf(parsers)).toHaveLength(1);
  });
});

it("reaches nothing but what the answer holds", () => {
  const answer = { m: [{ t: "a", list: [1, 2] }] };
  const read = (path: string) => rowsOf([["x", path]], answer);
  for (const path of [
    "m.0.toString",
    "m.0.t.length",
    "m.0.list.length",
    "m.0.hasOwnProperty.name",
  ]) {
    expect(read(path), path).toEqual([{}]);
  }
  expect(read("m.length")).toEqual([]);
});

it("never writes into the answer", () => {
  const answer = { m: [{ sources: [{ a: 1 }], ts: [{ u: 2 }] }] };
  const before = JSON.stringify(answer);
  const parsers: [string, string][] = [
    ["sources", "m.0.sources"],
    ["u", "m.0.ts|sources.0.u"],
  ];
  expect(rowsOf(parsers, answer)).toEqual([{ sources: [{ u: 2 }] }]);
  expect(JSON.stringify(answer)).toBe(before);
});
