import { Check } from "lucide-react";
import Link from "next/link";
import type { MovieCard as Card, FoundCard } from "@/lib/movies/schema";
import { pageLocale, words } from "@/lib/web/words";
import { Badge } from "../ui/badge";
import { LinkPending } from "../ui/link-pending";
import { timeLeft, yearOf } from "../words/measures";
import { ListToggle } from "./list-toggle";
import { NewBadge } from "./new-badge";
import { Poster } from "./poster";
import { PreparingLabel } from "./preparing-label";
import { statusIcons } from "./status-label";

interface MovieCardProps {
  movie: Card | FoundCard;
  /** How wide it is drawn, as the `sizes` attribute. */
  sizes: string;
  /** In sight when the page opens. */
  first?: boolean;
}

/**
 * A movie in a row or a grid: poster, quality, how far it was watched, and why it is not ready.
 * `CardDetails` finds it by `data-movie` and shows more when it is pointed at, pressed or dwelt on.
 */
export async function MovieCard({ movie, sizes, first = false }: MovieCardProps) {
  const progress = movie.progress;
  const share = progress ? progress.positionSeconds / progress.durationSeconds : 0;
  return (
    <article data-movie={movie.id} className="group relative">
      <Link
        href={`/movies/${movie.id}`}
        data-stop
        draggable={false}
        prefetch={false}
        className="relative block rounded-card"
      >
        <div className="relative overflow-hidden rounded-card bg-surface transition group-hover:brightness-110">
          <Poster title={movie.title} poster={movie.poster} sizes={sizes} first={first} />
          {movie.quality && movie.status === "ready" && (
            <span className="absolute start-2 top-2">
              <Badge>{movie.quality}</Badge>
            </span>
          )}
          <NewBadge movie={movie} />
          <Stage movie={movie} />
          {share > 0 && (
            <div className="absolute inset-x-2 bottom-2 h-1 overflow-hidden rounded-full bg-ink/80">
              <div
                className="h-full rounded-full bg-lamp"
                style={{ width: `${Math.min(100, Math.max(2, share * 100))}%` }}
              />
            </div>
          )}
          <LinkPending />
        </div>
        <h3 className="mt-2 truncate text-[0.9375rem] leading-snug font-medium">
          <bdi>{movie.title}</bdi>
        </h3>
        <Note movie={movie} />
      </Link>
      <ListToggle title={movie.title} inList={movie.inList} />
    </article>
  );
}

/** Why it cannot be watched yet, and how far that is. */
async function Stage({ movie }: { movie: Card }) {
  if (movie.status === "ready") return null;
  const [t, locale] = await Promise.all([words("movie"), pageLocale()]);
  const Icon = statusIcons[movie.status];
  const label = t(`status.${movie.status}`);
  const isOnItsWay = movie.status === "downloading" || movie.status === "processing";
  return (
    <div className="absolute inset-0 grid content-end bg-linear-to-t from-ink via-ink/50 to-ink/25 p-2.5">
      <p
        className={`flex items-center gap-1.5 text-caption font-medium ${movie.status === "failed" ? "text-danger" : "text-text"}`}
      >
        <Icon aria-hidden className="size-4 shrink-0" />
        {isOnItsWay ? (
          <PreparingLabel
            movieId={movie.id}
            locale={locale}
            label={label}
            progress={movie.preparing?.progress ?? null}
          />
        ) : (
          label
        )}
      </p>
    </div>
  );
}

/** The second line: what is left, else the year and that it was seen; and whom a search found it by. */
async function Note({ movie }: { movie: Card | FoundCard }) {
  const [t, locale] = await Promise.all([words("movie"), pageLocale()]);
  const { progress } = movie;
  const foundBy = "foundBy" in movie && movie.foundBy;
  return (
    <>
      <p className="truncate text-caption text-faint">
        {progress
          ? t("left", { time: timeLeft(progress, locale) })
          : (yearOf(movie.releaseDate) ?? t("yearUnknown"))}
        {movie.watched && !progress && (
          <>
            {" · "}
            <Check aria-hidden className="inline size-3.5 align-[-0.125em] text-lamp" />{" "}
            {t("watched")}
          </>
        )}
      </p>
      {foundBy && (
        <p className="truncate text-caption text-text">{t("foundBy", { name: foundBy })}</p>
      )}
    </>
  );
}
