import { Info } from "lucide-react";
import type { MovieCard } from "@/lib/movies/schema";
import { words } from "@/lib/web/words";
import { LinkButton } from "../ui/link-button";
import { Backdrop } from "./backdrop";
import { FactsLine } from "./facts";
import { ListButton } from "./list-button";
import { PlayButton } from "./play-button";
import { Poster } from "./poster";
import { Scrim } from "./scrim";

/** The movie to go on with, or the newest, over the whole width of the page. */
export async function Hero({ movie }: { movie: MovieCard }) {
  const [t, home] = await Promise.all([words("movie"), words("home")]);
  const label = movie.progress ? home("heroContinue") : home("heroNewest");
  return (
    <section
      aria-label={`${label}: ${movie.title}`}
      className="relative isolate flex overflow-x-clip min-h-[min(60svh,38rem)] items-end md:min-h-[min(68svh,46rem)]"
    >
      <Backdrop picture={movie.backdrop} />
      <div className="gutter flex w-full items-end gap-8 pt-24 pb-8">
        {!movie.backdrop && (
          <div className="hidden w-52 shrink-0 overflow-hidden rounded-card md:block">
            <Poster title={movie.title} poster={movie.poster} sizes="13rem" first />
          </div>
        )}
        <div className="relative grid max-w-3xl min-w-0 gap-3">
          <Scrim />
          <p className="text-caption font-semibold tracking-wide text-lamp">{label}</p>
          <h1 className="line-clamp-3 text-title text-balance">
            <bdi>{movie.title}</bdi>
          </h1>
          <FactsLine movie={movie} />
          {movie.genres.length > 0 && (
            <p className="truncate text-faint">
              {movie.genres.map((genre) => genre.name).join(" · ")}
            </p>
          )}
          <div
            data-row
            className="mt-2 flex scroll-mt-[50svh] flex-wrap gap-2.5 max-sm:*:grow sm:gap-3"
          >
            <PlayButton movie={movie} />
            <LinkButton data-stop href={`/movies/${movie.id}`}>
              <Info aria-hidden className="size-5" />
              {t("details")}
            </LinkButton>
            <ListButton movieId={movie.id} title={movie.title} inList={movie.inList} />
          </div>
        </div>
      </div>
    </section>
  );
}
