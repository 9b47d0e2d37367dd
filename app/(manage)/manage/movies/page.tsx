import { Clapperboard, FilterX, HardDrive } from "lucide-react";
import type { Metadata } from "next";
import { BulkBar } from "@/app/_components/library/bulk-bar";
import { FilterForm } from "@/app/_components/library/filter-form";
import { isNarrowed, libraryAddress } from "@/app/_components/library/filters";
import { MovieTable } from "@/app/_components/library/movie-table";
import { PageCheckbox, SelectionProvider } from "@/app/_components/library/selection";
import { LivePage } from "@/app/_components/live/live-page";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { LinkButton } from "@/app/_components/ui/link-button";
import { PageHeading } from "@/app/_components/ui/page-heading";
import { Pages } from "@/app/_components/ui/pages";
import { WordsProvider } from "@/app/_components/words-provider";
import { loadLibrary } from "@/lib/library/loaders";
import { pageLocale, words } from "@/lib/web/words";

const changes = ["movie"] as const;
const namespaces = ["common", "bin", "library", "movieEdit", "moviePage"] as const;
/** In the order in which they follow each other. */
const statuses = ["ready", "downloading", "processing", "deciding", "failed"] as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words("library"))("title") };
}

interface LibraryPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Every movie with its files' facts: found, narrowed and ordered by the address, many changed at once. */
export default async function LibraryPage({ searchParams }: LibraryPageProps) {
  const given = await searchParams;
  const [{ query, languages, binDays, ...movies }, t, named, locale] = await Promise.all([
    loadLibrary({ ...given, pageSize: "50" }),
    words("library"),
    words("movie.status"),
    pageLocale(),
  ]);
  const states = [
    { value: "unready", label: t("unready") },
    ...statuses.map((value) => ({ value, label: named(value) })),
  ];
  const { page, pageSize: _, sort, order, ...narrowed } = query;
  // What nobody chose does not stand in the address.
  const isOrdered = given.sort === sort || order !== undefined;
  const filters = { ...narrowed, ...(isOrdered && { sort, order }) };
  const shownOrder = order ?? (sort === "title" ? "asc" : "desc");
  const ids = movies.items.map(({ id }) => id);
  return (
    <div className="gutter grid grid-cols-1 gap-5 pt-6 md:pt-10">
      <PageHeading
        title={t("title")}
        description={<span role="status">{t("count", { count: movies.total })}</span>}
        actions={
          <LinkButton href="/manage/storage">
            <HardDrive aria-hidden className="size-5" />
            {t("storage")}
          </LinkButton>
        }
      />
      <WordsProvider locale={locale} namespaces={namespaces}>
        {(movies.total > 0 || isNarrowed(filters)) && (
          <FilterForm {...{ filters, languages, states, sort }} order={shownOrder} />
        )}
        {movies.items.length > 0 && (
          <SelectionProvider
            key={libraryAddress({ ...filters, sort: undefined, order: undefined })}
          >
            <div className="md:hidden">
              <PageCheckbox ids={ids} label={t("choosePage")} />
            </div>
            <MovieTable {...{ filters, sort, binDays }} rows={movies.items} order={shownOrder} />
            <BulkBar total={movies.total} query={{ ...narrowed, sort, order }} binDays={binDays} />
            <Pages {...movies} href={(number) => libraryAddress(filters, number)} />
          </SelectionProvider>
        )}
      </WordsProvider>
      {movies.items.length === 0 && !isNarrowed(filters) && page === 1 && (
        <EmptyState
          icon={Clapperboard}
          title={t("emptyTitle")}
          action={
            <LinkButton tone="primary" href="/manage/add">
              {t("addFirst")}
            </LinkButton>
          }
        >
          {t("empty")}
        </EmptyState>
      )}
      {movies.items.length === 0 && (isNarrowed(filters) || page > 1) && (
        <EmptyState
          icon={FilterX}
          title={t("nothingFitsTitle")}
          action={<LinkButton href="/manage/movies">{t("clear")}</LinkButton>}
        >
          {t("nothingFits")}
        </EmptyState>
      )}
      <LivePage on={changes} exceptProgress />
    </div>
  );
}
