import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ifRangeHolds, parseRange, precondition } from "./range";

const whole = { kind: "whole" };
const unsatisfiable = { kind: "unsatisfiable" };
const parts = (...list: [number, number][]) => ({
  kind: "parts",
  parts: list.map(([first, last]) => ({ first, last })),
});

describe("parseRange", () => {
  it.each([
    ["bytes=0-0", parts([0, 0])],
    ["bytes=0-", parts([0, 999])],
    ["bytes=500-", parts([500, 999])],
    ["bytes=10-19", parts([10, 19])],
    ["bytes=990-5000", parts([990, 999])],
    ["BYTES=10-19", parts([10, 19])],
    ["bytes=-1", parts([999, 999])],
    ["bytes=-5000", parts([0, 999])],
    ["bytes=999-99999999999999999999999999", parts([999, 999])],
  ])("reads one range: %s", (header, expected) => {
    expect(parseRange(header, 1000)).toEqual(expected);
  });

  it.each([["bytes=1000-"], ["bytes=1000-1001"], ["bytes=-0"], ["bytes=-0,2000-3000"]])(
    "refuses what lies past the end: %s",
    (header) => {
      expect(parseRange(header, 1000)).toEqual(unsatisfiable);
    },
  );

  it.each([
    [undefined],
    [""],
    ["items=0-5"],
    ["bytes"],
    ["bytes="],
    ["bytes=,,"],
    ["bytes=-"],
    ["bytes=a-b"],
    ["bytes=5-2"],
    ["bytes=0-1,5-2"],
    ["bytes=0-1;2-3"],
    ["bytes=0x0-5"],
    ["bytes=1.5-2"],
    ["bytes=- 5"],
    [`bytes=${Array.from({ length: 33 }, (_, i) => `${i * 20}-${i * 20}`).join(",")}`],
    [`bytes=0-1${",".repeat(5000)}5-6`],
  ])("ignores what does not follow the grammar: %s", (header) => {
    expect(parseRange(header, 1000)).toEqual(whole);
  });

  it("keeps the order of several ranges and drops those past the end", () => {
    expect(parseRange("bytes=800-809, 0-9 ,,5000-6000,\t400-409", 1000)).toEqual(
      parts([800, 809], [0, 9], [400, 409]),
    );
  });

  it("joins ranges that overlap or nearly touch", () => {
    expect(parseRange("bytes=500-600,0-9,550-700", 1000)).toEqual(parts([0, 9], [500, 700]));
    expect(parseRange("bytes=0-9,10-19", 1000)).toEqual(parts([0, 19]));
    expect(parseRange("bytes=0-0,129-200", 1000)).toEqual(parts([0, 200]));
    expect(parseRange("bytes=0-0,130-200", 1000)).toEqual(parts([0, 0], [130, 200]));
  });

  it("has nothing to give of an empty file", () => {
    expect(parseRange("bytes=0-", 0)).toEqual(unsatisfiable);
  });

  it("never answers with bytes that are not there, whatever is sent", () => {
    const header = fc.oneof(
      fc.string(),
      fc.array(fc.stringMatching(/^ ?\d{0,5}-\d{0,5} ?$/)).map((list) => `bytes=${list.join(",")}`),
    );
    fc.assert(
      fc.property(header, fc.nat(5000), (text, size) => {
        const answer = parseRange(text, size);
        if (answer.kind !== "parts") return;
        expect(answer.parts.length).toBeGreaterThan(0);
        for (const { first, last } of answer.parts) {
          expect(first).toBeGreaterThanOrEqual(0);
          expect(last).toBeGreaterThanOrEqual(first);
          expect(last).toBeLessThan(size);
        }
        const total = answer.parts.reduce((sum, part) => sum + part.last - part.first + 1, 0);
        expect(total).toBeLessThanOrEqual(size);
      }),
    );
  });
});

const file = { etag: '"abc"', modifiedAt: new Date("2026-03-01T10:00:00.700Z") };
const modified = "Sun, 01 Mar 2026 10:00:00 GMT";
const earlier = "Sun, 01 Mar 2026 09:59:59 GMT";
const later = "Sun, 01 Mar 2026 10:00:01 GMT";

describe("ifRangeHolds", () => {
  it.each([
    [undefined, true],
    ['"abc"', true],
    ['"abd"', false],
    ['W/"abc"', false],
    [modified, true],
    [earlier, false],
    [later, false],
    ["yesterday", false],
  ])("%s: %s", (header, expected) => {
    expect(ifRangeHolds(header, file)).toBe(expected);
  });
});

describe("precondition", () => {
  it.each([
    [{}, "proceed"],
    [{ ifNoneMatch: '"abc"' }, "not-modified"],
    [{ ifNoneMatch: 'W/"abc"' }, "not-modified"],
    [{ ifNoneMatch: '"x", W/"y" , "abc"' }, "not-modified"],
    [{ ifNoneMatch: "*" }, "not-modified"],
    [{ ifNoneMatch: '"abd"' }, "proceed"],
    [{ ifNoneMatch: '"abd"', ifModifiedSince: later }, "proceed"],
    [{ ifModifiedSince: modified }, "not-modified"],
    [{ ifModifiedSince: later }, "not-modified"],
    [{ ifModifiedSince: earlier }, "proceed"],
    [{ ifModifiedSince: "soon" }, "proceed"],
    [{ ifMatch: '"abc"' }, "proceed"],
    [{ ifMatch: 'W/"abc"' }, "failed"],
    [{ ifMatch: "*" }, "proceed"],
    [{ ifMatch: '"abd"' }, "failed"],
    [{ ifUnmodifiedSince: earlier }, "failed"],
    [{ ifUnmodifiedSince: modified }, "proceed"],
    [{ ifUnmodifiedSince: "soon" }, "proceed"],
    [{ ifMatch: '"abc"', ifUnmodifiedSince: earlier, ifNoneMatch: '"abc"' }, "not-modified"],
  ] as const)("%o: %s", (conditions, expected) => {
    expect(precondition(conditions, file)).toBe(expected);
  });
});
