import { type SQL, sql } from "drizzle-orm";
import type { Db } from "@/lib/db";
import { folded, forgivenSlips, slips, wordsOf } from "./edit-distance";
import { sortTitle } from "./titles";

/** No page of results is read further than this. */
const mostFound = 500;
/** So many matches are looked at closely: a word that half of all descriptions hold finds more. */
const mostRanked = 1000;
/** From each of the two places where a misspelt film is looked for. */
const mostCandidates = 400;
/** Where the best come first, or only titles are looked at, half of them do. */
const mostTitles = 200;
const mostWords = 12;
/** Scripts that put no blanks between words: a word is looked for inside the title. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** A word as a string of FTS5's query language: nothing in it is an operator. */
const quoted = (word: string) => `"${word.replaceAll('"', '""')}"`;

/** What a search found: `movies.num`, best first, at most 500. */
export interface Found {
  nums: number[];
  /** Nothing holds the words as they were typed: these come closest. */
  isMisspelt: boolean;
}

/**
 * Finds movies outside the bin: whole words and the beginning of the last one in titles, people and
 * descriptions; then parts of titles; and when that finds nothing, what is misspelt. A year at the
 * end may be the year of release. At most three statements.
 *
 * @param text whatever a person typed; nothing in it is an error.
 */
export function searchMovies(db: Db, text: string): Found {
  const words = wordsOf(text).slice(0, mostWords);
  if (words.length === 0) return { nums: [], isMisspelt: false };
  const found = new Set([...byWords(db, words, sortTitle(text)), ...byPartsOfTitle(db, words)]);
  const isMisspelt = found.size === 0;
  return {
    nums: [...(isMisspelt ? misspelt(db, words) : found)].slice(0, mostFound),
    isMisspelt,
  };
}

/**
 * First the film that is called just so, then those that begin so, then by weight of the places
 * where the words stand; a long cast list must not push a title down.
 */
function byWords(db: Db, words: string[], title: string): number[] {
  const all = (list: string[]) => `${list.map(quoted).join(" AND ")} *`;
  const ranked = (match: string) => sql`select * from (
    select rowid as num, bm25(movie_words, 10, 8, 4, 1) as worth from movie_words
    where movie_words match ${match} order by worth limit ${mostRanked})`;
  const last = words.at(-1) ?? "";
  const isYear = words.length > 1 && /^(18[89]|19\d|20\d)\d$/.test(last);
  const ofYear = isYear
    ? sql`union all select num, worth from (${ranked(all(words.slice(0, -1)))}) join movies using (num)
        where release_year = ${Number(last)}`
    : sql``;
  return db
    .all<{ num: number }>(
      // Materialised, since bm25 can only be asked for where the match is.
      sql`with found as materialized (${ranked(all(words))} ${ofYear})
        select num from found join movies using (num) where binned_at is null group by num
        order by sort_title = ${title} desc, substr(sort_title, 1, length(${title})) = ${title} desc,
          min(worth), num
        limit ${mostFound}`,
    )
    .map(({ num }) => num);
}

function byPartsOfTitle(db: Db, words: string[]): number[] {
  const isLong = (word: string) => [...word].length >= 3;
  const long = words.filter(isLong);
  const short = words.filter((word) => !isLong(word));
  if (long.length === 0 && !short.some((word) => unspaced.test(word))) return [];
  const conditions = [sql`movies.binned_at is null`];
  if (long.length > 0) {
    const match = long.map(quoted).join(" AND ");
    conditions.push(
      sql`movies.num in (select rowid from movie_trigrams where movie_trigrams match ${match})`,
    );
  }
  // Trigrams know nothing shorter than three characters.
  for (const word of short) {
    conditions.push(
      sql`instr(lower(movies.title || ' ' || coalesce(movies.original_title, '')), ${word.toLowerCase()}) > 0`,
    );
  }
  return db
    .all<{ num: number }>(
      sql`select num from movies where ${sql.join(conditions, sql` and `)}
        order by length(title), num limit ${mostFound}`,
    )
    .map(({ num }) => num);
}

interface Candidate {
  num: number;
  title: string;
  originalTitle: string | null;
  peopleText: string;
}

/**
 * Candidates share three letters in a row with a title, or the first two of a word; which of them
 * were meant is told by the number of slips.
 */
function misspelt(db: Db, words: string[]): number[] {
  const plain = words.map(folded);
  const trigrams = new Set([...words, ...plain].flatMap(trigramsOf));
  const sources: SQL[] = [];
  if (trigrams.size > 0) {
    const match = [...trigrams].slice(0, 100).map(quoted).join(" OR ");
    sources.push(sql`select rowid from (select rowid from movie_trigrams
      where movie_trigrams match ${match} order by rank limit ${mostTitles})`);
  }
  const beginnings = plain.map((word) => [...word].slice(0, 2).join(""));
  const match = `{title original_title people} : (${beginnings.map((two) => `${quoted(two)} *`).join(" OR ")})`;
  sources.push(
    sql`select rowid from (select rowid from movie_words where movie_words match ${match} limit ${mostCandidates})`,
  );
  // Of a word whose first letters are swapped neither is the same: "haet", "lnatern".
  const swapped = plain
    .map((word) => [...word])
    .filter((letters) => letters.length > 3)
    .flatMap(([first, second, third]) => [`${first}${third}`, `${second}${first}`]);
  if (swapped.length > 0) {
    const either = `{title original_title} : (${swapped.map((two) => `${quoted(two)} *`).join(" OR ")})`;
    sources.push(
      sql`select rowid from (select rowid from movie_words where movie_words match ${either} limit ${mostTitles})`,
    );
  }
  const distances = plain.map(() => new Map<string, number>());
  return db
    .all<Candidate>(
      sql`select num, title, original_title as "originalTitle", people_text as "peopleText"
        from movies where binned_at is null and num in (${sql.join(sources, sql` union `)})`,
    )
    .map((candidate) => ({ num: candidate.num, worth: slipsOf(plain, candidate, distances) }))
    .filter(({ worth }) => worth < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.worth - b.worth || a.num - b.num)
    .map(({ num }) => num);
}

function trigramsOf(word: string): string[] {
  const letters = [...word];
  return letters.slice(2).map((letter, at) => `${letters[at]}${letters[at + 1]}${letter}`);
}

/**
 * Slips over all words; infinite when one is too far off. A title counts before a name.
 *
 * @param distances of each word to those that it was held against already: titles share many.
 */
function slipsOf(
  words: string[],
  candidate: Candidate,
  distances: readonly Map<string, number>[],
): number {
  const { title, originalTitle } = candidate;
  const titles = (originalTitle ? [title, originalTitle] : [title]).map((text) =>
    wordsOf(folded(text)),
  );
  let people: string[] | undefined;
  // "starwars" for Star Wars: the same letters with the blanks elsewhere.
  const run = words.join("");
  const unbroken = Math.min(...titles.map((own) => within(run, own.join(""))));
  let sum = 0;
  for (const [at, word] of words.entries()) {
    const isLast = at === words.length - 1;
    const nearest = (others: string[]) => {
      let least = Number.POSITIVE_INFINITY;
      for (const other of others) {
        let distance = distances[at]?.get(other);
        if (distance === undefined) {
          distance = distanceOf(word, other, isLast);
          distances[at]?.set(other, distance);
        }
        least = Math.min(least, distance);
      }
      return least;
    };
    let least = Math.min(...titles.map(nearest));
    if (least > 0.5) {
      people ??= wordsOf(folded(candidate.peopleText));
      // Names are found by their first two letters alone: others need not be held against the word.
      const beginning = word.slice(0, 2);
      least = Math.min(least, nearest(people.filter((name) => name.startsWith(beginning))) + 0.5);
    }
    sum += least;
    if (sum === Number.POSITIVE_INFINITY) break;
  }
  return Math.min(sum, unbroken);
}

function within(word: string, other: string): number {
  const most = forgivenSlips(word.length);
  const count = slips(word, other, most);
  return count <= most ? count : Number.POSITIVE_INFINITY;
}

/** The last word may be unfinished: then only its beginning is held against the other. */
function distanceOf(word: string, other: string, isUnfinished: boolean): number {
  const whole = within(word, other);
  if (!isUnfinished || other.length <= word.length) return whole;
  // A hair worse than the whole word.
  return Math.min(whole, within(word, other.slice(0, word.length)) + 0.1);
}
