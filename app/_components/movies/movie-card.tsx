import Link from "next/link";
import type { MovieCard as Card } from "@/lib/movies/schema";
import { pageLocale, words } from "@/lib/web/words";
import { Badge } from "../ui/badge";
import { LinkPending } from "../ui/link-pending";
import { timeLeft, yearOf } from "../words/measures";
import { ListToggle } from "./list-toggle";
import { NewBadge } from "./new-badge";
import { Poster } from "./poster";
import { statusIcons } from "./status-label";

interface MovieCardProps {
  movie: Card;
  /** How wide it is drawn, as the `sizes` attribute. */
  sizes: string;
  /** In sight when the page opens. */
  first?: boolean;
}

/** A movie in a row or a grid: poster, quality, how far it was watched, and why it is not ready. */
export async function MovieCard({ movie, sizes, first = false }: MovieCardProps) {
  const [t, locale] = await Promise.all([words("movie"), pageLocale()]);
  const progress = movie.progress;
  const share = progress ? progress.positionSeconds / progress.durationSeconds : 0;
  const Icon = movie.status === "ready" ? null : statusIcons[movie.status];
  const year = yearOf(movie.releaseDate);
  return (
    <article className="group relative">
      <Link
        href={`/movies/${movie.id}`}
        data-stop
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
          {Icon && (
            <div className="absolute inset-0 grid content-end bg-linear-to-t from-ink via-ink/50 to-ink/25 p-2.5">
              <p
                className={`flex items-center gap-1.5 text-caption font-medium ${movie.status === "failed" ? "text-danger" : "text-text"}`}
              >
                <Icon aria-hidden className="size-4 shrink-0" />
                {t(`status.${movie.status}`)}
              </p>
            </div>
          )}
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
        <p className="truncate text-caption text-faint">
          {progress ? t("left", { time: timeLeft(progress, locale) }) : (year ?? t("yearUnknown"))}
        </p>
      </Link>
      <ListToggle movieId={movie.id} title={movie.title} inList={movie.inList} />
    </article>
  );
}
