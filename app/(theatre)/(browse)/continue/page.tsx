import { Clapperboard } from "lucide-react";
import type { Metadata } from "next";
import { LivePage } from "@/app/_components/live/live-page";
import { BegunGrid } from "@/app/_components/movies/begun-grid";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { LinkButton } from "@/app/_components/ui/link-button";
import { PageHeading } from "@/app/_components/ui/page-heading";
import { Pages } from "@/app/_components/ui/pages";
import { loadMovies } from "@/lib/movies/loaders";
import { words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words("home"))("continueWatching") };
}

const changes = ["movie"] as const;

interface ContinuePageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Everything that this person stopped in the middle of, watched last first. */
export default async function ContinuePage({ searchParams }: ContinuePageProps) {
  const { page } = await searchParams;
  const [movies, t] = await Promise.all([
    loadMovies({ list: "continue", page, pageSize: "48" }),
    words("home"),
  ]);
  return (
    <div className="gutter grid grid-cols-1 gap-6 pt-6 md:pt-10">
      <PageHeading
        title={t("continueWatching")}
        description={movies.total > 0 && t("begunCount", { count: movies.total })}
      />
      {movies.total === 0 ? (
        <EmptyState
          icon={Clapperboard}
          title={t("nothingStartedTitle")}
          action={<LinkButton href="/movies">{t("browse")}</LinkButton>}
        >
          {t("nothingStarted")}
        </EmptyState>
      ) : (
        <>
          <BegunGrid movies={movies.items} />
          <Pages {...movies} href={(number) => `/continue?page=${number}`} />
        </>
      )}
      <LivePage on={changes} exceptProgress />
    </div>
  );
}
