import type { MovieCard as Card } from "@/lib/movies/schema";
import { words } from "@/lib/web/words";
import { cardFacts } from "./card-facts";
import { GridCards } from "./grid-cards";

interface MovieGridProps {
  movies: readonly Card[];
  /** They are the person's list. */
  onList?: boolean;
}

/** Cards in lines; the arrow keys go through it as through a row that wraps. */
export async function MovieGrid({ movies, onList = false }: MovieGridProps) {
  const t = await words("nav");
  return (
    <>
      {/* Cards have headings, which belong below one. */}
      <h2 className="sr-only">{t("movies")}</h2>
      <GridCards movies={await cardFacts(movies)} onList={onList} />
    </>
  );
}
