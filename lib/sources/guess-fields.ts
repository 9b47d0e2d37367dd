import { dateOf, numberOf, textOf } from "./convert";
import type { FieldChoice } from "./draft";
import {
  type FieldKey,
  movieKeys,
  pathOfRoute,
  plainRoute,
  type Route,
  releaseKeys,
} from "./leaf-path";
import { sizeBytesOf } from "./size-text";

/** Values that lie at the same place of their elements. */
interface Leaves {
  /** Where the first of them lies. */
  route: Route;
  /** The last name on the way. */
  name: string;
  /** Places in `route` that are places of an array. */
  lists: number[];
  values: unknown[];
}

const mostElements = 20;
const mostLeaves = 20_000;

function leavesOf(answer: unknown): Leaves[] {
  const found = new Map<string, Leaves>();
  let count = 0;
  const walk = (value: unknown, route: (string | number)[]): void => {
    if (count >= mostLeaves || route.length > 12) return;
    if (Array.isArray(value)) {
      for (const [at, one] of value.slice(0, mostElements).entries()) walk(one, [...route, at]);
    } else if (typeof value === "object" && value !== null) {
      for (const [name, one] of Object.entries(value)) walk(one, [...route, name]);
    } else if (value !== null && value !== "") {
      count += 1;
      const known = found.get(plainRoute(route));
      if (known) known.values.push(value);
      else {
        const last = route.at(-1);
        const lists = route.flatMap((step, at) => (typeof step === "number" ? [at] : []));
        const name = typeof last === "string" ? last : "";
        found.set(plainRoute(route), { route, name, lists, values: [value] });
      }
    }
  };
  walk(answer, []);
  return [...found.values()];
}

/** The share of values that fit. */
function share({ values }: Leaves, fits: (text: string, value: unknown) => boolean): number {
  return values.filter((value) => fits(textOf(value) ?? "", value)).length / values.length;
}

const matching = (pattern: RegExp) => (leaves: Leaves) =>
  share(leaves, (text) => pattern.test(text));
const isAddress = matching(/^https?:\/\//i);
const nameIs = (pattern: RegExp, { name }: Leaves) => pattern.test(name);
const releaseName =
  /\b(2160|1080|720|480)p\b|[ .](x26[45]|h\.?26[45]|web-?dl|webrip|bluray|bdrip)\b/i;

/** How much values look like a field, by what they are and by how they are called: 0 is not at all. */
const likeness: Record<FieldKey, (leaves: Leaves) => number> = {
  title(leaves) {
    if (isAddress(leaves) > 0 || share(leaves, (text) => /\p{L}/u.test(text)) < 0.5) return 0;
    if (nameIs(/^(title|movie_?title|name)$/i, leaves))
      return /^name$/i.test(leaves.name) ? 0.8 : 1;
    return nameIs(/title/i, leaves) ? 0.6 : 0;
  },
  imdbId(leaves) {
    if (matching(/^tt\d{7,10}$/)(leaves) > 0.5) return 1;
    const isDigits = matching(/^\d{5,10}$/)(leaves) > 0.5;
    if (nameIs(/imdb/i, leaves) && isDigits) return 0.9;
    return matching(/\/title\/tt\d{7,10}/)(leaves) > 0.5 ? 0.7 : 0;
  },
  year(leaves) {
    const isYear = matching(/^(18[89]|19\d|20\d)\d(-\d\d-\d\d.*)?$/)(leaves) > 0.5;
    if (!isYear) return 0;
    if (nameIs(/^year$/i, leaves)) return 1;
    return nameIs(/year/i, leaves) ? 0.8 : nameIs(/release|premiere/i, leaves) ? 0.6 : 0;
  },
  image(leaves) {
    if (matching(/^https:\/\//i)(leaves) < 0.5) return 0;
    if (nameIs(/back(ground|drop)|banner|screenshot|fanart/i, leaves)) return 0.2;
    if (nameIs(/poster|cover|image|img|thumb|picture|artwork/i, leaves)) {
      return nameIs(/small|medium|poster/i, leaves) ? 1 : 0.9;
    }
    return matching(/\.(jpe?g|png|webp|avif)(\?|$)/i)(leaves) > 0.5 ? 0.5 : 0;
  },
  source(leaves) {
    if (matching(/^magnet:\?/i)(leaves) > 0.5) return 1;
    if (isAddress(leaves) < 0.5) return 0;
    if (matching(/\.torrent(\?|$)/i)(leaves) > 0.5 || nameIs(/magnet/i, leaves)) return 0.9;
    if (nameIs(/torrent|download/i, leaves)) return 0.8;
    return nameIs(/^(url|link)$/i, leaves) ? 0.4 : 0;
  },
  hash(leaves) {
    if (matching(/^[0-9a-f]{40}$/i)(leaves) < 0.9) return 0;
    return nameIs(/hash|btih/i, leaves) ? 1 : 0.8;
  },
  quality(leaves) {
    if (matching(/^\s*(\d{3,4}[pi]|4k|8k|uhd|fhd|hd|sd|3d)\b.{0,10}$/i)(leaves) < 0.5) return 0;
    return nameIs(/quality|resolution/i, leaves) ? 1 : 0.8;
  },
  type(leaves) {
    const kinds =
      /^(web(-?(rip|dl))?|blu-?ray|bd(rip|remux)?|br-?rip|remux|dvd(rip)?|hdtv|hdrip|cam|ts|telesync)$/i;
    return matching(kinds)(leaves) > 0.5 ? (nameIs(/type|source|format/i, leaves) ? 1 : 0.8) : 0;
  },
  seeds(leaves) {
    const isCount = share(leaves, (_, value) => numberOf(value) !== null) > 0.5;
    return isCount && nameIs(/seed/i, leaves) ? 1 : 0;
  },
  size(leaves) {
    if (share(leaves, (_, value) => sizeBytesOf(value) !== null) < 0.5) return 0;
    const isNamed = nameIs(/size|bytes|length/i, leaves);
    if (matching(/^[\d.,\s]+ ?[kmgt]i?[bo]$/i)(leaves) > 0.5) return isNamed ? 1 : 0.8;
    // Small numbers are of something else: pages, pieces, minutes.
    return isNamed && share(leaves, (text) => Number(text) > 1_000_000) > 0.5 ? 0.9 : 0;
  },
  name(leaves) {
    if (isAddress(leaves) > 0 || matching(/^magnet:/i)(leaves) > 0) return 0;
    return matching(releaseName)(leaves) > 0.5 && share(leaves, (text) => text.length > 12) > 0.5
      ? 1
      : 0;
  },
  date(leaves) {
    if (!nameIs(/date|added|upload|publish|created|time/i, leaves)) return 0;
    return share(leaves, (_, value) => dateOf(value) !== null) > 0.5 ? 0.8 : 0;
  },
};

const least = 0.3;

type Choices = Map<FieldKey, { leaves: Leaves; score: number }>;

function best(keys: readonly FieldKey[], among: readonly Leaves[]): Choices {
  const choices: Choices = new Map();
  for (const key of keys) {
    for (const leaves of among) {
      const score = likeness[key](leaves);
      if (score >= least && score > (choices.get(key)?.score ?? 0))
        choices.set(key, { leaves, score });
    }
  }
  return choices;
}

const weights: Partial<Record<FieldKey, number>> = { title: 2, imdbId: 3, source: 4, hash: 2 };

function worth(choices: Choices): number {
  return [...choices].reduce((sum, [key, { score }]) => sum + score * (weights[key] ?? 1), 0);
}

/** Releases that nothing can be taken of are none. */
const canBeTaken = (choices: Choices) => choices.has("source") || choices.has("hash");

/** A magnet out of a hash, as `template` of version 2. */
export const magnetTemplate = "magnet:?xt=urn:btih:$" + "{value}";

function fieldsOf(choices: Choices): FieldChoice[] {
  const fields = [...movieKeys, ...releaseKeys].flatMap((key): FieldChoice[] => {
    const chosen = choices.get(key);
    const found = chosen && pathOfRoute(chosen.leaves.route, key);
    return found && "path" in found ? [{ key, path: found.path }] : [];
  });
  const hash = fields.find(({ key }) => key === "hash");
  if (hash && !choices.has("source")) {
    return [...fields, { ...hash, key: "source", template: magnetTemplate }];
  }
  return fields;
}

/**
 * What an answer gives away by itself: ids, magnets, years, sizes, and how they are called. The
 * list of movies is the one in which most is found, with releases inside each or in its place.
 */
export function guessFields(answer: unknown): FieldChoice[] {
  const leaves = leavesOf(answer);
  const listOf = ({ route, lists }: Leaves, depth: number) =>
    plainRoute(route.slice(0, lists[depth]));
  let most: Choices = new Map();
  for (const list of new Set(
    leaves.filter(({ lists }) => lists.length > 0).map((one) => listOf(one, 0)),
  )) {
    const inside = leaves.filter(
      (one) => one.lists.length > 0 && listOf(one, 0) === list && one.name,
    );
    const own = inside.filter(({ lists }) => lists.length === 1);
    const nested = inside.filter(({ lists }) => lists.length === 2);
    const ofMovie = best(movieKeys, own);
    const levels = [...new Set(nested.map((one) => listOf(one, 1)))].map((level) =>
      nested.filter((one) => listOf(one, 1) === level),
    );
    let releases: Choices = new Map();
    for (const level of [own, ...levels]) {
      const found = best(releaseKeys, level);
      // An address beside a hash is the page of the movie when it is in the movie itself.
      if (level === own && (found.get("source")?.score ?? 1) < 0.5) found.delete("source");
      if (canBeTaken(found) && worth(found) > worth(releases)) releases = found;
    }
    const name = releases.get("name");
    if (!ofMovie.has("title") && name?.leaves.lists.length === 1) ofMovie.set("title", name);
    const all: Choices = new Map([...ofMovie, ...releases]);
    if (worth(all) > worth(most)) most = all;
  }
  return fieldsOf(most);
}
