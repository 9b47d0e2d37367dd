import { Play } from "lucide-react";
import Link from "next/link";
import type { MovieCard } from "@/lib/movies/schema";
import { pageLocale, words } from "@/lib/web/words";
import { LinkPending } from "../ui/link-pending";
import { timeLeft } from "../words/measures";
import { Moment } from "../words/moment";
import { Picture } from "./picture";
import { RemoveBegun } from "./remove-begun";

const sizes = "(min-width: 64rem) 30vw, (min-width: 40rem) 45vw, 92vw";

/** Movies that somebody stopped in the middle of: the picture goes on with one, its title tells more. */
export function BegunGrid({ movies }: { movies: readonly MovieCard[] }) {
  return (
    <ul
      data-row
      className="grid grid-cols-[repeat(auto-fill,minmax(min(17rem,100%),1fr))] gap-x-5 gap-y-7 2xl:grid-cols-[repeat(auto-fill,minmax(22rem,1fr))]"
    >
      {movies.map((movie, index) => (
        <li key={movie.id} className="min-w-0">
          <Begun movie={movie} first={index < 3} />
        </li>
      ))}
    </ul>
  );
}

async function Begun({ movie, first }: { movie: MovieCard; first: boolean }) {
  const [t, home, locale] = await Promise.all([words("movie"), words("home"), pageLocale()]);
  const { id, title, progress, backdrop, poster } = movie;
  const canPlay = movie.status === "ready" || movie.quality !== null;
  const picture = backdrop ?? poster;
  return (
    <article>
      <Link
        href={canPlay ? `/watch/${id}` : `/movies/${id}`}
        prefetch={false}
        data-stop
        aria-label={canPlay ? home("resumeTitle", { title }) : title}
        className="group relative grid aspect-video place-items-center overflow-hidden rounded-card bg-linear-to-b from-raised to-surface"
      >
        {picture ? (
          <Picture
            picture={picture}
            sizes={sizes}
            first={first}
            className="absolute inset-0 size-full transition group-hover:brightness-110"
          />
        ) : (
          <span dir="auto" className="line-clamp-3 px-6 text-center font-semibold text-faint">
            {title}
          </span>
        )}
        {canPlay && (
          <span className="absolute start-3 bottom-5 grid size-11 place-items-center rounded-full bg-ink/85 text-text transition-colors group-hover:bg-lamp group-hover:text-lamp-ink group-focus-visible:bg-lamp group-focus-visible:text-lamp-ink">
            <Play aria-hidden className="size-5 fill-current" />
          </span>
        )}
        {progress && (
          <span className="absolute inset-x-3 bottom-2.5 h-1 overflow-hidden rounded-full bg-ink/80">
            <span
              className="block h-full rounded-full bg-lamp"
              style={{
                width: `${Math.min(100, Math.max(2, (progress.positionSeconds / progress.durationSeconds) * 100))}%`,
              }}
            />
          </span>
        )}
        <LinkPending />
      </Link>
      <div className="mt-2 flex items-start gap-1">
        <Link
          href={`/movies/${id}`}
          prefetch={false}
          data-stop
          className="group grid min-h-11 min-w-0 grow content-start rounded-lg"
        >
          <h2 className="line-clamp-2 font-medium group-hover:underline">
            <bdi>{title}</bdi>
          </h2>
          {progress && (
            <p data-numbers className="text-caption text-faint">
              {t("left", { time: timeLeft(progress, locale) })} · <Moment at={progress.updatedAt} />
            </p>
          )}
        </Link>
        {progress && <RemoveBegun movieId={id} title={title} progress={progress} />}
      </div>
    </article>
  );
}
