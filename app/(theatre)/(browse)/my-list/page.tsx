import { BookmarkPlus } from "lucide-react";
import type { Metadata } from "next";
import { LivePage } from "@/app/_components/live/live-page";
import { MovieGrid } from "@/app/_components/movies/movie-grid";
import { listSorts, SortLinks } from "@/app/_components/movies/sort-links";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { LinkButton } from "@/app/_components/ui/link-button";
import { PageHeading } from "@/app/_components/ui/page-heading";
import { Pages } from "@/app/_components/ui/pages";
import { loadMovies } from "@/lib/movies/loaders";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words("list"))("title") };
}

const changes = ["movie"] as const;

interface MyListPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** What this person keeps for later. */
export default async function MyListPage({ searchParams }: MyListPageProps) {
  const given = await searchParams;
  const sort = listSorts.find((name) => name === given.sort) ?? "added";
  const [movies, t] = await Promise.all([
    loadMovies({ list: "mine", sort, page: given.page, pageSize: "60" }),
    words("list"),
  ]);
  const href = (changed: { sort?: string; page?: number }) => {
    const parameters = new URLSearchParams();
    const order = changed.sort ?? sort;
    if (order !== "added") parameters.set("sort", order);
    if (changed.page && changed.page > 1) parameters.set("page", String(changed.page));
    return parameters.size > 0 ? `/my-list?${parameters}` : "/my-list";
  };
  return (
    <div className="gutter grid grid-cols-1 gap-5 pt-6 md:pt-10">
      <PageHeading
        title={t("title")}
        description={movies.total > 0 && t("count", { count: movies.total })}
      />
      {movies.total === 0 ? (
        <EmptyState
          icon={BookmarkPlus}
          title={t("emptyTitle")}
          action={<LinkButton href="/movies">{t("emptyAction")}</LinkButton>}
        >
          {t("empty")}
        </EmptyState>
      ) : (
        <>
          <SortLinks current={sort} href={(name) => href({ sort: name })} />
          <MovieGrid movies={movies.items} />
          <Pages {...movies} href={(page) => href({ page })} />
        </>
      )}
      <LivePage on={changes} exceptProgress />
    </div>
  );
}
