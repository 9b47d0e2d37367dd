import { describe, expect, it } from "vitest";
import { box, fullBox, Mp4Fault, uint32 } from "./boxes";
import type { Edit, SourceTrack } from "./movie-index";
import { fragmentTimes, presentationOf } from "./presentation";
import { SampleWalk, sampleTablesOf } from "./sample-tables";
import { cutsNear } from "./segments";

interface Sample {
  duration: number;
  offset?: number;
  isKey?: boolean;
}

/** A track with one sample per chunk, in 1000 units per second, as the movie itself. */
function track(
  samples: Sample[],
  { kind = "picture", edits = [] }: { kind?: "picture" | "sound"; edits?: Edit[] } = {},
): SourceTrack {
  const signed = (value: number) => value >>> 0;
  const list = (values: number[][]) => uint32(values.length, ...values.flat());
  const stbl = box(
    "stbl",
    fullBox("stts", 0, 0, list(samples.map(({ duration }) => [1, duration]))),
    fullBox("ctts", 0, 0, list(samples.map(({ offset = 0 }) => [1, signed(offset)]))),
    fullBox("stss", 0, 0, list(samples.flatMap(({ isKey }, at) => (isKey ? [[at + 1]] : [])))),
    fullBox("stsz", 0, 0, uint32(10, samples.length)),
    fullBox("stsc", 0, 0, list([[1, 1, 1]])),
    fullBox("stco", 0, 0, list(samples.map((_, at) => [at * 10]))),
  );
  const whole = { type: "stbl", start: 0, bodyStart: 8, end: stbl.length };
  const none = Buffer.alloc(0);
  return {
    ...{ kind, trackId: 1, timescale: 1000, movieTimescale: 1000, edits, codec: null },
    tables: sampleTablesOf(stbl, whole),
    boxes: { tkhd: none, mdhd: none, hdlr: none, mediaHeader: none, stsd: none },
  };
}

/** Times of the samples that are played, as fragments say them. */
function times(of: SourceTrack) {
  const presentation = presentationOf(of);
  const walk = new SampleWalk(of.tables);
  const found: { decode: number; shown: number; duration: number }[] = [];
  while (walk.next() && walk.index < presentation.end) {
    if (walk.index < presentation.first) continue;
    const { decodeTime, duration, compositionOffset, time } = fragmentTimes(
      of.kind,
      presentation,
      walk,
    );
    expect(compositionOffset).toBeGreaterThanOrEqual(0);
    expect(decodeTime + compositionOffset - presentation.reorderDelay).toBe(time);
    found.push({ decode: decodeTime, shown: time, duration });
  }
  return found;
}

const edit = (mediaTime: number, duration = 0, rate = 1): Edit => ({ mediaTime, duration, rate });
/** I P B B, as encoders order them. */
const reordered: Sample[] = [
  { duration: 40, offset: 80, isKey: true },
  { duration: 40, offset: 160 },
  { duration: 40, offset: 40 },
  { duration: 40, offset: 40 },
];

describe("reordered pictures", () => {
  it("are shown from 0 on when the edit list takes back their delay", () => {
    const shown = times(track(reordered, { edits: [edit(80)] })).map((one) => one.shown);
    expect(shown).toEqual([0, 120, 40, 80]);
  });

  it("are shown from 0 on when negative offsets do", () => {
    const negative = reordered.map((one) => ({ ...one, offset: (one.offset ?? 0) - 80 }));
    expect(times(track(negative)).map((one) => one.shown)).toEqual([0, 120, 40, 80]);
  });

  it("have their first held from 0 when nothing takes back the delay", () => {
    expect(times(track(reordered))).toEqual([
      { decode: 0, shown: 0, duration: 40 },
      { decode: 40, shown: 200, duration: 40 },
      { decode: 80, shown: 120, duration: 40 },
      { decode: 120, shown: 160, duration: 40 },
    ]);
  });
});

describe("edit lists", () => {
  const plain: Sample[] = Array.from({ length: 4 }, () => ({ duration: 100, isKey: true }));

  it("hold the first picture of a late start, and leave late sound where it is", () => {
    const edits = [edit(-1, 300), edit(0, 400)];
    expect(times(track(plain, { edits }))).toEqual([
      { decode: 0, shown: 0, duration: 400 },
      { decode: 400, shown: 400, duration: 100 },
      { decode: 500, shown: 500, duration: 100 },
      { decode: 600, shown: 600, duration: 100 },
    ]);
    expect(times(track(plain, { kind: "sound", edits }))[0]).toEqual({
      ...{ decode: 300, shown: 300, duration: 100 },
    });
  });

  it("leave out the priming of sound, and count a frame that is half of it from 0", () => {
    expect(times(track(plain, { kind: "sound", edits: [edit(100)] }))).toEqual([
      { decode: 0, shown: 0, duration: 100 },
      { decode: 100, shown: 100, duration: 100 },
      { decode: 200, shown: 200, duration: 100 },
    ]);
    expect(times(track(plain, { kind: "sound", edits: [edit(130)] }))).toEqual([
      { decode: 0, shown: 0, duration: 70 },
      { decode: 70, shown: 70, duration: 100 },
      { decode: 170, shown: 170, duration: 100 },
    ]);
  });

  it("end a track before its last sample, but keep what others need", () => {
    expect(times(track(plain, { edits: [edit(0, 200)] }))).toHaveLength(3);
    expect(times(track(plain, { edits: [edit(0, 199)] }))).toHaveLength(2);
    // Shown at 120 and behind the end, but decoded before those that are shown.
    expect(times(track(reordered, { edits: [edit(80, 100)] }))).toHaveLength(4);
  });

  it("may come in two that follow each other", () => {
    expect(times(track(plain, { edits: [edit(0, 200), edit(200, 200)] }))).toHaveLength(4);
  });

  it.each([
    ["cuts inside the film", [edit(0, 100), edit(200, 100)]],
    ["pauses inside the film", [edit(0, 100), edit(-1, 100), edit(100, 100)]],
    ["other speeds", [edit(0, 400, 0.5)]],
    ["a start that is cut off", [edit(250, 100)]],
    ["a start that is much too late", [edit(-1, 1001), edit(0, 400)]],
    ["nothing left", [edit(-1, 100)].concat(edit(5000, 1))],
  ])("are refused for %s", (_, edits) => {
    expect(() => times(track(plain, { edits }))).toThrow(Mp4Fault);
  });

  it("are refused when the film begins without a key frame", () => {
    expect(() => times(track([{ duration: 40 }, { duration: 40, isKey: true }]))).toThrow(
      "key frame",
    );
  });
});

describe("cutsNear", () => {
  it("cuts where it is nearest to the target, and leaves a short end to the last", () => {
    const every = (step: number, end: number) =>
      Array.from({ length: Math.ceil(end / step) }, (_, at) => at * step);
    const moments = (step: number, end: number) =>
      cutsNear(every(step, end), end, 6).map((place) => place * step);
    expect(moments(2, 20)).toEqual([0, 6, 12, 18]);
    expect(moments(2, 14)).toEqual([0, 6, 12]);
    expect(moments(5, 21)).toEqual([0, 5, 10, 15]);
    expect(moments(10, 30)).toEqual([0, 10, 20]);
    expect(moments(0.04, 7)).toEqual([0, 6]);
    expect(moments(0.5, 12)).toEqual([0, 6]);
    expect(cutsNear([0], 5000, 6)).toEqual([0]);
    expect(cutsNear([], 0, 6)).toEqual([]);
  });
});
