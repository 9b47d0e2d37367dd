/** A subtitle that can be switched on. */
export interface Choosable {
  id: string;
  language: string;
  forced: boolean;
  hearingImpaired: boolean;
}

function primary(language: string): string {
  return language.toLowerCase().split("-")[0] ?? "";
}

/**
 * The subtitle to begin with, or null for none: the person's last choice, else the first of the
 * household's languages that is there. Whole ones before forced ones, plain ones before those for
 * people who hear badly; a region that fits before one that does not.
 *
 * @param remembered a language, `off`, or null when the person never chose.
 */
export function firstSubtitle<Row extends Choosable>(
  subtitles: readonly Row[],
  wantedLanguages: readonly string[],
  remembered: string | null,
): Row | null {
  if (remembered === "off") return null;
  for (const wanted of remembered ? [remembered, ...wantedLanguages] : wantedLanguages) {
    const fitting = subtitles.filter((row) => primary(row.language) === primary(wanted));
    const points = (row: Row) =>
      (row.forced ? 0 : 4) +
      (row.language.toLowerCase() === wanted.toLowerCase() ? 2 : 0) +
      (row.hearingImpaired ? 0 : 1);
    const best = fitting.reduce<Row | null>(
      (top, row) => (top && points(top) >= points(row) ? top : row),
      null,
    );
    if (best) return best;
  }
  return null;
}
