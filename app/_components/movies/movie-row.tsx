import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useId } from "react";
import type { MovieCard as Card } from "@/lib/movies/schema";
import { LinkPending } from "../ui/link-pending";
import { MovieCard } from "./movie-card";
import { RowScroller } from "./row-scroller";

interface MovieRowProps {
  title: string;
  movies: readonly Card[];
  /** The whole list, which the heading and the end of the row lead to; none where this is all. */
  href?: string;
  /** What the end of the row says; a row that holds the whole list has none. */
  allLabel?: string | undefined;
  /** The first row below the hero: its first posters are fetched at once. */
  first?: boolean;
}

const cardSizes =
  "(min-width: 96rem) 13rem, (min-width: 64rem) 11rem, (min-width: 40rem) 10rem, 36vw";

/** A line of cards that scrolls sideways. Nothing is drawn for a row without movies. */
export function MovieRow({ title, movies, href, allLabel, first = false }: MovieRowProps) {
  const id = useId();
  if (movies.length === 0) return null;
  return (
    <section
      aria-labelledby={id}
      className={`movie-row grid grid-cols-1 gap-1 ${first ? "" : "below-fold"}`}
    >
      <h2 id={id} className="gutter text-heading">
        {href ? (
          <Link
            href={href}
            prefetch={false}
            className="group/all relative -my-2 inline-flex min-h-11 items-center gap-1 rounded-lg pe-1 transition-colors hover:text-lamp"
          >
            {title}
            <ChevronRight
              aria-hidden
              className="size-5 text-faint transition-transform group-hover/all:translate-x-0.5 group-hover/all:text-lamp rtl:rotate-180 rtl:group-hover/all:-translate-x-0.5"
            />
            <LinkPending />
          </Link>
        ) : (
          title
        )}
      </h2>
      <RowScroller>
        <ul data-row className="gutter flex w-max gap-3 py-2 sm:gap-4">
          {movies.map((movie, index) => (
            <li key={movie.id} className="w-(--card) shrink-0 snap-start">
              <MovieCard movie={movie} sizes={cardSizes} first={first && index < 4} />
            </li>
          ))}
          {allLabel && href && (
            <li className="w-(--card) shrink-0 snap-start">
              <Link
                href={href}
                prefetch={false}
                data-stop
                className="relative grid aspect-2/3 place-content-center justify-items-center gap-2 rounded-card border border-line bg-surface p-3 text-center font-medium text-faint transition-colors hover:border-faint hover:text-text"
              >
                <ChevronRight aria-hidden className="size-7 rtl:rotate-180" />
                <span>{allLabel}</span>
                <LinkPending />
              </Link>
            </li>
          )}
        </ul>
      </RowScroller>
    </section>
  );
}
