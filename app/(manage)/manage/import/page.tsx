import { FolderPlus, Settings } from "lucide-react";
import type { Metadata } from "next";
import { FolderCard } from "@/app/_components/imports/folder-card";
import { GroupLinks } from "@/app/_components/imports/group-links";
import { ImportRows } from "@/app/_components/imports/import-rows";
import { ScanState } from "@/app/_components/imports/scan-state";
import { LivePage } from "@/app/_components/live/live-page";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { LinkButton } from "@/app/_components/ui/link-button";
import { PageHeading } from "@/app/_components/ui/page-heading";
import { Pages } from "@/app/_components/ui/pages";
import { loadImportFolders, loadScan } from "@/lib/imports/loaders";
import { words } from "@/lib/web/words";

const changes = ["job", "movie"] as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await words("folders"))("title") };
}

interface ImportPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Films that are on the server's disk already: found, matched, and taken into the library. */
export default async function ImportPage({ searchParams }: ImportPageProps) {
  const parameters = await searchParams;
  const [{ folders, isOwned }, t] = await Promise.all([loadImportFolders(), words("folders")]);
  const newest = folders
    .flatMap(({ scan }) => scan ?? [])
    .sort((a, b) => b.startedAt.localeCompare(a.startedAt))[0];
  const asked = typeof parameters.scan === "string" ? parameters.scan : undefined;
  const shown = (await loadScan(asked, parameters)) ?? (await loadScan(newest?.id, parameters));
  const href = (page: number, group = shown?.group) => {
    const query = new URLSearchParams({ scan: shown?.scan.id ?? "" });
    if (group) query.set("group", group);
    if (page > 1) query.set("page", String(page));
    return `/manage/import?${query}`;
  };
  return (
    <div className="mx-auto grid max-w-4xl grid-cols-1 gap-5 px-4 pt-6 md:pt-10">
      <PageHeading
        title={t("title")}
        description={t("description")}
        actions={
          folders.length > 0 &&
          !isOwned && (
            <LinkButton href="/manage/settings/folders">
              <Settings aria-hidden className="size-5" />
              {t("changeFolders")}
            </LinkButton>
          )
        }
      />
      {folders.length === 0 ? (
        <EmptyState
          icon={FolderPlus}
          title={t("noneTitle")}
          action={
            !isOwned && (
              <LinkButton tone="primary" href="/manage/settings/folders">
                {t("noneAction")}
              </LinkButton>
            )
          }
        >
          {t("none")}
        </EmptyState>
      ) : (
        <ul aria-label={t("foldersLabel")} className="grid grid-cols-1 gap-3">
          {folders.map((folder) => (
            <FolderCard
              key={folder.path}
              folder={folder}
              isShown={folder.scan !== null && folder.scan.id === shown?.scan.id}
            />
          ))}
        </ul>
      )}
      {shown && (
        <section aria-label={t("foundTitle")} className="grid grid-cols-1 gap-4">
          <ScanState scan={shown.scan} />
          {shown.scan.films > 0 && (
            <>
              <GroupLinks scan={shown.scan} group={shown.group} href={(group) => href(1, group)} />
              <ImportRows
                // What was ticked on one page says nothing of another.
                key={`${shown.scan.id} ${shown.group} ${shown.rows.page}`}
                scanId={shown.scan.id}
                rows={shown.rows.items}
                readyCount={shown.scan.groups.ready}
              />
              <Pages {...shown.rows} href={(page) => href(page)} />
            </>
          )}
        </section>
      )}
      <LivePage on={changes} />
    </div>
  );
}
