import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { LivePage } from "@/app/_components/live/live-page";
import { About } from "@/app/_components/movies/about";
import { Cast } from "@/app/_components/movies/cast";
import { MovieDetails } from "@/app/_components/movies/movie-details";
import { MovieHead } from "@/app/_components/movies/movie-head";
import { MovieRow } from "@/app/_components/movies/movie-row";
import { NothingToWatch } from "@/app/_components/movies/nothing-to-watch";
import { requireUser } from "@/lib/auth/current-user";
import { loadBinDays } from "@/lib/bin/loaders";
import { loadMayChange } from "@/lib/demo/loaders";
import { loadAddedBy, loadMovie, loadSimilar, loadStanding } from "@/lib/movies/loaders";
import { loadSubtitleTools } from "@/lib/subtitles/loaders";
import { words } from "@/lib/web/words";

interface MoviePageProps {
  params: Promise<{ movieId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const changes = ["movie", "download", "job"] as const;

export async function generateMetadata({
  params,
}: Pick<MoviePageProps, "params">): Promise<Metadata> {
  const movie = await loadMovie((await params).movieId);
  return movie ? { title: movie.title } : {};
}

/**
 * A movie in the order in which people want it: play, story and people first, then what is known of
 * its files. While it can't be watched yet, where it stands comes first.
 */
export default async function MoviePage({ params, searchParams }: MoviePageProps) {
  const [movie, user, t, { part }] = await Promise.all([
    params.then(({ movieId }) => loadMovie(movieId)),
    requireUser(),
    words("movie"),
    searchParams,
  ]);
  if (!movie) notFound();
  const isAdmin = user.role === "admin";
  const isWatchable = movie.versions.some(({ status }) => status === "ready");
  const [standing, addedBy, similar, subtitleTools, binDays, mayHandOn] = await Promise.all([
    movie.status === "ready" && !movie.decision ? null : loadStanding(movie.id),
    loadAddedBy(movie.id),
    loadSimilar(movie.id),
    loadSubtitleTools(),
    isAdmin ? loadBinDays() : 0,
    loadMayChange(),
  ]);
  const details = (
    <div className="gutter grid grid-cols-1 gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1fr)_22rem]">
      <MovieDetails {...{ movie, isAdmin, mayHandOn, binDays, subtitleTools }} openPart={part} />
      {/* What is known of the film is for everybody, what is known of its files for few. */}
      <div className={isWatchable ? "max-lg:row-start-1" : undefined}>
        <About movie={movie} addedBy={addedBy} />
      </div>
    </div>
  );
  return (
    <>
      <article className="grid grid-cols-1 gap-8 md:gap-10">
        <MovieHead {...{ movie, standing, isAdmin, binDays }} />
        {!isWatchable && details}
        {movie.cast.length > 0 && (
          <section aria-labelledby="cast">
            <h2 id="cast" className="gutter text-heading">
              {t("cast")}
            </h2>
            <Cast cast={movie.cast} />
          </section>
        )}
        <MovieRow title={t("similar")} movies={similar} />
        {isWatchable && details}
      </article>
      {!isWatchable && (
        <NothingToWatch
          message={t("nothingToWatch", { title: movie.title })}
          detail={t("nothingToWatchDetail")}
        />
      )}
      <LivePage on={changes} movieId={movie.id} />
    </>
  );
}
