import { useId } from "react";
import type { MovieCard as Card } from "@/lib/movies/schema";
import { MovieCard } from "./movie-card";
import { RowScroller } from "./row-scroller";

interface MovieRowProps {
  title: string;
  movies: readonly Card[];
  /** The first row below the hero: its first posters are fetched at once. */
  first?: boolean;
}

const cardSizes =
  "(min-width: 96rem) 13rem, (min-width: 64rem) 11rem, (min-width: 40rem) 10rem, 36vw";

/** A line of cards that scrolls sideways. Nothing is drawn for a row without movies. */
export function MovieRow({ title, movies, first = false }: MovieRowProps) {
  const id = useId();
  if (movies.length === 0) return null;
  return (
    <section aria-labelledby={id} className="grid grid-cols-1 gap-1">
      <h2 id={id} className="gutter text-heading">
        {title}
      </h2>
      <RowScroller>
        <ul data-row className="gutter flex w-max gap-3 py-2 sm:gap-4">
          {movies.map((movie, index) => (
            <li
              key={movie.id}
              className="w-[36vw] max-w-40 shrink-0 snap-start sm:w-40 lg:w-44 lg:max-w-none 2xl:w-52"
            >
              <MovieCard movie={movie} sizes={cardSizes} first={first && index < 4} />
            </li>
          ))}
        </ul>
      </RowScroller>
    </section>
  );
}
