import { Download, Plus } from "lucide-react";
import type { Metadata } from "next";
import { DownloadList } from "@/app/_components/downloads/download-list";
import { WorkTabs } from "@/app/_components/jobs/work-tabs";
import { LivePage } from "@/app/_components/live/live-page";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { LinkButton } from "@/app/_components/ui/link-button";
import { PageHeading } from "@/app/_components/ui/page-heading";
import { loadDownloads } from "@/lib/downloads/loaders";
import { words } from "@/lib/web/words";

const changes = ["download", "movie"] as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words("downloadsPage"))("title") };
}

export default async function DownloadsPage() {
  const [downloads, t] = await Promise.all([loadDownloads(), words("downloadsPage")]);
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
      {downloads.length === 0 ? (
        <EmptyState icon={Download} title={t("emptyTitle")} action={add}>
          {t("empty")}
        </EmptyState>
      ) : (
        <DownloadList downloads={downloads} />
      )}
      <LivePage on={changes} exceptProgress atMostEveryMs={3000} />
    </div>
  );
}
