import { Check, Star } from "lucide-react";
import type { MovieCard } from "@/lib/movies/schema";
import { pageLocale, words } from "@/lib/web/words";
import { Badge } from "../ui/badge";
import { durationText, yearOf } from "../words/measures";

type Facts = Pick<MovieCard, "releaseDate" | "runtimeMinutes" | "score" | "quality" | "watched"> & {
  certification?: string | null;
};

/** Year, length, certification, TMDB's score and that it was seen, in one line, as far as they are known. */
export async function FactsLine({ movie }: { movie: Facts }) {
  const [t, locale] = await Promise.all([words("movie"), pageLocale()]);
  const year = yearOf(movie.releaseDate);
  const parts = [
    year,
    movie.runtimeMinutes ? durationText(movie.runtimeMinutes * 60, locale) : null,
  ].filter((part) => part !== null);
  const score =
    movie.score === null
      ? null
      : new Intl.NumberFormat(locale, {
          minimumFractionDigits: 1,
          maximumFractionDigits: 1,
        }).format(movie.score);
  return (
    <ul
      // Small enough on a phone that no language breaks it before the quality.
      className="flex flex-wrap items-center gap-x-2 gap-y-1.5 text-faint max-sm:text-[0.875rem] sm:gap-x-4"
      data-numbers
    >
      {parts.map((part) => (
        <li key={part} className="whitespace-nowrap">
          {part}
        </li>
      ))}
      {movie.certification && (
        <li>
          <Badge tone="faint">{movie.certification}</Badge>
        </li>
      )}
      {score && (
        <li className="flex items-center gap-1.5">
          <Star aria-hidden className="size-4 fill-lamp text-lamp" />
          <span className="font-semibold text-text">{score}</span>
          <span className="text-caption">{t("scoreSource")}</span>
        </li>
      )}
      {movie.quality && (
        <li>
          <Badge>{movie.quality}</Badge>
        </li>
      )}
      {movie.watched && (
        <li className="flex items-center gap-1.5">
          <Check aria-hidden className="size-4 text-lamp" />
          {t("watched")}
        </li>
      )}
    </ul>
  );
}
