const steps: Record<string, number> = { "": 0, k: 1, m: 2, g: 3, t: 4, p: 5 };

/** `1,5` has a comma for its point, `1,234` and `1.234.567` have thousands. */
function plainNumber(text: string): number {
  const compact = text.replace(/[\s\u00a0\u202f']/g, "");
  const marks = compact.match(/[.,]/g) ?? [];
  const last = Math.max(compact.lastIndexOf("."), compact.lastIndexOf(","));
  if (last === -1) return Number(compact);
  const tail = compact.length - last - 1;
  const isThousands =
    (marks.length > 1 && new Set(marks).size === 1) || (compact[last] === "," && tail === 3);
  const whole = compact.slice(0, isThousands ? undefined : last).replace(/[.,]/g, "");
  return Number(isThousands ? whole : `${whole}.${compact.slice(last + 1)}`);
}

/**
 * A size in bytes: a number, or words such as `1.85 GB`, `700 MiB`, `1,4 Go`, `734003200`. Sites
 * write GB and mean GiB, so that both are powers of 1024: the difference is in no decision.
 *
 * @returns null when it is no size.
 */
export function sizeBytesOf(value: unknown): number | null {
  if (typeof value === "number") return isSize(value) ? Math.round(value) : null;
  if (typeof value !== "string" || value.length > 100) return null;
  if (/^\d{1,15}$/.test(value)) return Number(value);
  const found =
    /^\s*~?\s*(\d[\d.,\s\u00a0\u202f']*)\s*([kmgtp]?)(i?[bo](?:ytes?|ctets?)?)?\s*$/i.exec(value);
  if (!found) return null;
  const [, number = "", prefix = ""] = found;
  const bytes = plainNumber(number) * 1024 ** (steps[prefix.toLowerCase()] ?? 0);
  return isSize(bytes) ? Math.round(bytes) : null;
}

function isSize(bytes: number): boolean {
  return Number.isFinite(bytes) && bytes >= 0 && bytes < 2 ** 50;
}
