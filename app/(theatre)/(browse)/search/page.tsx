import { Search, SearchX } from "lucide-react";
import type { Metadata } from "next";
import { Suspense } from "react";
import { LivePage } from "@/app/_components/live/live-page";
import { MovieGrid } from "@/app/_components/movies/movie-grid";
import { SearchField } from "@/app/_components/shell/search-field";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { PageHeading } from "@/app/_components/ui/page-heading";
import { Pages } from "@/app/_components/ui/pages";
import { requireUser } from "@/lib/auth/current-user";
import { loadMovies } from "@/lib/movies/loaders";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words("search"))("title") };
}

const changes = ["movie"] as const;

interface SearchPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function SearchPage({ searchParams }: SearchPageProps) {
  await requireUser();
  const { query: given, page } = await searchParams;
  const query = typeof given === "string" ? given.trim().slice(0, 200) : "";
  const t = await words("search");
  return (
    <div className="gutter grid grid-cols-1 gap-6 pt-6 md:pt-10">
      <LivePage on={changes} />
      <PageHeading title={query ? t("resultsTitle", { query }) : t("title")} />
      <Suspense fallback={<div className="h-11 md:hidden" />}>
        <SearchField className="md:hidden" />
      </Suspense>
      {query ? (
        <Results query={query} page={page} />
      ) : (
        <EmptyState icon={Search} title={t("startTitle")}>
          {t("start")}
        </EmptyState>
      )}
    </div>
  );
}

interface ResultsProps {
  query: string;
  page: string | string[] | undefined;
}

async function Results({ query, page }: ResultsProps) {
  const [movies, t] = await Promise.all([
    loadMovies({ query, page, pageSize: "60" }),
    words("search"),
  ]);
  if (movies.total === 0) {
    return (
      <EmptyState icon={SearchX} title={t("noneTitle", { query })}>
        {t("none")}
      </EmptyState>
    );
  }
  return (
    <>
      <p role="status" className="text-faint">
        {t("count", { count: movies.total })}
      </p>
      <MovieGrid movies={movies.items} />
      <Pages
        {...movies}
        href={(number) => `/search?${new URLSearchParams({ query, page: String(number) })}`}
      />
    </>
  );
}
