import { Search, SearchX } from "lucide-react";
import type { Metadata } from "next";
import { Suspense } from "react";
import { LivePage } from "@/app/_components/live/live-page";
import { MovieGrid } from "@/app/_components/movies/movie-grid";
import { SearchField } from "@/app/_components/shell/search-field";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { LinkButton } from "@/app/_components/ui/link-button";
import { PageHeading } from "@/app/_components/ui/page-heading";
import { Pages } from "@/app/_components/ui/pages";
import { requireUser } from "@/lib/auth/current-user";
import { loadMovies } from "@/lib/movies/loaders";
import { loadRequestLinks } from "@/lib/requests/loaders";
import { loadMayAdd } from "@/lib/sources/loaders";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words("search"))("title") };
}

const changes = ["movie"] as const;

interface SearchPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Results follow the field while one types: the page is asked for anew and keeps its place. */
export default async function SearchPage({ searchParams }: SearchPageProps) {
  await requireUser();
  const { query: given, page } = await searchParams;
  const query = typeof given === "string" ? given.trim().slice(0, 200) : "";
  const [t, movies] = await Promise.all([
    words("search"),
    query ? loadMovies({ query, page, pageSize: "60" }) : null,
  ]);
  const total = movies?.total ?? 0;
  return (
    <div className="gutter grid grid-cols-1 gap-6 pt-6 md:pt-10">
      <LivePage on={changes} exceptProgress />
      {/* On a phone the field right below says it already. */}
      <div className={query ? "max-md:sr-only" : undefined}>
        <PageHeading
          title={
            <span className="line-clamp-2">
              {query ? t("resultsTitle", { query }) : t("title")}
            </span>
          }
        />
      </div>
      <Suspense fallback={<div className="h-11 md:hidden" />}>
        <SearchField className="md:hidden" />
      </Suspense>
      {/* Always there, so that a screen reader hears what changes in it. */}
      <p role="status" className={movies && total > 0 ? "-mt-3 text-faint" : "sr-only"}>
        {movies?.didYouMean
          ? t("closest", { query, name: movies.didYouMean, count: total })
          : movies && (total > 0 ? t("count", { count: total }) : t("noneTitle", { query }))}
      </p>
      {!movies && (
        <EmptyState icon={Search} title={t("startTitle")}>
          {t("start")}
        </EmptyState>
      )}
      {movies && total === 0 && (
        <EmptyState
          icon={SearchX}
          title={t("noneTitle", { query })}
          action={<GetIt query={query} />}
        >
          {t("none")}
        </EmptyState>
      )}
      {movies && total > 0 && (
        <>
          <MovieGrid movies={movies.items} />
          <Pages
            {...movies}
            href={(number) => `/search?${new URLSearchParams({ query, page: String(number) })}`}
          />
        </>
      )}
    </div>
  );
}

/** What is not in the library can be added, or asked for. */
async function GetIt({ query }: { query: string }) {
  const [mayAdd, { mayAsk }, t] = await Promise.all([
    loadMayAdd(),
    loadRequestLinks(),
    words("requests"),
  ]);
  if (!mayAdd && !mayAsk) return null;
  const asked = new URLSearchParams({ query });
  return (
    <LinkButton href={mayAdd ? `/manage/add?${asked}` : `/requests?${asked}`}>
      {mayAdd ? t("add") : t("ask")}
    </LinkButton>
  );
}
