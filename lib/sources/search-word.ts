/** A part of an address that may be what was searched for. */
export interface WordPart {
  start: number;
  end: number;
  /** As a person wrote it, unescaped. */
  word: string;
}

/** As `searchPlaceholder` in lib/sources/definition.ts, which a browser does not load. */
export const placeholder = "$" + "{searchInput}";

const searchNames =
  /^(q|query|query_term|search|search_query|searchterm|s|term|terms|keyword|keywords|text|title|name|imdb_?id)$/i;
const otherNames =
  /^(page|p|limit|per_?page|page_?size|offset|start|count|sort|sort_by|order|order_by|direction|api_?key|key|token|lang|language|format|output|type|cat|category|categories|genre|quality|year|minimum_rating|with_.*)$/i;

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}

interface Weighed extends WordPart {
  weight: number;
}

function ofQuery(address: string, from: number, to: number): Weighed[] {
  const found: Weighed[] = [];
  let at = from;
  for (const pair of address.slice(from, to).split("&")) {
    const equals = pair.indexOf("=");
    if (equals >= 0) {
      const name = unescaped(pair.slice(0, equals));
      const word = unescaped(pair.slice(equals + 1));
      const weight = searchNames.test(name) ? 10 : otherNames.test(name) ? 1 : 4;
      const isWord = weight === 10 || /\p{L}/u.test(word);
      const part = { start: at + equals + 1, end: at + pair.length, word };
      if (isWord) found.push({ ...part, weight });
    }
    at += pair.length + 1;
  }
  return found;
}

function ofPath(address: string, from: number, to: number): Weighed[] {
  const found: Weighed[] = [];
  let at = from;
  let before = "";
  const names = address.slice(from, to).split("/");
  for (const [number, name] of names.entries()) {
    const isFixed = /^(api|v\d+(\.\d+)?|search|movies?|list|.*\.(json|php|aspx?))$/i.test(name);
    const weight = /search|query|find/i.test(before) ? 8 : number === names.length - 1 ? 3 : 0;
    if (weight > 0 && !isFixed && /\p{L}/u.test(unescaped(name))) {
      found.push({ start: at, end: at + name.length, word: unescaped(name), weight });
    }
    before = name;
    at += name.length + 1;
  }
  return found;
}

/** Parts of an address that may be what was searched for, the likeliest first. */
export function wordParts(address: string): WordPart[] {
  const start = /^https?:\/\/[^/?#]+/i.exec(address)?.[0].length;
  if (start === undefined || address.includes(placeholder)) return [];
  const hash = address.indexOf("#");
  const end = hash < 0 ? address.length : hash;
  const mark = address.slice(0, end).indexOf("?");
  const pathEnd = mark < 0 ? end : mark;
  const parts = [
    ...(mark < 0 ? [] : ofQuery(address, mark + 1, end)),
    ...ofPath(address, Math.min(start + 1, pathEnd), pathEnd),
  ];
  return parts.toSorted((a, b) => b.weight - a.weight).map(({ weight: _, ...part }) => part);
}

/** The address with the placeholder where a part of it stood. */
export function withPlaceholder(address: string, { start, end }: WordPart): string {
  return address.slice(0, start) + placeholder + address.slice(end);
}

export function hasPlaceholder(address: string): boolean {
  return address.includes(placeholder);
}
