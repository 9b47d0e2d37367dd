/** A subtitle that can be switched on. */
export interface Choosable {
  id: string;
  language: string;
  forced: boolean;
  hearingImpaired: boolean;
  source: "upload" | "embedded" | "sidecar" | "opensubtitles";
  machineTranslated: boolean;
}

function primary(language: string): string {
  return language.toLowerCase().split("-")[0] ?? "";
}

/**
 * The subtitle to begin with, or null for none: the person's last choice, else the first of the
 * household's languages that is there. Whole ones before forced ones, what a person uploaded before
 * what was found, a person's words before a machine's, a region that fits before one that does not,
 * plain ones before those for people who are hard of hearing.
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
      (row.forced ? 0 : 16) +
      (row.source === "upload" ? 8 : 0) +
      (row.machineTranslated ? 0 : 4) +
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
