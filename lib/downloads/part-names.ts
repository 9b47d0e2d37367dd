/** What a name says about its place among the files of one film. */
export interface PartName {
  /** 1 for the first. */
  number: number;
  /** The whole name without the number, in lower case: the same for all parts of a film. */
  rest: string;
  /**
   * `disc`: discs are cut for their size alone. `part`: half the time it is a word of a title
   * instead, as in a sequel's.
   */
  kind: "disc" | "part";
}

const romans = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];

/** CD1, disc 2, Part II, pt.1, Teil 1; the number may have its total behind it: CD1of2. */
const marker =
  /(^|[ ._([-])(cd|dis[ck]|dvd|part|pt|teil|partie)[ ._-]?(\d{1,2}|[a-d]|i{1,3}|iv|v|vi{1,3}|ix)(?:[ ._-]?of[ ._-]?\d{1,2})?(?=[ ._)\]-]|$)/i;

function numberOf(text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  const roman = romans.indexOf(text);
  return roman >= 0 ? roman + 1 : text.charCodeAt(0) - "a".charCodeAt(0) + 1;
}

/**
 * Reads which part of a film a file is. Folders count as well as the name (`CD1/film.avi`); where
 * both say it, they have to say the same.
 *
 * @param path without its extension, with `/`.
 * @returns null for what is no part of anything.
 */
export function partOf(path: string): PartName | null {
  let number: number | null = null;
  let kind: PartName["kind"] = "disc";
  const rest: string[] = [];
  for (const segment of path.toLowerCase().split("/")) {
    const found = marker.exec(segment);
    if (!found) {
      rest.push(segment);
      continue;
    }
    const [, before = "", word = "", digits = ""] = found;
    const own = numberOf(digits);
    if (number !== null && number !== own) return null;
    number = own;
    if (/^(part|pt|teil|partie)$/.test(word)) kind = "part";
    rest.push(segment.replace(marker, before));
  }
  return number === null ? null : { number, rest: rest.join("/"), kind };
}

/** The name without its number: what a film is called that comes in parts. */
export function withoutPart(name: string): string {
  return name.replace(marker, "").trim();
}

/** True for a title that has a number as parts have: "The Long Lamp, Part II". */
export function isTitleOfPart(title: string): boolean {
  return marker.test(title);
}

/**
 * Puts files that are parts of one film together: the same name but for the number, the numbers
 * from 1 on without a gap. What is no such set stays alone.
 *
 * @param pathOf each file's path without extension.
 * @returns sets in order of their first file, each in order of its parts.
 */
export function partSets<File>(
  files: readonly File[],
  pathOf: (file: File) => string,
  isPart: (part: PartName) => boolean = () => true,
): File[][] {
  const named = files.map((file) => {
    const part = partOf(pathOf(file));
    return { file, part: part && isPart(part) ? part : null };
  });
  const byRest = new Map<string, typeof named>();
  for (const one of named) {
    if (one.part) byRest.set(one.part.rest, [...(byRest.get(one.part.rest) ?? []), one]);
  }
  const sets: File[][] = [];
  const taken = new Set<File>();
  for (const { file, part } of named) {
    if (taken.has(file)) continue;
    const siblings = (part ? (byRest.get(part.rest) ?? []) : []).toSorted(
      (a, b) => (a.part?.number ?? 0) - (b.part?.number ?? 0),
    );
    const isWhole =
      siblings.length > 1 && siblings.every((sibling, at) => sibling.part?.number === at + 1);
    const set = isWhole ? siblings.map((sibling) => sibling.file) : [file];
    for (const one of set) taken.add(one);
    sets.push(set);
  }
  return sets;
}
