import { Clapperboard, ExternalLink } from "lucide-react";
import Link from "next/link";
import { Fragment } from "react";
import type { MovieStanding, MovieView } from "@/lib/movies/schema";
import { pageLocale, words } from "@/lib/web/words";
import { buttonClass } from "../ui/button-look";
import { WordsProvider } from "../words-provider";
import { Backdrop } from "./backdrop";
import { FactsLine } from "./facts";
import { ListButton } from "./list-button";
import { MovieMenu } from "./movie-menu";
import { Now } from "./now";
import { PeopleLinks } from "./people-links";
import { PlayButton } from "./play-button";
import { Poster } from "./poster";
import { Scrim } from "./scrim";
import { StartOver } from "./start-over";

interface MovieHeadProps {
  movie: MovieView;
  /** Null while there is nothing to say about it. */
  standing: MovieStanding | null;
  isAdmin: boolean;
  /** For how many days what is deleted can be brought back; 0 for not at all. */
  binDays: number;
}

/** Backdrop, title, what is known of the movie, and what can be done with it. */
export async function MovieHead({ movie, standing, isAdmin, binDays }: MovieHeadProps) {
  const [t, locale] = await Promise.all([words("movie"), pageLocale()]);
  const isWatchable = movie.versions.some(({ status }) => status === "ready");
  const { deadSince = null, isBeingReplaced = false } = standing?.download ?? {};
  const offersRelease = isAdmin && (deadSince !== null || isBeingReplaced);
  const asksWhichFilm = movie.decision !== null && movie.statusDetail === null;
  return (
    <header className="relative isolate overflow-x-clip">
      <Backdrop picture={movie.backdrop} />
      <div
        className={`gutter grid grid-cols-1 items-start gap-x-10 gap-y-5 md:grid-cols-[clamp(12rem,20vw,19rem)_minmax(0,1fr)] ${
          movie.backdrop ? "pt-[min(38vw,14rem)] md:pt-28" : "pt-6 md:pt-14"
        }`}
      >
        <div
          className={`overflow-hidden rounded-card shadow-2xl shadow-ink ${
            movie.backdrop || !movie.poster ? "hidden md:block" : "w-32 md:w-auto"
          }`}
        >
          <Poster
            title={movie.title}
            poster={movie.poster}
            sizes="(min-width: 95rem) 19rem, 20vw"
            first
          />
        </div>
        <div className="relative grid max-w-3xl content-start gap-3.5 self-stretch">
          {movie.backdrop && <Scrim />}
          <div>
            <h1 className="text-title text-balance">
              <bdi>{movie.title}</bdi>
            </h1>
            {movie.originalTitle && movie.originalTitle !== movie.title && (
              <p className="mt-1 text-faint">
                <bdi>{movie.originalTitle}</bdi>
              </p>
            )}
          </div>
          <FactsLine movie={movie} />
          {movie.genres.length > 0 && <GenreLinks genres={movie.genres} />}
          <WordsProvider
            locale={locale}
            namespaces={[
              ...["common", "list", "movieMenu", "moviePage"],
              ...(isAdmin ? ["bin", "movieEdit"] : []),
              ...(offersRelease ? ["downloads", "sourceSearch"] : []),
            ]}
          >
            {standing && <Now movie={movie} standing={standing} mayChange={isAdmin} />}
            <div
              data-row
              className="flex scroll-mt-[50svh] flex-wrap gap-2.5 sm:gap-3 max-sm:[&>:not(:last-child)]:grow"
            >
              {movie.progress && isWatchable ? (
                <div className="flex gap-3 max-sm:w-full [&>:first-child]:shrink">
                  <PlayButton movie={movie} />
                  <StartOver movieId={movie.id} />
                </div>
              ) : (
                <PlayButton movie={movie} />
              )}
              <ListButton movieId={movie.id} title={movie.title} inList={movie.inList} />
              {movie.trailerUrl && (
                <a
                  data-stop
                  href={movie.trailerUrl}
                  target="_blank"
                  rel="noreferrer"
                  className={buttonClass()}
                >
                  <Clapperboard aria-hidden className="size-5" />
                  {t("trailer")}
                  <ExternalLink
                    aria-label={t("opensElsewhere")}
                    className="size-4 text-faint max-sm:sr-only"
                  />
                </a>
              )}
              <MovieMenu
                movie={{
                  id: movie.id,
                  title: movie.title,
                  tmdbId: movie.tmdbId,
                  watched: movie.watched,
                  progress: movie.progress,
                  releaseDate: movie.releaseDate,
                  poster: movie.poster,
                  edited: movie.edited,
                }}
                mayChange={isAdmin}
                binDays={binDays}
              />
            </div>
          </WordsProvider>
          {movie.tagline && (
            <p dir="auto" className="mt-2 text-lg font-medium text-pretty italic">
              {movie.tagline}
            </p>
          )}
          {movie.overview && (
            <p dir="auto" className="text-pretty">
              {movie.overview}
            </p>
          )}
          {movie.metadataDetail && !asksWhichFilm && (
            <p className="text-caption text-faint">{movie.metadataDetail}</p>
          )}
          {movie.directors.length > 0 && (
            <p data-row className="text-faint">
              {t("directedBy", { count: movie.directors.length })}{" "}
              <PeopleLinks names={movie.directors} />
            </p>
          )}
        </div>
      </div>
    </header>
  );
}

/** Each leads to the other movies of its kind. */
function GenreLinks({ genres }: Pick<MovieView, "genres">) {
  return (
    <p data-row className="-my-2 text-faint">
      {genres.map(({ id, name }, place) => (
        <Fragment key={id}>
          {place > 0 && " · "}
          <Link
            href={`/movies?genre=${id}`}
            prefetch={false}
            data-stop
            className="inline-block py-2.5 underline-offset-4 transition-colors hover:text-text hover:underline"
          >
            {name}
          </Link>
        </Fragment>
      ))}
    </p>
  );
}
