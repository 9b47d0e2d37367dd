/** A browser is shown so much of an answer, and sends it back to be tried. */
const mostCharacters = 300_000;
const mostElements = 40;
const longestText = 4_000;
const deepest = 30;

/**
 * An answer in a size that a person can look through: long lists and texts are cut, and the whole
 * ends where there is enough of it. What is left keeps its form.
 */
export function cutAnswer(answer: unknown): { answer: unknown; isCut: boolean } {
  let left = mostCharacters;
  let isCut = false;
  const cut = (value: unknown, depth: number): unknown => {
    if (typeof value === "string") {
      left -= value.length + 2;
      if (value.length <= longestText) return value;
      isCut = true;
      return value.slice(0, longestText);
    }
    left -= 4;
    if (typeof value !== "object" || value === null) return value;
    if (depth >= deepest) {
      isCut = true;
      return null;
    }
    if (Array.isArray(value)) {
      const kept: unknown[] = [];
      for (const one of value) {
        // The first shows what the others are like.
        if (kept.length >= mostElements || (left <= 0 && kept.length > 0)) {
          isCut = true;
          break;
        }
        kept.push(cut(one, depth + 1));
      }
      return kept;
    }
    const kept: [string, unknown][] = [];
    for (const [name, one] of Object.entries(value)) {
      if (left <= -mostCharacters) {
        isCut = true;
        break;
      }
      left -= name.length + 3;
      kept.push([name, cut(one, depth + 1)]);
    }
    return Object.fromEntries(kept);
  };
  return { answer: cut(answer, 0), isCut };
}
