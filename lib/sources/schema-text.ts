/** A schema as it was pasted, read so that what is wrong can be shown where it stands. */
export type ReadText =
  | { isRead: true; value: unknown; lineOf: (path: string) => number | null }
  /** Where it stops being JSON, counted from 1. */
  | { isRead: false; line: number };

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

/** Steps over JSON, and notes where each value begins; the offset of what is no JSON when it ends. */
function placesIn(text: string): { places: Map<string, number>; faultAt: number | null } {
  const places = new Map<string, number>();
  const space = /\s*/y;
  const scalar = /"(?:[^"\\\n]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null/y;
  let at = 0;
  const skip = () => {
    space.lastIndex = at;
    space.test(text);
    at = space.lastIndex;
  };
  const take = (mark: string): boolean => {
    skip();
    if (text[at] !== mark) return false;
    at += 1;
    return true;
  };
  const takeScalar = (): string | null => {
    skip();
    scalar.lastIndex = at;
    const found = scalar.exec(text)?.[0] ?? null;
    if (found !== null) at += found.length;
    return found;
  };

  function entries(path: string, close: string, isObject: boolean): boolean {
    if (take(close)) return true;
    for (let number = 0; ; number += 1) {
      let name = String(number);
      if (isObject) {
        const start = at;
        const key = takeScalar();
        if (key === null || !key.startsWith('"')) {
          at = Math.max(start, at - (key?.length ?? 0));
          return false;
        }
        name = key.slice(1, -1);
        if (!take(":")) return false;
      }
      if (!value(path === "" ? name : `${path}.${name}`)) return false;
      if (take(close)) return true;
      if (!take(",")) return false;
    }
  }

  function value(path: string): boolean {
    skip();
    places.set(path, at);
    if (path.split(".").length > 50) return false;
    if (take("{")) return entries(path, "}", true);
    if (take("[")) return entries(path, "]", false);
    return takeScalar() !== null;
  }

  const isWhole = value("");
  skip();
  return { places, faultAt: isWhole && at === text.length ? null : at };
}

/**
 * Sources of the original lie around with single quotes: they are read with double ones, which keep
 * every place.
 */
export function readText(text: string): ReadText {
  for (const candidate of [text, text.replaceAll("'", '"')]) {
    try {
      const value: unknown = JSON.parse(candidate);
      const { places } = placesIn(candidate);
      const lineOf = (path: string) => {
        // A member that is missing is said where its owner begins.
        for (let name = path; ; name = name.slice(0, Math.max(0, name.lastIndexOf(".")))) {
          const offset = places.get(name);
          if (offset !== undefined) return lineAt(text, offset);
          if (name === "") return null;
        }
      };
      return { isRead: true, value, lineOf };
    } catch {
      // The other spelling, then.
    }
  }
  // The spelling that goes further is the one that was meant.
  const faults = [text, text.replaceAll("'", '"')].map((one) => placesIn(one).faultAt ?? 0);
  return { isRead: false, line: lineAt(text, Math.max(...faults)) };
}
