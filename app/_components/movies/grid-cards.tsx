"use client";

import type { CardFacts } from "./card-facts";
import { MovieCard } from "./movie-card";

const cardSizes =
  "(min-width: 96rem) 13rem, (min-width: 64rem) 16vw, (min-width: 40rem) 24vw, 45vw";

interface GridCardsProps {
  movies: readonly CardFacts[];
  /** They are the person's list. */
  onList?: boolean;
}

/** The cards of a grid. */
export function GridCards({ movies, onList = false }: GridCardsProps) {
  return (
    <ul
      data-row
      className="grid grid-cols-[repeat(auto-fill,minmax(min(9rem,42vw),1fr))] gap-x-3 gap-y-6 sm:gap-x-4 lg:grid-cols-[repeat(auto-fill,minmax(11rem,1fr))] 2xl:grid-cols-[repeat(auto-fill,minmax(13rem,1fr))]"
    >
      {movies.map((movie, index) => (
        <li key={movie.id} className="min-w-0">
          <MovieCard movie={movie} sizes={cardSizes} first={index < 6} onList={onList} />
        </li>
      ))}
    </ul>
  );
}
