import { Inbox } from "lucide-react";
import type { Metadata } from "next";
import { LivePage } from "@/app/_components/live/live-page";
import { RequestRow } from "@/app/_components/requests/request-row";
import { SectionCard } from "@/app/_components/settings/section-card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { PageHeading } from "@/app/_components/ui/page-heading";
import { Pages } from "@/app/_components/ui/pages";
import { WordsProvider } from "@/app/_components/words-provider";
import { loadRequests } from "@/lib/requests/loaders";
import type { RequestView } from "@/lib/requests/schema";
import { pageLocale, words } from "@/lib/web/words";

const changes = ["request", "movie"] as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words("requests"))("title") };
}

interface RequestsPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

function Rows({ requests }: { requests: RequestView[] }) {
  return (
    <ul className="-my-4 divide-y divide-line">
      {requests.map((request) => (
        <RequestRow key={request.id} request={request} />
      ))}
    </ul>
  );
}

/** What people who may not add ask for, and what was said to it. */
export default async function RequestsPage({ searchParams }: RequestsPageProps) {
  const page = Math.max(1, Number.parseInt(String((await searchParams).page), 10) || 1);
  const [{ waiting, settled }, t] = await Promise.all([
    loadRequests({ page, pageSize: 20 }),
    words("requests"),
  ]);
  const isEmpty = waiting.length === 0 && settled.total === 0;
  return (
    <WordsProvider locale={await pageLocale()} namespaces={["common", "requests"]}>
      <div className="mx-auto grid max-w-4xl grid-cols-1 gap-5 px-4 pt-6 md:pt-10">
        <PageHeading title={t("title")} description={t("description")} />
        {isEmpty && (
          <EmptyState icon={Inbox} title={t("noneTitle")}>
            {t("none")}
          </EmptyState>
        )}
        {!isEmpty && (
          <SectionCard
            title={t("waitingTitle")}
            description={waiting.length === 0 && t("noneWaits")}
          >
            {waiting.length > 0 && <Rows requests={waiting} />}
          </SectionCard>
        )}
        {settled.items.length > 0 && (
          <SectionCard title={t("settledTitle")}>
            <Rows requests={settled.items} />
          </SectionCard>
        )}
        <Pages {...settled} href={(number) => `/manage/requests?page=${number}`} />
        <LivePage on={changes} exceptProgress />
      </div>
    </WordsProvider>
  );
}
