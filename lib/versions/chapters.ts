/** What chapters of a film mean: rules without a file or a database. */

export interface FilmChapter {
  startSeconds: number;
  endSeconds: number;
  /** Null when the file says no more than a number: pages name it in their own language. */
  title: string | null;
}

/** No film has more; a file may claim anything. */
const mostChapters = 300;

/** `Chapter 12` as discs and their rippers write it, in the languages that they do. */
const numbered =
  /^(?:chapters?|chap\.?|ch\.?|scene|kapitel|chapitre|cap[ií]tulo|capitolo|hoofdstuk|rozdzia[lł]|kapitola|fejezet|luku|b[oö]l[uü]m|глава|розділ|κεφάλαιο|第|チャプター|챕터|فصل|פרק)?\s*[#:.-]?\s*\d{1,3}\s*(?:章|話)?$/iu;
/** `00:12:34.000`, which some programs write for want of a title. */
const timestamp = /^\d{1,2}:\d{2}(?::\d{2})?(?:[.,:]\d+)?$/;

const credits =
  /^(?:(?:the\s+)?(?:end(?:ing)?|closing|final)\s+(?:credits?|titles?)|credits?|end\s+credits?.*|abspann|nachspann|g[eé]n[eé]rique(?:\s+de\s+fin)?|cr[eé]ditos(?:\s+finales|\s+finais)?|titoli\s+di\s+coda|aftiteling|eftertexter|rulletekster|rulletekst|lopputekstit|napisy\s+ko[nń]cowe|z[aá]v[eě]re[cč]n[eé]\s+titulky|(?:kapan[ıi][sş]|son)\s+jenerik|jenerik|титры|финальные\s+титры|エンドロール|エンドクレジット|エンディング|片尾|片尾字幕|엔딩\s*크레딧)$/iu;

/** A title that tells something; null for a number, a time or nothing. */
export function tellingTitle(title: string | null): string | null {
  const text = title?.trim() ?? "";
  return text === "" || numbered.test(text) || timestamp.test(text) ? null : text;
}

/**
 * Chapters as they are kept: in order, inside the film, and none when there is only one. Titles that
 * are only numbers are left out.
 */
export function tidyChapters(
  found: readonly FilmChapter[],
  durationSeconds: number | null,
): FilmChapter[] {
  const end = durationSeconds ?? Number.POSITIVE_INFINITY;
  const ordered = found
    .filter(({ startSeconds }) => startSeconds >= 0 && startSeconds < end)
    .toSorted((a, b) => a.startSeconds - b.startSeconds)
    .filter(({ startSeconds }, at, all) => startSeconds !== all[at - 1]?.startSeconds)
    .slice(0, mostChapters);
  if (ordered.length < 2) return [];
  return ordered.map(({ startSeconds, endSeconds, title }) => ({
    startSeconds,
    endSeconds: Math.min(endSeconds, end),
    title: tellingTitle(title),
  }));
}

/**
 * Where the end credits begin, by the name of a chapter in the second half; null when none says so.
 * "Credits" near the beginning are opening credits.
 */
export function creditsStart(
  chapters: readonly Pick<FilmChapter, "startSeconds" | "title">[],
  durationSeconds: number | null,
): number | null {
  if (!durationSeconds) return null;
  const found = chapters.find(
    ({ startSeconds, title }) =>
      title !== null && startSeconds > durationSeconds / 2 && credits.test(title.trim()),
  );
  return found?.startSeconds ?? null;
}

/** The chapter that is on at a moment; -1 before the first. Chapters are in order. */
export function chapterAt(
  chapters: readonly Pick<FilmChapter, "startSeconds">[],
  seconds: number,
): number {
  return chapters.findLastIndex(({ startSeconds }) => startSeconds <= seconds);
}

/** So far into a chapter "back" goes to its own beginning, like a record player does. */
const restartSeconds = 3;

/** Where the chapter before or after a moment begins; null when there is none. */
export function chapterBeside(
  chapters: readonly Pick<FilmChapter, "startSeconds">[],
  seconds: number,
  direction: "previous" | "next",
): number | null {
  const at = chapterAt(chapters, seconds);
  const current = chapters[at];
  if (direction === "next") return chapters[at + 1]?.startSeconds ?? null;
  if (!current) return null;
  if (seconds - current.startSeconds > restartSeconds) return current.startSeconds;
  return chapters[at - 1]?.startSeconds ?? current.startSeconds;
}
