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

/** True for the same language, whatever the region. */
export function isSameLanguage(one: string, other: string): boolean {
  return primary(one) !== "und" && primary(one) === primary(other);
}

function best<Row>(rows: readonly Row[], points: (row: Row) => number): Row | null {
  return rows.reduce<Row | null>(
    (top, row) => (top && points(top) >= points(row) ? top : row),
    null,
  );
}

const isExact = (row: Choosable, language: string) =>
  row.language.toLowerCase() === language.toLowerCase();

/**
 * The first of the wanted languages that is there. Whole ones before forced ones, what a person
 * uploaded before what was found, a person's words before a machine's, a region that fits before one
 * that does not, plain ones before those for people who are hard of hearing.
 */
export function subtitleInLanguages<Row extends Choosable>(
  subtitles: readonly Row[],
  languages: readonly string[],
): Row | null {
  for (const wanted of languages) {
    const fitting = subtitles.filter((row) => isSameLanguage(row.language, wanted));
    const found = best(
      fitting,
      (row) =>
        (row.forced ? 0 : 16) +
        (row.source === "upload" ? 8 : 0) +
        (row.machineTranslated ? 0 : 4) +
        (isExact(row, wanted) ? 2 : 0) +
        (row.hearingImpaired ? 0 : 1),
    );
    if (found) return found;
  }
  return null;
}

/** What a person picked: that one, or in another version of the film the one most like it. */
function asPicked<Row extends Choosable>(
  subtitles: readonly Row[],
  picked: Pick<Choosable, "id" | "language" | "forced" | "hearingImpaired">,
): Row | null {
  const same = subtitles.find(({ id }) => id === picked.id);
  if (same) return same;
  const fitting = subtitles.filter(
    (row) => isSameLanguage(row.language, picked.language) && row.forced === picked.forced,
  );
  return best(
    fitting,
    (row) =>
      (isExact(row, picked.language) ? 8 : 0) +
      (row.hearingImpaired === picked.hearingImpaired ? 4 : 0) +
      (row.source === "upload" ? 2 : 0) +
      (row.machineTranslated ? 0 : 1),
  );
}

/** Forced ones in the language that is heard: what is foreign in the film, put into it. */
function forcedFor<Row extends Choosable>(subtitles: readonly Row[], heard: string): Row | null {
  const fitting = subtitles.filter((row) => row.forced && isSameLanguage(row.language, heard));
  return best(
    fitting,
    (row) =>
      (row.source === "upload" ? 4 : 0) +
      (isExact(row, heard) ? 2 : 0) +
      (row.machineTranslated ? 0 : 1),
  );
}

/** What is known of who watches, and of what they hear. */
export interface Watching {
  /** The language of the sound that plays; null when it is not known. */
  heard: string | null;
  /** What this person picked for this movie: null for none, undefined when they never did. */
  picked: Pick<Choosable, "id" | "language" | "forced" | "hearingImpaired"> | null | undefined;
  /** False when the person switched subtitles off; undefined when they never said. */
  isOn: boolean | undefined;
  /** The person's, liked best first. */
  subtitleLanguages: readonly string[];
  audioLanguages: readonly string[];
  /** The household's languages of subtitles, in order of preference. */
  household: readonly string[];
  /** The language that the person reads Vigilio in. */
  locale: string;
}

/**
 * The subtitle to begin with, or null for none: the last pick for this movie, else the first of the
 * person's languages that is there, else of the household's. Where no whole one is wanted or there,
 * and what is heard is a language of the person's own, forced ones in it.
 */
export function chooseSubtitle<Row extends Choosable>(
  subtitles: readonly Row[],
  watching: Watching,
): Row | null {
  const { heard, picked, isOn, household } = watching;
  if (picked === null) return null;
  const pick = picked && asPicked(subtitles, picked);
  if (pick) return pick;
  const languages = [...watching.subtitleLanguages, ...household];
  const wanted = isOn === false ? null : subtitleInLanguages(subtitles, languages);
  if (wanted) return wanted;
  if (heard === null) return null;
  const own = [...watching.audioLanguages, ...languages, watching.locale];
  return own.some((one) => isSameLanguage(one, heard)) ? forcedFor(subtitles, heard) : null;
}
