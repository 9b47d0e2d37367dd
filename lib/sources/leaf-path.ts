import { isForbiddenName } from "./value-path";

/** The way to a value in an answer: names of objects, places in arrays. */
export type Route = readonly (string | number)[];

/** Fields of a movie, and of each of its releases, as `moviesOfRows` reads them. */
export const movieKeys = ["title", "imdbId", "year", "image"] as const;
export const releaseKeys = [
  ...(["source", "quality", "type", "seeds", "size", "hash", "name", "date"] as const),
];
export type FieldKey = (typeof movieKeys)[number] | (typeof releaseKeys)[number];

export function isReleaseKey(key: string): boolean {
  return (releaseKeys as readonly string[]).includes(key);
}

/** Why a value can't be taken for a field; each has its words in `sources.fault`. */
export type RouteFault =
  /** A name on the way that no path can spell. */
  | "name"
  /** Of a movie, but inside a list that each movie has. */
  | "inside-list"
  /** Through more lists than releases lie in. */
  | "deep";

/** What `moviesOfRows` looks for a movie's releases under. */
const listName = "sources";

function isSpelled(name: string): boolean {
  return name !== "" && !/[.|]/.test(name) && !/^\d+$/.test(name) && !isForbiddenName(name);
}

/**
 * The path that takes a field from where one of its values lies: places in arrays become "every
 * element", and the list of a movie's releases gets the name that it is looked for under.
 */
export function pathOfRoute(route: Route, key: string): { path: string } | { fault: RouteFault } {
  const lists = route.flatMap((step, at) => (typeof step === "number" ? [at] : []));
  if (route.length === 0) return { fault: "name" };
  if (route.some((step) => typeof step === "string" && !isSpelled(step))) return { fault: "name" };
  const [, inner, ...more] = lists;
  if (inner !== undefined && !isReleaseKey(key)) return { fault: "inside-list" };
  // A list of a list has no name to be called by, and one of bare values no fields.
  const isBare = inner !== undefined && typeof route[inner - 1] !== "string";
  if (more.length > 0 || isBare || (inner !== undefined && inner === route.length - 1)) {
    return { fault: "deep" };
  }
  const parts = route.map((step, at) => {
    if (typeof step === "number") return "0";
    return inner !== undefined && at === inner - 1 && step !== listName
      ? `${step}|${listName}`
      : step;
  });
  return { path: parts.join(".") };
}

/** The path of a route without the name of a list: two values with the same one are of one field. */
export function plainRoute(route: Route): string {
  return route.map((step) => (typeof step === "number" ? "0" : step)).join(".");
}
