import { describe, expect, it } from "vitest";
import { type SchemaDefinition, schemaDefinition } from "@/lib/sources/definition";
import { keysIn, withoutKeys } from "./keys";

const search = "$" + "{searchInput}";
const value = "$" + "{value}";
const parsers = [{ key: "title", value: "m.0.title" }];
const hex = "9f8a7c3d2e1b4f60";

const read = (more: object): SchemaDefinition =>
  schemaDefinition.parse({
    ...{ version: 2, apiUrl: `https://films.example/api?q=${search}`, parsers },
    ...more,
  });
const places = (more: object) => keysIn(read(more)).map(({ place }) => place);

describe("what looks like a key", () => {
  const guilty: [what: string, more: object, place: string][] = [
    ["a header that wants one", { headers: { "X-Api-Key": "lantern" } }, "headers.X-Api-Key"],
    ["a header of any other name", { headers: { "X-Lamp": "lit" } }, "headers.X-Lamp"],
    ["a key in a harmless header", { headers: { Accept: `a/b;k=${hex}` } }, "headers.Accept"],
    ["a parameter by its name", { query: { apikey: "lantern" } }, "query.apikey"],
    ["a parameter in camel case", { query: { accessToken: "abc" } }, "query.accessToken"],
    ["a parameter by its value", { query: { u: hex } }, "query.u"],
    [
      "a parameter of the address, which becomes one of its own",
      { apiUrl: `https://films.example/api?passkey=lantern&q=${search}` },
      "query.passkey",
    ],
    [
      "a name and a password",
      { apiUrl: `https://ada:lamp@films.example/api?q=${search}` },
      "address.@",
    ],
    ["a part of the path", { apiUrl: `https://films.example/${hex}/?q=${search}` }, "address./0"],
    ["a UUID", { query: { v: "3f2b8c1e-9a4d-4e6f-8b7a-1c2d3e4f5a6b" } }, "query.v"],
    ["a fixed value", { constants: { token: "lantern" } }, "constants.token"],
    [
      "a template of a link",
      { parsers: [{ ...parsers[0], template: `https://dl.example/?rsskey=abc&id=${value}` }] },
      "parsers.0.rsskey",
    ],
    [
      "a tracker in a template of a magnet",
      {
        parsers: [
          {
            ...parsers[0],
            template: `magnet:?xt=urn:btih:${value}&tr=https%3A%2F%2Ft.example%2F${hex}%2Fannounce`,
          },
        ],
      },
      "parsers.0.tr",
    ],
  ];
  it.each(guilty)("is found: %s", (_, more, place) => {
    expect(places(more)).toContain(place);
  });

  it("is found in the address of the first version, which has no parameters of its own", () => {
    const apiUrl = `https://films.example/api?passkey=lantern&q=${search}`;
    const first = schemaDefinition.parse({ version: 1, apiUrl, parsers });
    expect(keysIn(first).map(({ place }) => place)).toContain("address.passkey");
    const left = withoutKeys(first, new Set(["address.passkey"]));
    expect(left).toMatchObject({ apiUrl: `https://films.example/api?q=${search}` });
  });

  it.each([
    { query: { limit: "20", sort_by: "seeds", lang: "en-GB", keywords: "movies2024" } },
    {
      headers: {
        Accept: "application/json",
        "User-Agent": "Vigilio",
        Referer: "https://a.example/",
      },
    },
    { apiUrl: `https://films.example/api/v2/list_movies.json?key=${search}` },
    { constants: { type: "web", "sources.quality": "1080p" } },
    {
      parsers: [
        {
          ...parsers[0],
          template: `magnet:?xt=urn:btih:${value}&tr=udp%3A%2F%2Ftracker.example%3A80`,
        },
      ],
    },
  ])("is not seen where there is none: %#", (more) => {
    expect(places(more)).toEqual([]);
  });

  it("is shown by its first letters alone", () => {
    const [found] = keysIn(read({ query: { apikey: `abcd${hex}` } }));
    expect(JSON.stringify(found)).not.toContain(hex);
    expect(found?.hint).toBe("abcd…");
    expect(keysIn(read({ query: { apikey: "short" } }))[0]?.hint).toBe("…");
  });
});

describe("what is left out", () => {
  const whole = read({
    apiUrl: `https://ada:lamp@films.example/api?limit=5&passkey=one&q=${search}&passkey=two#x`,
    headers: { "X-Api-Key": "lantern", Accept: "application/json" },
    query: { apikey: "lantern" },
    constants: { token: "lantern", type: "web" },
    parsers: [{ ...parsers[0], template: `https://dl.example/get?rsskey=abc&id=${value}` }],
  });

  it("is gone, and the rest is as it was", () => {
    const found = keysIn(whole);
    const left = withoutKeys(whole, new Set(found.map(({ place }) => place)));
    expect(left).toEqual({
      version: 2,
      apiUrl: `https://films.example/api?limit=5&q=${search}#x`,
      headers: { Accept: "application/json" },
      constants: { type: "web" },
      parsers: [{ ...parsers[0], template: `https://dl.example/get?id=${value}` }],
    });
    expect(keysIn(left)).toEqual([]);
    expect(schemaDefinition.parse(left)).toEqual(left);
  });

  it("is nothing but what was chosen", () => {
    const left = withoutKeys(whole, new Set(["query.apikey"]));
    expect(left).toMatchObject({ apiUrl: whole.apiUrl, headers: { "X-Api-Key": "lantern" } });
    expect(left).toHaveProperty("query", { passkey: "two" });
  });
});
