/** A film that TMDB's search offers. */
export interface MatchRow {
  tmdbId: number;
  title: string;
  originalTitle: string | null;
  releaseDate: string | null;
}

export type Match =
  | { kind: "one"; tmdbId: number }
  | { kind: "several"; options: { id: string; label: string }[] }
  | { kind: "none" };

const optionsShown = 6;

/** Letters and digits only, lower case, accents folded: how two spellings of a title are compared. */
export function folded(title: string): string {
  return title
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/&/g, " and ")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

function yearOf(row: MatchRow): number | null {
  return row.releaseDate ? Number(row.releaseDate.slice(0, 4)) : null;
}

/**
 * Which of the films is meant. Only a sure one is taken: the same title and, where the year is
 * known, a year that is at most one off (festivals and cinemas disagree). Anything else is for a
 * person to say.
 */
export function chooseMatch(
  wanted: { title: string; year?: number | undefined },
  rows: readonly MatchRow[],
): Match {
  if (rows.length === 0) return { kind: "none" };
  const title = folded(wanted.title);
  const sameTitle = rows.filter(
    (row) => folded(row.title) === title || folded(row.originalTitle ?? "") === title,
  );
  const sure = sameTitle.filter((row) => {
    const year = yearOf(row);
    return wanted.year === undefined || (year !== null && Math.abs(year - wanted.year) <= 1);
  });
  const exact = sure.filter((row) => yearOf(row) === wanted.year);
  const only = exact.length === 1 ? exact[0] : sure.length === 1 ? sure[0] : undefined;
  if (only) return { kind: "one", tmdbId: only.tmdbId };
  return {
    kind: "several",
    options: rows.slice(0, optionsShown).map((row) => {
      const year = yearOf(row);
      return { id: String(row.tmdbId), label: year ? `${row.title} (${year})` : row.title };
    }),
  };
}
