import { and, asc, eq, inArray, ne } from "drizzle-orm";
import { credits, people } from "@/db/schema";
import type { Db } from "@/lib/db";
import { folded, forgivenSlips, slips, wordsOf } from "./edit-distance";

interface Named {
  id: string;
  title: string;
}

/** True when one of the others begins with the word, or is it with as many slips as are forgiven. */
function isAmong(word: string, others: readonly string[]): boolean {
  const most = forgivenSlips(word.length);
  return others.some((other) => other.startsWith(word) || slips(word, other, most) <= most);
}

/**
 * Who of a movie's people a search found it by: the one whose name holds the most of the words that
 * the title does not. One statement for all of them.
 *
 * @returns by movie; a movie that the title or the story explains is not in it.
 */
export function peopleFoundBy(db: Db, found: readonly Named[], text: string): Map<string, string> {
  const words = wordsOf(folded(text));
  const unexplained = new Map<string, string[]>();
  for (const { id, title } of found) {
    const inTitle = wordsOf(folded(title));
    const rest = words.filter((word) => !isAmong(word, inTitle));
    if (rest.length > 0) unexplained.set(id, rest);
  }
  const by = new Map<string, string>();
  if (unexplained.size === 0) return by;
  const rows = db
    .select({ movieId: credits.movieId, name: people.name })
    .from(credits)
    .innerJoin(people, eq(people.id, credits.personId))
    // Writers are not searched.
    .where(and(inArray(credits.movieId, [...unexplained.keys()]), ne(credits.kind, "writer")))
    .orderBy(asc(credits.position))
    .all();
  const most = new Map<string, number>();
  for (const { movieId, name } of rows) {
    const names = wordsOf(folded(name));
    const held = unexplained.get(movieId)?.filter((word) => isAmong(word, names)).length ?? 0;
    if (held > (most.get(movieId) ?? 0)) {
      most.set(movieId, held);
      by.set(movieId, name);
    }
  }
  return by;
}
