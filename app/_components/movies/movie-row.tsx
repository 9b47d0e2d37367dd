import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useId } from "react";
import type { MovieCard as Card } from "@/lib/movies/schema";
import { LinkPending } from "../ui/link-pending";
import { cardFacts } from "./card-facts";
import { RowCards } from "./row-cards";
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

/** A line of cards that scrolls sideways. Nothing is drawn for a row without movies. */
export async function MovieRow({ title, movies, href, allLabel, first = false }: MovieRowProps) {
  const id = useId();
  if (movies.length === 0) return null;
  const facts = await cardFacts(movies);
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
        <RowCards
          movies={facts}
          first={first}
          end={allLabel && href ? { href, label: allLabel } : null}
        />
      </RowScroller>
    </section>
  );
}
