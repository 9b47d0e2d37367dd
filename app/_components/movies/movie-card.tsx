"use client";

import { Check } from "lucide-react";
import Link from "next/link";
import { useLocale } from "use-intl";
import { Badge } from "../ui/badge";
import { LinkPending } from "../ui/link-pending";
import type { CardFacts } from "./card-facts";
import { ListToggle } from "./list-toggle";
import { Poster } from "./poster";
import { PreparingLabel } from "./preparing-label";
import { statusIcons } from "./status-label";

interface MovieCardProps {
  movie: CardFacts;
  /** How wide it is drawn, as the `sizes` attribute. */
  sizes: string;
  /** In sight when the page opens. */
  first?: boolean;
  /** Fingers see the button of the list as well. */
  onList?: boolean;
}

/**
 * A movie in a row or a grid: poster, quality, how far it was watched, and why it is not ready.
 * `CardDetails` finds it by `data-movie` and shows more when it is pointed at, pressed or dwelt on.
 * Drawn from its facts on both sides: a card that travelled as elements would weigh five times as
 * much, and take as much longer to make.
 */
export function MovieCard({ movie, sizes, first = false, onList = false }: MovieCardProps) {
  const { id, title, poster, quality, newLabel, share } = movie;
  return (
    <article data-movie={id} className="group relative">
      <Link
        href={`/movies/${id}`}
        data-stop
        draggable={false}
        prefetch={false}
        className="relative block rounded-card"
      >
        <div className="relative overflow-hidden rounded-card bg-surface transition group-hover:brightness-110">
          <Poster title={title} poster={pictureOf(poster)} sizes={sizes} first={first} />
          {quality && (
            <span className="absolute start-2 top-2">
              <Badge tone="faint">{quality}</Badge>
            </span>
          )}
          {newLabel && (
            <span className="absolute start-2 bottom-2">
              <Badge tone="lamp">{newLabel}</Badge>
            </span>
          )}
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
        <h3 className="mt-2 line-clamp-2 text-[0.9375rem] leading-snug font-medium">
          <bdi>{title}</bdi>
        </h3>
        <p className="truncate text-caption text-faint">
          {movie.note}
          {movie.watchedLabel && (
            <>
              {movie.note && " · "}
              <Check aria-hidden className="inline size-3.5 align-[-0.125em] text-lamp" />{" "}
              {movie.watchedLabel}
            </>
          )}
        </p>
        {movie.foundBy && <p className="truncate text-caption text-text">{movie.foundBy}</p>}
      </Link>
      <ListToggle title={title} label={movie.listLabel} inList={movie.inList} forFingers={onList} />
    </article>
  );
}

function pictureOf(poster: CardFacts["poster"]) {
  if (!poster) return null;
  const { folder, widths, ...known } = poster;
  const sizes = widths.map((width) => ({ width, url: `${folder}/${width}.webp` }));
  return { ...known, sizes, url: sizes.at(-1)?.url ?? "" };
}

/** Why it cannot be watched yet, and how far that is. */
function Stage({ movie: { id, stage } }: { movie: CardFacts }) {
  const locale = useLocale();
  if (!stage) return null;
  const { status, label, progress } = stage;
  const Icon = statusIcons[status];
  const isOnItsWay = status === "downloading" || status === "processing";
  return (
    <div className="absolute inset-0 grid content-end bg-linear-to-t from-ink via-ink/50 to-ink/25 p-2.5">
      <p
        className={`flex items-center gap-1.5 text-caption font-medium ${status === "failed" ? "text-danger" : "text-text"}`}
      >
        <Icon aria-hidden className="size-4 shrink-0" />
        {isOnItsWay ? (
          <PreparingLabel movieId={id} locale={locale} label={label} progress={progress} />
        ) : (
          label
        )}
      </p>
    </div>
  );
}
