import { Clapperboard, Plus } from "lucide-react";
import { LivePage } from "@/app/_components/live/live-page";
import { Hero } from "@/app/_components/movies/hero";
import { MovieRow } from "@/app/_components/movies/movie-row";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { LinkButton } from "@/app/_components/ui/link-button";
import { loadHome } from "@/lib/movies/loaders";
import { loadMayAdd } from "@/lib/sources/loaders";
import { words } from "@/lib/web/words";

const changes = ["movie"] as const;

export default async function HomePage() {
  const [home, mayAdd, t] = await Promise.all([loadHome(), loadMayAdd(), words("home")]);
  if (!home.hero) {
    return (
      <>
        <h1 className="sr-only">{t("title")}</h1>
        <EmptyState
          icon={Clapperboard}
          title={t("emptyTitle")}
          action={
            mayAdd && (
              <LinkButton tone="primary" href="/manage/add">
                <Plus aria-hidden className="size-5" />
                {t("emptyAction")}
              </LinkButton>
            )
          }
        >
          {mayAdd ? t("emptyAdmin") : t("emptyMember")}
        </EmptyState>
        <LivePage on={changes} />
      </>
    );
  }
  return (
    <>
      <Hero movie={home.hero} />
      <div className="grid grid-cols-1 gap-7 pt-2 md:gap-9">
        <MovieRow first title={t("continueWatching")} movies={home.continueWatching} />
        <MovieRow title={t("myList")} movies={home.myList} />
        <MovieRow title={t("recentlyAdded")} movies={home.recentlyAdded} />
        {home.byGenre.map(({ genre, movies }) => (
          <MovieRow key={genre.id} title={genre.name} movies={movies} />
        ))}
      </div>
      <LivePage on={changes} />
    </>
  );
}
