import { BookmarkPlus } from "lucide-react";
import type { Metadata } from "next";
import { LivePage } from "@/app/_components/live/live-page";
import { MovieGrid } from "@/app/_components/movies/movie-grid";
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

export default async function MyListPage({ searchParams }: MyListPageProps) {
  const { page } = await searchParams;
  const [movies, t] = await Promise.all([
    loadMovies({ list: "mine", page, pageSize: "60" }),
    words("list"),
  ]);
  return (
    <div className="gutter grid grid-cols-1 gap-6 pt-6 md:pt-10">
      <LivePage on={changes} />
      <PageHeading title={t("title")} />
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
          <MovieGrid movies={movies.items} />
          <Pages {...movies} href={(number) => `/my-list?page=${number}`} />
        </>
      )}
    </div>
  );
}
