import { Clapperboard, Plus } from "lucide-react";
import type { Metadata } from "next";
import { WorkTabs } from "@/app/_components/jobs/work-tabs";
import { LivePage } from "@/app/_components/live/live-page";
import { PreparingCard } from "@/app/_components/preparing/preparing-card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { LinkButton } from "@/app/_components/ui/link-button";
import { PageHeading } from "@/app/_components/ui/page-heading";
import { Pages } from "@/app/_components/ui/pages";
import { WordsProvider } from "@/app/_components/words-provider";
import { loadInPreparation } from "@/lib/movies/loaders";
import { pageLocale, words } from "@/lib/web/words";

const changes = ["movie", "download", "job"] as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words("preparing"))("title") };
}

interface PreparingPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Every movie that can't be watched yet: how far it is, and what helps where it does not go on. */
export default async function PreparingPage({ searchParams }: PreparingPageProps) {
  const number = Math.max(1, Number.parseInt(String((await searchParams).page), 10) || 1);
  const [{ items, ...page }, t, locale] = await Promise.all([
    loadInPreparation(number),
    words("preparing"),
    pageLocale(),
  ]);
  const add = (
    <LinkButton tone="primary" href="/manage/add">
      <Plus aria-hidden className="size-5" />
      {t("add")}
    </LinkButton>
  );
  return (
    <div className="mx-auto grid max-w-4xl grid-cols-1 gap-5 px-4 pt-6 md:pt-10">
      <PageHeading
        title={t("title")}
        description={t("description")}
        actions={items.length > 0 && add}
      />
      <WorkTabs current="/manage/preparing" />
      {items.length === 0 ? (
        <EmptyState icon={Clapperboard} title={t("emptyTitle")} action={add}>
          {t("empty")}
        </EmptyState>
      ) : (
        <WordsProvider locale={locale} namespaces={["common", "movieMenu", "moviePage"]}>
          <ul className="grid grid-cols-1 gap-4">
            {items.map((item) => (
              <PreparingCard key={item.movie.id} item={item} />
            ))}
          </ul>
          <Pages {...page} href={(to) => `/manage/preparing?page=${to}`} />
        </WordsProvider>
      )}
      <LivePage on={changes} atMostEveryMs={5000} />
    </div>
  );
}
