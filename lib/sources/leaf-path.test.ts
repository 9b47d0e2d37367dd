import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { schemaDefinition } from "./definition";
import { isReleaseKey, pathOfRoute, type Route } from "./leaf-path";
import { schemaRows } from "./schema-rows";

const name = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom("movies", "torrents", "sources", "title", "url", "a", "v2"),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom("__proto__", "constructor", "a.b", "a|b", "7", "", "é ü"),
  },
);
const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean());
const answer = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 6 },
    leaf,
    { weight: 3, arbitrary: fc.array(tie("value"), { maxLength: 4 }) },
    {
      weight: 3,
      arbitrary: fc.dictionary(name, tie("value"), { maxKeys: 5, noNullPrototype: true }),
    },
  ),
})).value;

/** All values with the ways to them. */
function leavesOf(value: unknown, route: Route = []): { route: Route; leaf: unknown }[] {
  if (typeof value !== "object" || value === null) return [{ route, leaf: value }];
  const entries = Array.isArray(value) ? value.entries() : Object.entries(value);
  return [...entries].flatMap(([step, one]) => leavesOf(one, [...route, step]));
}

const definitionOf = (key: string, path: string) =>
  schemaDefinition.parse({
    version: 1,
    apiUrl: "https://films.example/?q=$" + "{searchInput}",
    parsers: [{ key, value: path }],
  });

const places = (route: Route) => route.filter((step) => typeof step === "number");

describe("a value that is chosen", () => {
  it("is found again by its path, in the row and the release that it lies in", () => {
    let taken = 0;
    fc.assert(
      fc.property(answer, fc.constantFrom("title", "source"), (given, key) => {
        for (const { route, leaf: value } of leavesOf(given)) {
          const found = pathOfRoute(route, key);
          if ("fault" in found) continue;
          taken += 1;
          const rows = schemaRows(given, definitionOf(key, found.path));
          const [movie = 0, release] = places(route);
          const row = rows[movie];
          const entries = row?.sources as Record<string, unknown>[] | undefined;
          const holder = release === undefined ? row : entries?.[release];
          expect(holder?.[key]).toBe(value);
        }
      }),
      { numRuns: 500 },
    );
    expect(taken).toBeGreaterThan(500);
  });

  it.each<[Route, string, string]>([
    [["data", "movies", 3, "title"], "title", "data.movies.0.title"],
    [["data", "movies", 0, "torrents", 2, "url"], "source", "data.movies.0.torrents|sources.0.url"],
    [["data", "movies", 0, "sources", 1, "url"], "source", "data.movies.0.sources.0.url"],
    [[4, "title"], "title", "0.title"],
    [[0, "files", 1, "link", "magnet"], "source", "0.files|sources.0.link.magnet"],
    [["results", 2, "magnet"], "source", "results.0.magnet"],
    [["name"], "title", "name"],
  ])("%j as %s is %s", (route, key, path) => {
    expect(pathOfRoute(route, key)).toEqual({ path });
  });

  it.each<[Route, string, string]>([
    [["movies", 0, "a.b"], "title", "name"],
    [["movies", 0, "2024"], "title", "name"],
    [["__proto__", 0, "title"], "title", "name"],
    [[], "title", "name"],
    [["movies", 0, "genres", 1], "title", "inside-list"],
    [["movies", 0, "torrents", 1, "url"], "image", "inside-list"],
    [["movies", 0, "links", 1], "source", "deep"],
    [["movies", 0, "seasons", 1, "torrents", 0, "url"], "source", "deep"],
    [[0, 0, "url"], "source", "deep"],
  ])("%j can't be %s: %s", (route, key, fault) => {
    expect(pathOfRoute(route, key)).toEqual({ fault });
  });

  it("knows what belongs to a release", () => {
    expect([isReleaseKey("source"), isReleaseKey("title"), isReleaseKey("mine")]).toEqual([
      ...[true, false, false],
    ]);
  });
});
