import type { Metadata } from "next";
import { LivePage } from "@/app/_components/live/live-page";
import { AskMovie } from "@/app/_components/requests/ask-movie";
import { OwnRequest } from "@/app/_components/requests/own-request";
import { SectionCard } from "@/app/_components/settings/section-card";
import { PageHeading } from "@/app/_components/ui/page-heading";
import { WordsProvider } from "@/app/_components/words-provider";
import { loadOwnRequests } from "@/lib/requests/loaders";
import { pageLocale, words } from "@/lib/web/words";

const changes = ["request", "movie"] as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words("requests"))("askTitle") };
}

interface OwnRequestsPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Where somebody who may not add asks for a movie, and finds what came of it. */
export default async function OwnRequestsPage({ searchParams }: OwnRequestsPageProps) {
  const [{ requests, maySearch }, { query }, t] = await Promise.all([
    loadOwnRequests(),
    searchParams,
    words("requests"),
  ]);
  const initial = typeof query === "string" ? query.slice(0, 300) : "";
  return (
    <WordsProvider locale={await pageLocale()} namespaces={["common", "requests", "sourceSearch"]}>
      <div className="mx-auto grid max-w-3xl grid-cols-1 gap-6 px-4 pt-6 md:pt-10">
        <PageHeading title={t("askTitle")} description={t("askDescription")} />
        <AskMovie key={initial} initial={initial} maySearch={maySearch} />
        <SectionCard title={t("ownTitle")}>
          {requests.length === 0 ? (
            <p className="text-faint">{t("ownNone")}</p>
          ) : (
            <ul className="-my-3 divide-y divide-line">
              {requests.map((request) => (
                <OwnRequest key={request.id} request={request} />
              ))}
            </ul>
          )}
        </SectionCard>
        <LivePage on={changes} exceptProgress />
      </div>
    </WordsProvider>
  );
}
