/**
 * The paths of a schema: `data.movies.0.torrents|sources.0.url`. Names are looked up in objects; a
 * segment of digits alone means every element of an array, whatever its number; `a|b` before one
 * looks up `a` and calls the array `b` in the row.
 */
export type Segment = { kind: "name"; name: string; alias: string | null } | { kind: "each" };

/** Why a path can't be used; each is a key of `reasons` in messages/. */
export type PathFault =
  | "schema-path-empty"
  | "schema-path-name"
  | "schema-path-alias"
  | "schema-path-too-deep";

/** Arrays within arrays that are followed. */
const mostArrays = 3;

const forbidden = new Set(["__proto__", "prototype", "constructor"]);

/** Names that would reach what every object has, instead of what the answer holds. */
export function isForbiddenName(name: string): boolean {
  return forbidden.has(name);
}

/** @returns the path's segments, or why it is none. */
export function parsePath(text: string): Segment[] | PathFault {
  const parts = text.split(".");
  const segments: Segment[] = [];
  for (const [at, part] of parts.entries()) {
    if (part === "") return "schema-path-empty";
    if (/^\d+$/.test(part)) {
      segments.push({ kind: "each" });
      continue;
    }
    const [name = "", alias = null, ...more] = part.split("|");
    const isBeforeArray = /^\d+$/.test(parts[at + 1] ?? "");
    if (more.length > 0 || (alias !== null && !isBeforeArray)) return "schema-path-alias";
    if (name === "" || alias === "") return "schema-path-empty";
    if (isForbiddenName(name) || (alias !== null && isForbiddenName(alias))) {
      return "schema-path-name";
    }
    segments.push({ kind: "name", name, alias });
  }
  const arrays = segments.filter(({ kind }) => kind === "each").length;
  return arrays > mostArrays ? "schema-path-too-deep" : segments;
}

/** A path without its aliases, to tell whether two are the same. */
export function plainPath(segments: readonly Segment[]): string {
  return segments.map((part) => (part.kind === "each" ? "0" : part.name)).join(".");
}

/** The names in front of the first array; null when there is no array on the way. */
export function arrayPath(segments: readonly Segment[]): Segment[] | null {
  const first = segments.findIndex(({ kind }) => kind === "each");
  return first === -1 ? null : segments.slice(0, first);
}
