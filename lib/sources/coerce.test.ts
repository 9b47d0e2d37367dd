import { describe, expect, it } from "vitest";
import { imdbIdOf, moviesOfRows } from "./coerce";
import { dateOf, numberOf } from "./convert";
import { readSchemaText, schemaDefinition } from "./definition";
import { schemaRows } from "./schema-rows";
import { sizeBytesOf } from "./size-text";

const hash = "a1".repeat(20);
const magnet = `magnet:?xt=urn:btih:${hash}&dn=Lamp`;

describe("what was written in words", () => {
  it.each([
    ["1.85 GB", 1.85 * 1024 ** 3],
    ["700 MiB", 700 * 1024 ** 2],
    ["1,4 Go", 1.4 * 1024 ** 3],
    ["1,234.5 MB", 1234.5 * 1024 ** 2],
    ["1.234,5 KB", 1234.5 * 1024],
    ["734003200", 734_003_200],
    ["1,234,567 bytes", 1_234_567],
    ["2 TB", 2 * 1024 ** 4],
    ["~ 900mb", 900 * 1024 ** 2],
    [1_500, 1_500],
    ["large", null],
    ["-3 GB", null],
    [Number.NaN, null],
    [{}, null],
  ])("a size: %s", (text, bytes) => {
    expect(sizeBytesOf(text)).toBe(bytes === null ? null : Math.round(bytes));
  });

  it.each([
    ["12", 12],
    ["1,234", 1234],
    ["7.8/10", 7.8],
    [" 40 seeds", 40],
    ["none", null],
    [null, null],
    [Number.POSITIVE_INFINITY, null],
  ])("a number: %s", (text, number) => {
    expect(numberOf(text)).toBe(number);
  });

  it.each([
    ["2021-01-21T05:21:37Z", "2021-01-21T05:21:37.000Z"],
    ["Thu, 21 Jan 2021 05:21:37 +0000", "2021-01-21T05:21:37.000Z"],
    [1_611_206_497, "2021-01-21T05:21:37.000Z"],
    ["1611206497000", "2021-01-21T05:21:37.000Z"],
    ["yesterday", null],
    [12, null],
  ])("a date: %s", (text, iso) => {
    expect(dateOf(text)?.toISOString() ?? null).toBe(iso);
  });

  it.each([
    ["tt0111161", "tt0111161"],
    [111161, "tt0111161"],
    ["https://www.imdb.com/title/tt12345678/", "tt12345678"],
    ["0000001", "tt0000001"],
    ["tt", null],
    [0, null],
    [null, null],
  ])("an IMDb id: %s", (text, id) => {
    expect(imdbIdOf(text)).toBe(id);
  });
});

describe("what rows mean", () => {
  it("is films with releases, whichever way they are written", () => {
    const { movies, problems } = moviesOfRows([
      {
        imdbId: "tt0000042",
        title: "Night Bus",
        year: "2021",
        image: "https://pictures.example/a.jpg",
        sources: [
          { source: magnet, quality: "1080p", type: "web", seeds: "1,204", size: "1.5 GB" },
          { source: "https://films.example/a.torrent", hash: hash.toUpperCase(), seeds: 0 },
        ],
      },
      { imdbId: 43, source: magnet, size: 1000 },
    ]);
    expect(movies[0]).toMatchObject({ year: 2021, imageUrl: "https://pictures.example/a.jpg" });
    expect(movies[0]?.releases).toMatchObject([
      { link: magnet, infoHash: hash, seeds: 1204, sizeBytes: 1.5 * 1024 ** 3 },
      { infoHash: hash, seeds: 0, sizeBytes: null },
    ]);
    expect(movies[1]).toMatchObject({ imdbId: "tt0000043", title: "tt0000043", year: null });
    expect(problems).toEqual([{ code: "source-row-without-seeds", count: 1 }]);
  });

  it("leaves out what can't be used, and says how much", () => {
    const { movies, problems } = moviesOfRows([
      { year: 2020, sources: [{ source: magnet, seeds: 1 }] },
      { title: "Nothing to download", sources: [] },
      { title: "No way there", sources: [{ source: "ftp://films.example/x", seeds: 1 }] },
      { title: "Half of it", sources: [{ source: magnet, seeds: 1 }, { source: "magnet:?dn=x" }] },
      { title: "By http", image: "http://pictures.example/a.jpg", source: magnet, seeds: 3 },
    ]);
    expect(movies.map(({ title, releases }) => [title, releases.length])).toEqual([
      ["Half of it", 1],
      ["By http", 1],
    ]);
    expect(movies[1]?.imageUrl).toBe(null);
    expect(problems).toEqual([
      { code: "source-row-untitled", count: 1 },
      { code: "source-row-without-release", count: 2 },
      { code: "source-release-without-link", count: 1 },
      { code: "source-row-without-imdb", count: 2 },
    ]);
  });
});

describe("version 2", () => {
  const search = "$" + "{searchInput}";
  const definition = {
    version: 2,
    apiUrl: "https://films.example/search",
    query: { q: search, sort: "seeds" },
    headers: { accept: "application/json", "x-api-key": "k" },
    constants: { "sources.quality": "1080p", language: "en" },
    paging: { parameter: "page", pages: 2 },
    parsers: [
      { key: "title", value: "films.0.name" },
      { key: "size", value: "films.0.files|sources.0.size", type: "size" },
      {
        ...{ key: "source", value: "films.0.files|sources.0.hash" },
        template: "magnet:?xt=urn:btih:$" + "{value}&dn=$" + "{title}",
      },
    ],
  };

  it("converts, fills templates and adds constants", () => {
    const rows = schemaRows(
      {
        films: [
          {
            name: "Lamp & Wick",
            files: [
              { hash, size: "2 GB" },
              { hash, size: "?" },
            ],
          },
          { files: [{ hash }] },
        ],
      },
      schemaDefinition.parse(definition),
    );
    const link = `magnet:?xt=urn:btih:${hash}&dn=Lamp%20%26%20Wick`;
    expect(JSON.parse(JSON.stringify(rows))).toEqual([
      {
        title: "Lamp & Wick",
        language: "en",
        sources: [
          { size: 2 * 1024 ** 3, source: link, quality: "1080p" },
          { source: link, quality: "1080p" },
        ],
      },
      // Without a title the template is not whole.
      { language: "en", sources: [{ quality: "1080p" }] },
    ]);
  });

  it.each([
    [{ apiUrl: "https://films.example/$" + "{name}" }, "apiUrl schema-placeholder-unknown"],
    [{ query: {} }, "apiUrl schema-placeholder-missing"],
    [{ apiUrl: `https://${search}.example/` }, "apiUrl schema-placeholder-host"],
    [{ apiUrl: `ftp://films.example/${search}` }, "apiUrl schema-address"],
    [{ apiUrl: `https://films.example/${search}/${search}` }, "apiUrl schema-placeholder-twice"],
    [{ headers: { cookie: "a=b" } }, "headers.cookie schema-header"],
    [{ query: { q: search, x: "$" + "{key}" } }, "query.x schema-placeholder-unknown"],
    [{ script: "1 + 1" }, ' Unrecognized key: "script"'],
    [
      { parsers: [{ key: "a", value: "m.0.a", template: "none" }] },
      "parsers.0.template schema-template-value",
    ],
  ])("is refused with the place: %j", (change, fault) => {
    const parsed = schemaDefinition.safeParse({ ...definition, ...change });
    const issues = parsed.error?.issues ?? [];
    expect(issues.map(({ path, message }) => `${path.join(".")} ${message}`)).toEqual([fault]);
  });
});

describe("a schema as it was pasted", () => {
  const one = {
    version: 1,
    apiUrl: "https://films.example/?q=$" + "{searchInput}",
    parsers: [{ key: "title", value: "m.0.title" }],
  };
  it("may have single quotes", () => {
    expect(readSchemaText(JSON.stringify(one))).toEqual(one);
    expect(readSchemaText(JSON.stringify(one).replaceAll('"', "'"))).toEqual(one);
    expect(readSchemaText("not at all")).toBe(undefined);
  });

  it("may have any version that the original took, and members that it did not know", () => {
    for (const version of [1, "1", 99, "first", 0]) {
      expect(schemaDefinition.parse({ ...one, version }).version).toBe(1);
    }
    expect(schemaDefinition.parse({ ...one, note: "x" })).toEqual(one);
    const newer = schemaDefinition.safeParse({ ...one, version: 3, filters: [] });
    expect(newer.error?.issues[0]?.path).toEqual(["version"]);
    expect(schemaDefinition.safeParse({ ...one, version: undefined }).success).toBe(false);
  });
});
