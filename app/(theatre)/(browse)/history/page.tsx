import { History } from "lucide-react";
import type { Metadata } from "next";
import { byDay, dayName } from "@/app/_components/history/by-day";
import { ForgetAll } from "@/app/_components/history/forget";
import { Sitting } from "@/app/_components/history/sitting";
import { TellTimeZone } from "@/app/_components/shell/tell-time-zone";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { LinkButton } from "@/app/_components/ui/link-button";
import { PageHeading } from "@/app/_components/ui/page-heading";
import { Pages } from "@/app/_components/ui/pages";
import { WordsProvider } from "@/app/_components/words-provider";
import { loadHistory } from "@/lib/playback/loaders";
import { viewerTimeZone } from "@/lib/web/time-zone";
import { pageLocale, words } from "@/lib/web/words";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words("history"))("title") };
}

interface HistoryPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function HistoryPage({ searchParams }: HistoryPageProps) {
  const page = Math.max(1, Number.parseInt(String((await searchParams).page), 10) || 1);
  const [history, t, locale, timeZone] = await Promise.all([
    loadHistory(page),
    words("history"),
    pageLocale(),
    viewerTimeZone(),
  ]);
  return (
    <WordsProvider locale={locale} namespaces={["common", "history"]}>
      <div className="mx-auto grid max-w-3xl grid-cols-1 gap-6 px-4 pt-6 md:pt-10">
        <TellTimeZone drawnIn={timeZone} />
        <PageHeading title={t("title")} description={history.total > 0 && t("description")} />
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
            {byDay(history.items, timeZone).map(({ day, entries }) => (
              <section key={day} aria-labelledby={`day-${day}`}>
                <h2 id={`day-${day}`} className="border-b border-line pb-2 text-heading">
                  {dayName(day, new Date(), locale, timeZone)}
                </h2>
                <ul className="divide-y divide-line">
                  {entries.map((sitting) => (
                    <Sitting key={sitting.id} sitting={sitting} timeZone={timeZone} />
                  ))}
                </ul>
              </section>
            ))}
            <Pages {...history} href={(number) => `/history?page=${number}`} />
            <div className="justify-self-center">
              <ForgetAll />
            </div>
          </>
        )}
      </div>
    </WordsProvider>
  );
}
