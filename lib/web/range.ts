/** Bytes `first` to `last`, both included, counted from 0. */
export interface ByteRange {
  first: number;
  last: number;
}

export type RangeAnswer =
  /** No range asked for, or a header that is to be ignored: the whole, with 200. */
  | { kind: "whole" }
  /** None of the ranges touches the file: 416. */
  | { kind: "unsatisfiable" }
  /** One or more ranges: 206. They are in the order asked for, unless some were joined. */
  | { kind: "parts"; parts: ByteRange[] };

/** More than a player ever asks for; a longer list is only good for making a server work. */
const mostRanges = 32;
/** RFC 9110, 14.2: parts closer than what a part's own header costs are better sent as one. */
const joinedGapBytes = 128;

/** What a file is known by in conditional requests. `modifiedAt` counts in whole seconds. */
export interface Validators {
  /** Strong entity tag with its quotes. */
  etag: string;
  modifiedAt: Date;
}

/** A count of bytes; more digits than a number can hold mean "past any end". */
function bytes(digits: string): number {
  return Math.min(Number(digits), Number.MAX_SAFE_INTEGER);
}

/**
 * Reads a Range header as RFC 9110, 14.1 and 14.2, describe it: unit `bytes`, `first-last`,
 * `first-`, `-suffix`, and lists of these with empty elements and blanks. What does not follow the
 * grammar, other units and overlong lists are ignored, as the RFC allows.
 *
 * @param header the header's text; undefined when there is none.
 * @param sizeBytes length of the whole file.
 */
export function parseRange(header: string | undefined, sizeBytes: number): RangeAnswer {
  const set = /^bytes=(.*)$/is.exec(header?.trim() ?? "")?.[1];
  if (set === undefined) return { kind: "whole" };
  // Half of the list may be empty elements; a longer one is cut here and not looked at.
  const listed = set.split(",", mostRanges * 2 + 1);
  if (listed.length > mostRanges * 2) return { kind: "whole" };
  const elements = listed
    .map((element) => element.replace(/^[ \t]+|[ \t]+$/g, ""))
    .filter((element) => element !== "");
  if (elements.length === 0 || elements.length > mostRanges) return { kind: "whole" };

  const parts: ByteRange[] = [];
  for (const element of elements) {
    const [, firstDigits, lastDigits] = /^(\d*)-(\d*)$/.exec(element) ?? [];
    if (firstDigits === undefined || lastDigits === undefined) return { kind: "whole" };
    if (firstDigits === "") {
      if (lastDigits === "") return { kind: "whole" };
      const suffix = Math.min(bytes(lastDigits), sizeBytes);
      if (suffix > 0) parts.push({ first: sizeBytes - suffix, last: sizeBytes - 1 });
      continue;
    }
    const first = bytes(firstDigits);
    const last = lastDigits === "" ? Number.MAX_SAFE_INTEGER : bytes(lastDigits);
    if (last < first) return { kind: "whole" };
    if (first < sizeBytes) parts.push({ first, last: Math.min(last, sizeBytes - 1) });
  }
  if (parts.length === 0) return { kind: "unsatisfiable" };
  return { kind: "parts", parts: joined(parts) };
}

/** Joins ranges that overlap or nearly touch; leaves the list as it was asked for when none do. */
function joined(parts: ByteRange[]): ByteRange[] {
  const sorted = parts.toSorted((a, b) => a.first - b.first || a.last - b.last);
  const result: ByteRange[] = [];
  for (const part of sorted) {
    const before = result.at(-1);
    if (before && part.first <= before.last + 1 + joinedGapBytes) {
      before.last = Math.max(before.last, part.last);
    } else result.push({ ...part });
  }
  return result.length === parts.length ? parts : result;
}

/**
 * True when the file is still the one that the earlier bytes came from (RFC 9110, 13.1.5): a strong
 * entity tag that is equal, or exactly the Last-Modified date. Without the header there is nothing
 * to hold against.
 */
export function ifRangeHolds(header: string | undefined, of: Validators): boolean {
  const text = header?.trim();
  if (text === undefined || text === "") return true;
  if (text.startsWith('"')) return text === of.etag;
  if (text.startsWith("W/")) return false;
  return Date.parse(text) === wholeSeconds(of.modifiedAt);
}

export interface Conditions {
  ifMatch?: string | undefined;
  ifUnmodifiedSince?: string | undefined;
  ifNoneMatch?: string | undefined;
  ifModifiedSince?: string | undefined;
}

/** Evaluates the preconditions of a GET or HEAD in the order of RFC 9110, 13.2.2. */
export function precondition(
  conditions: Conditions,
  of: Validators,
): "proceed" | "not-modified" | "failed" {
  const { ifMatch, ifUnmodifiedSince, ifNoneMatch, ifModifiedSince } = conditions;
  const modified = wholeSeconds(of.modifiedAt);
  if (ifMatch !== undefined) {
    if (!names(ifMatch, of.etag, "strong")) return "failed";
  } else if (ifUnmodifiedSince !== undefined && modified > Date.parse(ifUnmodifiedSince)) {
    return "failed";
  }
  if (ifNoneMatch !== undefined) {
    return names(ifNoneMatch, of.etag, "weak") ? "not-modified" : "proceed";
  }
  // A date that cannot be read compares as false: the condition is ignored, as it has to be.
  if (ifModifiedSince !== undefined && modified <= Date.parse(ifModifiedSince)) {
    return "not-modified";
  }
  return "proceed";
}

function names(list: string, etag: string, comparison: "strong" | "weak"): boolean {
  if (list.trim() === "*") return true;
  const tags = list.match(/(?:W\/)?"[^"]*"/g) ?? [];
  return tags.some((tag) => (comparison === "weak" ? tag.replace(/^W\//, "") : tag) === etag);
}

function wholeSeconds(moment: Date): number {
  return Math.floor(moment.getTime() / 1000) * 1000;
}
