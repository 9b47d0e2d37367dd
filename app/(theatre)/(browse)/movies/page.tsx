import { Clapperboard } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { LivePage } from "@/app/_components/live/live-page";
import { MovieGrid } from "@/app/_components/movies/movie-grid";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { LinkPending } from "@/app/_components/ui/link-pending";
import { PageHeading } from "@/app/_components/ui/page-heading";
import { Pages } from "@/app/_components/ui/pages";
import { loadGenres, loadMovies } from "@/lib/movies/loaders";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words("browse"))("title") };
}

const changes = ["movie"] as const;
const sorts = ["added", "title", "release", "rating"] as const;

interface MoviesPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Everything there is, by genre and in an order of one's choice; both stand in the address. */
export default async function MoviesPage({ searchParams }: MoviesPageProps) {
  const given = await searchParams;
  const sort = sorts.find((name) => name === given.sort) ?? "added";
  const [movies, genres, t] = await Promise.all([
    loadMovies({ genre: given.genre, sort, page: given.page, pageSize: "60" }),
    loadGenres(),
    words("browse"),
  ]);
  const genre = genres.find(({ id }) => String(id) === given.genre);
  const href = (changed: Record<string, string | undefined>) => {
    const parameters = { genre: genre && String(genre.id), sort, ...changed };
    const kept = Object.entries(parameters).filter(
      (pair): pair is [string, string] =>
        pair[1] !== undefined && !(pair[0] === "sort" && pair[1] === "added"),
    );
    return kept.length > 0 ? `/movies?${new URLSearchParams(kept)}` : "/movies";
  };
  return (
    <div className="gutter grid grid-cols-1 gap-5 pt-6 md:pt-10">
      <LivePage on={changes} />
      <PageHeading
        title={genre?.name ?? t("title")}
        description={t("count", { count: movies.total })}
      />
      <div className="grid grid-cols-1 gap-1">
        {genres.length > 0 && (
          <Choices
            label={t("genres")}
            choices={[
              { href: href({ genre: undefined }), label: t("allGenres"), current: !genre },
              ...genres.map(({ id, name }) => ({
                href: href({ genre: String(id) }),
                label: name,
                current: id === genre?.id,
              })),
            ]}
          />
        )}
        <Choices
          label={t("order")}
          choices={sorts.map((name) => ({
            href: href({ sort: name }),
            label: t(`sort.${name}`),
            current: name === sort,
          }))}
        />
      </div>
      {movies.total === 0 ? (
        <EmptyState icon={Clapperboard} title={t("emptyTitle")}>
          {t("empty")}
        </EmptyState>
      ) : (
        <>
          <MovieGrid movies={movies.items} />
          <Pages {...movies} href={(page) => href({ page: String(page) })} />
        </>
      )}
    </div>
  );
}

interface ChoicesProps {
  label: string;
  choices: { href: string; label: string; current: boolean }[];
}

/** One out of several, as links in a line that scrolls sideways when there are many. */
function Choices({ label, choices }: ChoicesProps) {
  return (
    <nav aria-label={label} className="scroller -mx-(--gutter)">
      <ul data-row className="gutter flex w-max gap-2 py-1">
        {choices.map((choice) => (
          <li key={choice.label}>
            <Link
              href={choice.href}
              data-stop
              prefetch={false}
              aria-current={choice.current ? "true" : undefined}
              className="relative flex h-11 items-center rounded-full border border-line px-4 whitespace-nowrap text-faint transition-colors hover:border-faint hover:text-text aria-[current=true]:border-lamp aria-[current=true]:text-lamp"
            >
              {choice.label}
              <LinkPending />
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
