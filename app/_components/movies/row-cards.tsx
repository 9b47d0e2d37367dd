"use client";

import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { startTransition, useEffect, useState } from "react";
import { LinkPending } from "../ui/link-pending";
import type { CardFacts } from "./card-facts";
import { MovieCard } from "./movie-card";

/** As many as a screen of 1920 shows, and as many as show that a row goes on. */
const fittingCards = 9;
const beginningCards = 6;
/** A browser that is never idle, or cannot tell. */
const patienceMs = 1500;

const cardSizes =
  "(min-width: 96rem) 13rem, (min-width: 64rem) 11rem, (min-width: 40rem) 10rem, 36vw";

interface RowCardsProps {
  movies: readonly CardFacts[];
  /** In sight when the page opens. */
  first: boolean;
  /** Where the end of the row leads, and what it says; null where the row is all. */
  end: { href: string; label: string } | null;
}

/**
 * The cards of a row. The page comes with its beginning, which is what fits; the rest is drawn when
 * the browser has nothing better to do, and nobody sees it happen.
 */
export function RowCards({ movies, first, end }: RowCardsProps) {
  const [isWhole, setIsWhole] = useState(false);
  useEffect(() => {
    const draw = () => startTransition(() => setIsWhole(true));
    if (!window.requestIdleCallback) {
      const waiting = setTimeout(draw, patienceMs);
      return () => clearTimeout(waiting);
    }
    const waiting = requestIdleCallback(draw, { timeout: patienceMs });
    return () => cancelIdleCallback(waiting);
  }, []);
  const beginning = first ? fittingCards : beginningCards;
  const shown = isWhole ? movies : movies.slice(0, beginning);
  const isAll = shown.length === movies.length;
  return (
    <ul data-row className="gutter flex w-max gap-3 py-2 sm:gap-4">
      {shown.map((movie, index) => (
        <li key={movie.id} className="w-(--card) shrink-0 snap-start">
          <MovieCard movie={movie} sizes={cardSizes} first={first && index < 4} />
        </li>
      ))}
      {isAll && end && (
        <li className="w-(--card) shrink-0 snap-start">
          <Link
            href={end.href}
            prefetch={false}
            data-stop
            className="relative grid aspect-2/3 place-content-center justify-items-center gap-2 rounded-card border border-line bg-surface p-3 text-center font-medium text-faint transition-colors hover:border-faint hover:text-text"
          >
            <ChevronRight aria-hidden className="size-7 rtl:rotate-180" />
            <span>{end.label}</span>
            <LinkPending />
          </Link>
        </li>
      )}
    </ul>
  );
}
