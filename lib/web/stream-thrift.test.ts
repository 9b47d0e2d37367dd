import { describe, expect, it } from "vitest";
import { type StreamEvent, toldSoFar } from "./stream-thrift";

const download = (id: string, figures: object, rest: object = {}): StreamEvent => ({
  event: "download",
  figures: ["progress", "speed"],
  data: { id, movieId: `m${id}`, state: "downloading", ...rest, ...figures },
});
const parse = (text: string) => JSON.parse(text.replace(/^.*\ndata: /s, ""));

describe("what a reader is told", () => {
  it("is an object whole at first, and then its figures that changed", () => {
    const told = toldSoFar();
    const first = told.tell([download("a", { progress: 0.1, speed: 5 })]);
    expect(first.map(parse)).toEqual([
      { id: "a", movieId: "ma", state: "downloading", progress: 0.1, speed: 5 },
    ]);
    expect(told.tell([download("a", { progress: 0.2, speed: 5 })]).map(parse)).toEqual([
      { id: "a", movieId: "ma", progress: 0.2, progressOnly: true },
    ]);
    expect(told.tell([download("a", { progress: 0.2, speed: 5 })])).toEqual([]);
  });

  it("is whole and at once when anything else changed, or is said to have", () => {
    const told = toldSoFar();
    const movie = (stamp: number, more: object = {}): StreamEvent => ({
      event: "movie",
      figures: ["progress"],
      stamp,
      data: { id: "a", status: "ready", progress: null, progressOnly: false, ...more },
    });
    expect(told.tell([movie(1)])).toHaveLength(1);
    expect(told.tell([movie(1)])).toEqual([]);
    expect(told.tell([movie(2)]).map(parse)).toMatchObject([{ progressOnly: false }]);
    expect(told.tell([movie(2, { status: "failed" })]).map(parse)).toMatchObject([
      { status: "failed", progressOnly: false },
    ]);
  });

  it("is only figures of what never changed in other ways", () => {
    const told = toldSoFar();
    const data = { id: "a", title: "x", progress: 0.5, progressOnly: true };
    const texts = told.tell([{ event: "movie", figures: ["progress"], stamp: 1, data }]);
    expect(texts.map(parse)).toEqual([{ id: "a", progress: 0.5, progressOnly: true }]);
  });

  it("is no more figures than a line bears, and nobody waits for ever", () => {
    const told = toldSoFar();
    const ids = Array.from({ length: 200 }, (_, at) => String(at));
    told.tell(ids.map((id) => download(id, { progress: 0, speed: 0 })));
    const seen = new Map<string, number>();
    for (let look = 1; look <= 20; look += 1) {
      const texts = told.tell(ids.map((id) => download(id, { progress: look / 100, speed: look })));
      const bytes = texts.reduce((sum, text) => sum + text.length + 2, 0);
      expect(bytes).toBeLessThan(3200);
      // As it is by now, not as it was when it began to wait.
      for (const one of texts.map(parse)) {
        expect(one.speed).toBe(look);
        seen.set(one.id, (seen.get(one.id) ?? 0) + 1);
      }
    }
    expect(seen.size).toBe(200);
    expect(Math.min(...seen.values())).toBeGreaterThanOrEqual(2);
    // A change of state waits for nobody.
    const [first] = told.tell([download("199", { progress: 1, speed: 0 }, { state: "seeding" })]);
    expect(parse(first ?? "")).toMatchObject({ id: "199", state: "seeding" });
  });

  it("is each time that something went, though it reads the same", () => {
    const told = toldSoFar();
    const gone: StreamEvent = { event: "movie", data: { removed: true } };
    expect(told.tell([gone])).toHaveLength(1);
    expect(told.tell([gone])).toHaveLength(1);
    const ready: StreamEvent = { event: "ready", data: { id: "a" } };
    expect(told.tell([ready])).toHaveLength(1);
    expect(told.tell([ready])).toEqual([]);
  });
});
