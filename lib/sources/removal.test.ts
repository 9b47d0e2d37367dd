import { beforeEach, expect, it } from "vitest";
import { serviceState } from "@/db/schema";
import { testDatabase } from "@/tests/support/database";
import { allSources, sourceById } from "./data";
import { createSource, recordAnswer, recordFailure } from "./mutations";
import { forgetRemovedSources, removeSource, restoreSource } from "./removal";

const now = new Date("2026-11-01T20:00:00Z");
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const definition = { url: "http://jackett.home:9117/api", apiKey: "secret", categories: [2000] };
const indexer = (name: string) =>
  ({ name, kind: "torznab", definition, enabled: true, now }) as const;

let db: ReturnType<typeof testDatabase>;
let ids: string[];
beforeEach(() => {
  db = testDatabase();
  ids = ["A", "B", "C"].map((name) => createSource(db, indexer(name)));
  return () => db[Symbol.dispose]();
});
const names = () => allSources(db).map(({ name }) => name);
const second = () => ids[1] ?? "";

it("is taken back as if it had not been, with its key, its place and its record", () => {
  const id = second();
  recordAnswer(db, { id, elapsedMs: 400, now });
  const retryAt = later(60);
  recordFailure(db, { id, reason: { code: "source-timeout" }, retryAt, now: later(1) });
  const before = sourceById(db, id);
  removeSource(db, { id, now: later(2) });
  expect(names()).toEqual(["A", "C"]);
  restoreSource(db, { id, now: later(11) });
  expect(names()).toEqual(["A", "B", "C"]);
  expect(sourceById(db, id)).toEqual(before);
  // Once, and nothing of it is left beside the source.
  expect(() => restoreSource(db, { id, now: later(11) })).toThrow("source-unknown");
  expect(db.select().from(serviceState).all()).toEqual([]);
});

it("is taken back one by one, whichever was removed last", () => {
  for (const id of ids) removeSource(db, { id, now });
  expect(names()).toEqual([]);
  for (const id of ids.toReversed()) restoreSource(db, { id, now: later(1) });
  expect(names()).toEqual(["A", "B", "C"]);
});

it("is forgotten after some minutes, key and all", () => {
  const id = second();
  removeSource(db, { id, now });
  expect(() => restoreSource(db, { id, now: later(11) })).toThrow("source-unknown");
  expect(db.select().from(serviceState).all()).toEqual([]);
  removeSource(db, { id: ids[0] ?? "", now });
  forgetRemovedSources(db, later(9));
  expect(db.select().from(serviceState).all()).toHaveLength(1);
  forgetRemovedSources(db, later(11));
  expect(db.select().from(serviceState).all()).toEqual([]);
});

it("is refused for one that is not there, and when others took its place", () => {
  expect(() => removeSource(db, { id: "0".repeat(16), now })).toThrow("source-unknown");
  removeSource(db, { id: second(), now });
  for (let at = names().length; at < 50; at += 1) createSource(db, indexer(`More ${at}`));
  expect(() => restoreSource(db, { id: second(), now })).toThrow("sources-too-many");
  expect(names()).not.toContain("B");
  // It can be had once there is room again.
  removeSource(db, { id: ids[0] ?? "", now });
  restoreSource(db, { id: second(), now });
  expect(names()).toContain("B");
});
