import { BookmarkPlus, Eye, EyeOff, PartyPopper } from "lucide-react";
import type { Metadata } from "next";
import { LivePage } from "@/app/_components/live/live-page";
import { MovieGrid } from "@/app/_components/movies/movie-grid";
import { listSorts, SortLinks } from "@/app/_components/movies/sort-links";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { LinkButton } from "@/app/_components/ui/link-button";
import { PageHeading } from "@/app/_components/ui/page-heading";
import { Pages } from "@/app/_components/ui/pages";
import { workLeft } from "@/app/_components/words/measures";
import { countMoviesFor, loadMovies } from "@/lib/movies/loaders";
import { pageLocale, words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words("list"))("title") };
}

const changes = ["movie"] as const;

interface MyListPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

interface View {
  sort: (typeof listSorts)[number];
  hidesWatched: boolean;
}

function addressOf({ sort, hidesWatched }: View, page = 1): string {
  const parameters = new URLSearchParams();
  if (sort !== "added") parameters.set("sort", sort);
  if (hidesWatched) parameters.set("watched", "false");
  if (page > 1) parameters.set("page", String(page));
  return parameters.size > 0 ? `/my-list?${parameters}` : "/my-list";
}

/** What this person keeps for later: all of it, or what they have not seen yet. */
export default async function MyListPage({ searchParams }: MyListPageProps) {
  const given = await searchParams;
  const view: View = {
    sort: listSorts.find((name) => name === given.sort) ?? "added",
    hidesWatched: given.watched === "false",
  };
  const watched = view.hidesWatched ? "false" : undefined;
  const [movies, seen, t, locale] = await Promise.all([
    loadMovies({ list: "mine", sort: view.sort, watched, page: given.page, pageSize: "60" }),
    countMoviesFor({ list: "mine", watched: "true" }),
    words("list"),
    pageLocale(),
  ]);
  const { total, items } = movies;
  const minutes = items.reduce((sum, movie) => sum + (movie.runtimeMinutes ?? 0), 0);
  // Of one page of many it would tell nobody anything.
  const time = total === items.length && minutes > 0 ? workLeft(minutes * 60, locale) : null;
  const count = t("count", { count: total });
  return (
    <div className="gutter grid grid-cols-1 gap-5 pt-6 md:pt-10">
      <PageHeading
        title={t("title")}
        description={total > 0 && (time ? t("countAndTime", { count: total, time }) : count)}
        actions={
          seen > 0 && (
            <LinkButton
              data-stop
              tone="quiet"
              href={addressOf({ ...view, hidesWatched: !view.hidesWatched })}
              className="-mx-4"
            >
              {view.hidesWatched ? (
                <Eye aria-hidden className="size-5" />
              ) : (
                <EyeOff aria-hidden className="size-5" />
              )}
              {t(view.hidesWatched ? "showWatched" : "hideWatched", { count: seen })}
            </LinkButton>
          )
        }
      />
      {total > 0 && (
        <>
          <SortLinks current={view.sort} href={(sort) => addressOf({ ...view, sort })} />
          <MovieGrid movies={items} onList />
          <Pages {...movies} href={(page) => addressOf(view, page)} />
        </>
      )}
      {total === 0 && (
        <EmptyState
          icon={seen > 0 ? PartyPopper : BookmarkPlus}
          title={seen > 0 ? t("allSeenTitle") : t("emptyTitle")}
          action={<LinkButton href="/movies">{t("emptyAction")}</LinkButton>}
        >
          {seen > 0 ? t("allSeen") : t("empty")}
        </EmptyState>
      )}
      <LivePage on={changes} exceptProgress />
    </div>
  );
}
