import { Download, Plus } from "lucide-react";
import type { Metadata } from "next";
import { DownloadList } from "@/app/_components/downloads/download-list";
import { TransferState } from "@/app/_components/downloads/transfer-state";
import { WorkTabs } from "@/app/_components/jobs/work-tabs";
import { LivePage } from "@/app/_components/live/live-page";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { LinkButton } from "@/app/_components/ui/link-button";
import { PageHeading } from "@/app/_components/ui/page-heading";
import { WordsProvider } from "@/app/_components/words-provider";
import { loadDownloads, loadTransferState } from "@/lib/downloads/loaders";
import { pageLocale, words } from "@/lib/web/words";

const changes = ["download", "movie"] as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words("downloadsPage"))("title") };
}

export default async function DownloadsPage() {
  const [downloads, transfer, t, locale] = await Promise.all([
    loadDownloads(),
    loadTransferState(),
    words("downloadsPage"),
    pageLocale(),
  ]);
  // Words of releases travel only where one is offered.
  const offersRelease = downloads.some(({ replacement }) => replacement?.release);
  const add = (
    <LinkButton tone="primary" href="/manage/add">
      <Plus aria-hidden className="size-5" />
      {t("add")}
    </LinkButton>
  );
  return (
    <div className="mx-auto grid max-w-4xl grid-cols-1 gap-5 px-4 pt-6 md:pt-10">
      <PageHeading title={t("title")} actions={downloads.length > 0 && add} />
      <WorkTabs current="/manage/downloads" />
      <TransferState state={transfer} />
      {downloads.length === 0 ? (
        <EmptyState icon={Download} title={t("emptyTitle")} action={add}>
          {t("empty")}
        </EmptyState>
      ) : (
        <WordsProvider
          locale={locale}
          namespaces={["common", "downloads", ...(offersRelease ? ["sourceSearch"] : [])]}
        >
          <DownloadList downloads={downloads} />
        </WordsProvider>
      )}
      <LivePage on={changes} exceptProgress atMostEveryMs={3000} />
    </div>
  );
}
