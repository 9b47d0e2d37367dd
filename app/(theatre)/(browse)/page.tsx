import { Clapperboard, Plus } from "lucide-react";
import { LivePage } from "@/app/_components/live/live-page";
import { Hero } from "@/app/_components/movies/hero";
import { MovieRow } from "@/app/_components/movies/movie-row";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { LinkButton } from "@/app/_components/ui/link-button";
import { loadHome } from "@/lib/movies/loaders";
import { resumeSetup } from "@/lib/settings/loaders";
import { loadMayAdd } from "@/lib/sources/loaders";
import { words } from "@/lib/web/words";

const changes = ["movie"] as const;
/** From here on there may be more than a row shows. */
const fullRow = 12;

export default async function HomePage() {
  const [home, mayAdd, t] = await Promise.all([loadHome(), loadMayAdd(), words("home")]);
  await resumeSetup({ isEmpty: home.hero === null });
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
  const rows = [
    {
      key: "continue",
      title: t("continueWatching"),
      href: "/continue",
      movies: home.continueWatching,
    },
    { key: "list", title: t("myList"), href: "/my-list", movies: home.myList },
    { key: "added", title: t("recentlyAdded"), href: "/movies", movies: home.recentlyAdded },
    {
      key: "rated",
      title: t("topRated"),
      href: "/movies?sort=rating&status=ready",
      movies: home.topRated,
    },
    ...home.byGenre.map(({ genre, movies }) => ({
      key: String(genre.id),
      title: genre.name,
      href: `/movies?genre=${genre.id}&status=ready`,
      movies,
    })),
  ].filter(({ movies }) => movies.length > 0);
  return (
    <>
      <Hero movie={home.hero} />
      <div className="grid grid-cols-1 gap-7 pt-2 md:gap-9">
        {rows.map(({ key, title, href, movies }, index) => (
          <MovieRow
            key={key}
            first={index === 0}
            title={title}
            href={href}
            movies={movies}
            // A short row is the whole list.
            allLabel={movies.length >= fullRow ? t("all") : undefined}
          />
        ))}
      </div>
      <LivePage on={changes} exceptProgress />
    </>
  );
}
