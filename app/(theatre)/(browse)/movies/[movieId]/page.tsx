import { Clapperboard, ExternalLink } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { LivePage } from "@/app/_components/live/live-page";
import { Backdrop } from "@/app/_components/movies/backdrop";
import { Cast } from "@/app/_components/movies/cast";
import { Decision } from "@/app/_components/movies/decision";
import { FactsLine } from "@/app/_components/movies/facts";
import { ListButton } from "@/app/_components/movies/list-button";
import { MovieMenu } from "@/app/_components/movies/movie-menu";
import { PlayButton } from "@/app/_components/movies/play-button";
import { Poster } from "@/app/_components/movies/poster";
import { Scrim } from "@/app/_components/movies/scrim";
import { Timeline } from "@/app/_components/movies/timeline";
import { VersionList } from "@/app/_components/movies/version-list";
import { SubtitleSection } from "@/app/_components/subtitles/subtitle-section";
import { buttonClass } from "@/app/_components/ui/button-look";
import { Notice } from "@/app/_components/ui/notice";
import { requireUser } from "@/lib/auth/current-user";
import { loadMovie } from "@/lib/movies/loaders";
import type { MovieView } from "@/lib/movies/schema";
import { loadSubtitleTools } from "@/lib/subtitles/loaders";
import { words } from "@/lib/web/words";

interface MoviePageProps {
  params: Promise<{ movieId: string }>;
}

const changes = ["movie", "download", "job"] as const;

export async function generateMetadata({ params }: MoviePageProps): Promise<Metadata> {
  const movie = await loadMovie((await params).movieId);
  return movie ? { title: movie.title } : {};
}

export default async function MoviePage({ params }: MoviePageProps) {
  const [movie, user, t] = await Promise.all([
    params.then(({ movieId }) => loadMovie(movieId)),
    requireUser(),
    words("movie"),
  ]);
  if (!movie) notFound();
  const isAdmin = user.role === "admin";
  return (
    <>
      <article className="grid grid-cols-1 gap-8 md:gap-10">
        <MovieHead movie={movie} isAdmin={isAdmin} />
        {movie.cast.length > 0 && (
          <section aria-labelledby="cast">
            <h2 id="cast" className="gutter text-heading">
              {t("cast")}
            </h2>
            <Cast cast={movie.cast} />
          </section>
        )}
        <div className="gutter grid grid-cols-1 gap-8 lg:grid-cols-[minmax(0,1fr)_22rem] lg:gap-12">
          {movie.versions.length > 0 && (
            <section aria-labelledby="versions" className="grid content-start gap-3">
              <h2 id="versions" className="text-heading">
                {t("versions")}
              </h2>
              <VersionList versions={movie.versions} mayMake={isAdmin} />
              <div className="mt-5">
                <SubtitleSection
                  movieId={movie.id}
                  versions={movie.versions}
                  tools={await loadSubtitleTools()}
                />
              </div>
            </section>
          )}
          <section aria-labelledby="timeline" className="grid content-start gap-4">
            <h2 id="timeline" className="text-heading">
              {t("timeline")}
            </h2>
            <Timeline entries={movie.timeline} />
          </section>
        </div>
      </article>
      <LivePage on={changes} movieId={movie.id} />
    </>
  );
}

/** Backdrop, title, what is known of the movie, and what can be done with it. */
async function MovieHead({ movie, isAdmin }: { movie: MovieView; isAdmin: boolean }) {
  const t = await words("movie");
  // What a choice is about stands above its buttons.
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
          {movie.genres.length > 0 && (
            <p className="text-faint">{movie.genres.map((genre) => genre.name).join(" · ")}</p>
          )}
          {(movie.status !== "ready" || movie.decision) && (
            <Notice
              tone={movie.status === "failed" ? "danger" : "plain"}
              title={t(`status.${movie.decision ? "deciding" : movie.status}`)}
              action={
                movie.decision &&
                isAdmin && <Decision movieId={movie.id} options={movie.decision.options} />
              }
            >
              {asksWhichFilm ? movie.metadataDetail : movie.statusDetail}
            </Notice>
          )}
          <div data-row className="flex scroll-mt-[50svh] flex-wrap gap-3">
            <PlayButton movie={movie} />
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
                <ExternalLink aria-label={t("opensElsewhere")} className="size-4 text-faint" />
              </a>
            )}
            <MovieMenu
              movieId={movie.id}
              title={movie.title}
              watched={movie.watched}
              started={movie.progress !== null}
              mayDelete={isAdmin}
            />
          </div>
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
            <p className="text-faint">
              {t("directedBy", { count: movie.directors.length })}{" "}
              <span dir="auto" className="text-text">
                {movie.directors.join(", ")}
              </span>
            </p>
          )}
        </div>
      </div>
    </header>
  );
}
