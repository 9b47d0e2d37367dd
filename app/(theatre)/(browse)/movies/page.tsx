import { Clapperboard, FilterX } from "lucide-react";
import type { Metadata } from "next";
import { LivePage } from "@/app/_components/live/live-page";
import { addressOf, type Filters, filterNames, filtersOf } from "@/app/_components/movies/filters";
import { GenreChips } from "@/app/_components/movies/genre-chips";
import { MovieFilters } from "@/app/_components/movies/movie-filters";
import { MovieGrid } from "@/app/_components/movies/movie-grid";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { LinkButton } from "@/app/_components/ui/link-button";
import { PageHeading } from "@/app/_components/ui/page-heading";
import { Pages } from "@/app/_components/ui/pages";
import { countMoviesFor, loadFacets, loadMovies } from "@/lib/movies/loaders";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words("browse"))("title") };
}

const changes = ["movie"] as const;

interface MoviesPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** What the loaders know of it: the order in two words. */
function queryOf({ sort, ...filters }: Filters): Record<string, string | undefined> {
  const [column, order] = (sort ?? "added").split("-");
  return { ...filters, sort: column, order };
}

/** Everything there is, narrowed and in an order of one's choice; all of it stands in the address. */
export default async function MoviesPage({ searchParams }: MoviesPageProps) {
  const given = await searchParams;
  const { genres, decades } = await loadFacets();
  const filters = filtersOf(given, { genres, decades });
  const [movies, t] = await Promise.all([
    loadMovies({ ...queryOf(filters), page: given.page, pageSize: "60" }),
    words("browse"),
  ]);
  const genre = genres.find(({ id }) => String(id) === filters.genre);
  const isNarrowed = filterNames.some((name) => filters[name] !== undefined);
  return (
    <div className="gutter grid grid-cols-1 gap-5 pt-6 md:pt-10">
      <PageHeading
        title={genre?.name ?? t("title")}
        description={<span role="status">{t("count", { count: movies.total })}</span>}
      />
      {(movies.total > 0 || isNarrowed) && (
        <div className="grid grid-cols-1 gap-3">
          <GenreChips genres={genres} filters={filters} />
          <MovieFilters filters={filters} decades={decades} total={movies.total} />
        </div>
      )}
      {movies.total > 0 && (
        <>
          <MovieGrid movies={movies.items} />
          <Pages {...movies} href={(page) => addressOf(filters, page)} />
        </>
      )}
      {movies.total === 0 && !isNarrowed && (
        <EmptyState icon={Clapperboard} title={t("emptyTitle")}>
          {t("empty")}
        </EmptyState>
      )}
      {movies.total === 0 && isNarrowed && (
        <NothingFits filters={filters} genreName={genre?.name ?? null} />
      )}
      <LivePage on={changes} exceptProgress />
    </div>
  );
}

/** Which of the filters is one too many: each with how many movies there are without it. */
async function NothingFits({ filters, genreName }: { filters: Filters; genreName: string | null }) {
  const [t, named] = await Promise.all([words("browse"), words("filters")]);
  const chosen = filterNames.filter((name) => filters[name] !== undefined);
  const ways = await Promise.all(
    chosen.map(async (name) => {
      const without = { ...filters, [name]: undefined };
      const value = filters[name] ?? "";
      const label =
        name === "genre"
          ? (genreName ?? "")
          : name === "decade"
            ? named("decadeName", { decade: value })
            : name === "quality"
              ? value
              : named(`${name}Names.${value}`);
      return { without, label, count: await countMoviesFor(queryOf(without)) };
    }),
  );
  const helping = ways.filter(({ count }) => count > 0);
  return (
    <EmptyState
      icon={FilterX}
      title={t("nothingFitsTitle")}
      action={
        <>
          {helping.map(({ without, label, count }) => (
            <LinkButton key={label} href={addressOf(without)}>
              {t("without", { filter: label, count })}
            </LinkButton>
          ))}
          <LinkButton href="/movies" tone="quiet">
            {t("clearFilters")}
          </LinkButton>
        </>
      }
    >
      {t("nothingFits", { count: helping.length })}
    </EmptyState>
  );
}
