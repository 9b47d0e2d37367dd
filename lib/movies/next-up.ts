import { and, desc, eq, isNull, ne } from "drizzle-orm";
import { listEntries, movies, watched } from "@/db/schema";
import type { Db } from "@/lib/db";
import { cardsOf, type Reader } from "./cards";
import type { MovieCard } from "./schema";

/**
 * What a person may want to watch after a movie: what they put on their list last and can watch
 * now, else the most similar of what they have not seen. Null when there is neither.
 *
 * @param args.similar asked for only when the list has nothing; the most alike first.
 */
export async function nextUpOf(
  db: Db,
  reader: Reader,
  args: { movieId: string; similar: () => MovieCard[] | Promise<MovieCard[]> },
): Promise<MovieCard | null> {
  const ofReader = and(eq(watched.movieId, movies.id), eq(watched.userId, reader.userId));
  const listed = db
    .select({ id: movies.id })
    .from(listEntries)
    .innerJoin(movies, eq(movies.id, listEntries.movieId))
    .leftJoin(watched, ofReader)
    .where(
      and(
        eq(listEntries.userId, reader.userId),
        ne(movies.id, args.movieId),
        eq(movies.status, "ready"),
        isNull(movies.binnedAt),
        isNull(watched.movieId),
      ),
    )
    .orderBy(desc(listEntries.addedAt), desc(movies.num))
    .limit(1)
    .get();
  if (listed) return cardsOf(db, [listed.id], reader)[0] ?? null;
  return (await args.similar()).find((card) => !card.watched) ?? null;
}
