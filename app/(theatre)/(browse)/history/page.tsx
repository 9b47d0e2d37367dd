import { History } from "lucide-react";
import type { Metadata } from "next";
import { ForgetAll } from "@/app/_components/history/forget";
import { Sitting } from "@/app/_components/history/sitting";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { LinkButton } from "@/app/_components/ui/link-button";
import { PageHeading } from "@/app/_components/ui/page-heading";
import { Pages } from "@/app/_components/ui/pages";
import { WordsProvider } from "@/app/_components/words-provider";
import { loadHistory } from "@/lib/playback/loaders";
import { pageLocale, words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words("history"))("title") };
}

interface HistoryPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function HistoryPage({ searchParams }: HistoryPageProps) {
  const page = Math.max(1, Number.parseInt(String((await searchParams).page), 10) || 1);
  const [history, t] = await Promise.all([loadHistory(page), words("history")]);
  return (
    <WordsProvider locale={await pageLocale()} namespaces={["common", "history"]}>
      <div className="mx-auto grid max-w-3xl grid-cols-1 gap-6 px-4 pt-6 md:pt-10">
        <PageHeading
          title={t("title")}
          description={history.total > 0 && t("description")}
          actions={history.total > 0 && <ForgetAll />}
        />
        {history.total === 0 ? (
          <EmptyState
            icon={History}
            title={t("emptyTitle")}
            action={<LinkButton href="/movies">{t("emptyAction")}</LinkButton>}
          >
            {t("empty")}
          </EmptyState>
        ) : (
          <>
            <ul className="divide-y divide-line">
              {history.items.map((sitting) => (
                <Sitting key={sitting.id} sitting={sitting} />
              ))}
            </ul>
            <Pages {...history} href={(number) => `/history?page=${number}`} />
          </>
        )}
      </div>
    </WordsProvider>
  );
}
