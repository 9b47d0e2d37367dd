import { expect, it } from "vitest";
import { testDatabase } from "@/tests/support/database";
import { allSources, searchResult, sourcesToAsk, toSourceView } from "./data";
import {
  createSource,
  deleteSource,
  recordAnswer,
  recordFailure,
  storeFound,
  updateSource,
} from "./mutations";

const now = new Date("2026-11-01T20:00:00Z");
const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
const definition = {
  version: 1 as const,
  apiUrl: "https://films.example/?q=$" + "{searchInput}",
  parsers: [{ key: "title", value: "m.0.title" }],
};
const schema = (name: string) =>
  ({ name, kind: "schema", definition, enabled: true, now }) as const;
const indexer = {
  name: "Indexer",
  kind: "torznab",
  enabled: true,
  now,
  definition: { url: "http://jackett.home:9117/api", apiKey: "secret-key", categories: [2000] },
} as const;
const say = ({ code }: { code: string }) => code;

it("keeps the order that a person gives", () => {
  using db = testDatabase();
  const [a, b, c] = ["A", "B", "C"].map((name) => createSource(db, schema(name)));
  const names = () => allSources(db).map(({ name }) => name);
  expect(names()).toEqual(["A", "B", "C"]);
  updateSource(db, { id: c ?? "", change: { position: 0 }, now });
  updateSource(db, { id: a ?? "", change: { position: 99 }, now });
  expect(names()).toEqual(["C", "B", "A"]);
  deleteSource(db, b ?? "");
  expect(names()).toEqual(["C", "A"]);
  expect(() => deleteSource(db, b ?? "")).toThrow("source-unknown");
});

it("takes an indexer's key and never gives it out; a change without one keeps it", () => {
  using db = testDatabase();
  const id = createSource(db, indexer);
  const { apiKey: _, ...shown } = indexer.definition;
  updateSource(db, { id, change: { definition: { ...shown, categories: [2000, 2040] } }, now });
  const [source] = allSources(db);
  expect(source?.definition).toEqual({ ...indexer.definition, categories: [2000, 2040] });
  const view = source && toSourceView(source, { say, now });
  expect(view).toMatchObject({ isKeySet: true });
  expect(JSON.stringify(view)).not.toContain("secret-key");
});

it("refuses a definition of another kind, by its place, and changes nothing", () => {
  using db = testDatabase();
  const id = createSource(db, schema("A"));
  const wrong = { ...definition, parsers: [{ key: "a", value: "m..x" }] };
  const change = () => updateSource(db, { id, change: { name: "B", definition: wrong }, now });
  expect(change).toThrow(
    expect.objectContaining({
      fields: { "definition.parsers.0.value": { code: "schema-path-empty" } },
    }),
  );
  expect(allSources(db)[0]?.name).toBe("A");
});

it("lets a source rest that failed ten times in a row, and says so", () => {
  using db = testDatabase();
  const id = createSource(db, schema("A"));
  const view = (at: Date) => {
    const [source] = allSources(db);
    return source && toSourceView(source, { say, now: at }).health;
  };
  expect(view(now)).toMatchObject({ state: "unknown", detail: null });
  for (let count = 1; count <= 9; count++) {
    recordFailure(db, { id, reason: { code: "source-timeout" }, now });
  }
  expect(view(now)).toMatchObject({ state: "failing", detail: "source-timeout", failuresInRow: 9 });
  expect(sourcesToAsk(db, now).askable).toHaveLength(1);
  recordFailure(db, { id, reason: { code: "source-timeout" }, now });
  expect(view(now)).toMatchObject({ state: "paused", detail: "source-rests" });
  expect(sourcesToAsk(db, now).askable).toEqual([]);
  // After its rest it is asked again; one answer, and all is forgotten.
  expect(sourcesToAsk(db, later(25)).askable).toHaveLength(1);
  recordAnswer(db, { id, elapsedMs: 400, now: later(25) });
  expect(view(later(25))).toMatchObject({ state: "ok", detail: null, averageMs: 400 });
  recordAnswer(db, { id, elapsedMs: 900, now: later(26) });
  expect(view(later(26))?.averageMs).toBe(500);
});

it("gives a source the pause that it asked for, and a clean record when it is written anew", () => {
  using db = testDatabase();
  const id = createSource(db, schema("A"));
  recordFailure(db, { id, reason: { code: "source-rate-limited" }, retryAt: later(1), now });
  expect(sourcesToAsk(db, now).askable).toEqual([]);
  expect(sourcesToAsk(db, later(2)).askable).toHaveLength(1);
  updateSource(db, { id, change: { definition }, now });
  expect(sourcesToAsk(db, now).askable).toHaveLength(1);
  updateSource(db, { id, change: { enabled: false }, now });
  expect(sourcesToAsk(db, now).askable).toEqual([]);
});

it("stores what was found for an evening", () => {
  using db = testDatabase();
  const id = createSource(db, schema("A"));
  const release = {
    ...{ name: "Night.Bus.1080p", link: "magnet:?xt=urn:btih:aa", infoHash: "aa", quality: null },
    ...{ type: null, sizeBytes: null, seeds: 3, publishedAt: null },
  };
  const movies = [
    { imdbId: "tt0000001", title: "Night Bus", year: 2021, imageUrl: null, releases: [release] },
  ];
  const [film] = storeFound(db, { source: { id, name: "A" }, movies, now });
  const resultId = film?.releases[0]?.resultId ?? "";
  expect(resultId).toMatch(/^[0-9a-f]{16}$/);
  expect(searchResult(db, resultId)).toMatchObject({ link: release.link, imdbId: "tt0000001" });
  storeFound(db, { source: { id, name: "A" }, movies: [], now: later(11) });
  expect(searchResult(db, resultId)).toBeDefined();
  storeFound(db, { source: { id, name: "A" }, movies: [], now: later(13) });
  expect(searchResult(db, resultId)).toBeUndefined();
});
