import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { Player } from "@/app/_components/player/player";
import { WordsProvider } from "@/app/_components/words-provider";
import { loadMovie } from "@/lib/movies/loaders";
import { loadSubtitleLanguages } from "@/lib/subtitles/loaders";
import { loadWatching } from "@/lib/users/loaders";
import { pageLocale, words } from "@/lib/web/words";
import { watchFacts } from "./watch-facts";
import { watchableVersions } from "./watchable";

interface Props {
  params: Promise<{ movieId: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const movie = await loadMovie((await params).movieId);
  return movie ? { title: movie.title } : {};
}

export default async function WatchPage({ params }: Props) {
  const movie = await loadMovie((await params).movieId);
  if (!movie) notFound();
  const locale = await pageLocale();
  const versions = watchableVersions(movie.versions, locale, await words("player"));
  if (versions.length === 0) redirect(`/movies/${movie.id}?from=watch`);
  return (
    <WordsProvider locale={locale} namespaces={["player", "playerMenu", "watch"]}>
      <Player
        movieId={movie.id}
        title={movie.title}
        versions={versions}
        posterUrl={movie.backdropUrl}
        startSeconds={movie.progress?.positionSeconds ?? 0}
        facts={await watchFacts(movie)}
        watching={await loadWatching(movie.id)}
        subtitleLanguages={await loadSubtitleLanguages()}
      />
    </WordsProvider>
  );
}
