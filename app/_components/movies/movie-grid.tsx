import type { MovieCard as Card } from "@/lib/movies/schema";
import { words } from "@/lib/web/words";
import { cardFacts } from "./card-facts";
import { GridCards } from "./grid-cards";

/** Cards in lines; the arrow keys go through it as through a row that wraps. */
export async function MovieGrid({ movies }: { movies: readonly Card[] }) {
  const t = await words("nav");
  return (
    <>
      {/* Cards have headings, which belong below one. */}
      <h2 className="sr-only">{t("movies")}</h2>
      <GridCards movies={await cardFacts(movies)} />
    </>
  );
}
