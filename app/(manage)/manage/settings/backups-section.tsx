import { DatabaseBackup } from "lucide-react";
import { BackupRow } from "@/app/_components/backups/backup-row";
import { DeleteHeldFiles } from "@/app/_components/backups/delete-held-files";
import { MakeBackup } from "@/app/_components/backups/make-backup";
import { SectionCard } from "@/app/_components/settings/section-card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { Notice } from "@/app/_components/ui/notice";
import { sizeText } from "@/app/_components/words/measures";
import { WordsProvider } from "@/app/_components/words-provider";
import { loadBackups } from "@/lib/backups/loaders";
import { viewerTimeZone } from "@/lib/web/time-zone";
import { pageLocale, words } from "@/lib/web/words";

/** Copies of the library's memory: what there is, one more, and the way back to one. */
export async function BackupsSection() {
  const [{ backups, folder, problem, held }, locale, timeZone, t] = await Promise.all([
    loadBackups(),
    pageLocale(),
    viewerTimeZone(),
    words("backups"),
  ]);
  const moments = new Intl.DateTimeFormat(locale, {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone,
  });
  const dateOf = (at: string) => moments.format(new Date(at));
  return (
    <WordsProvider locale={locale} namespaces={["common", "backups"]}>
      {problem && (
        <Notice tone="danger" title={t("problemTitle")}>
          {problem}
        </Notice>
      )}
      {held && (
        <Notice
          title={t("heldTitle", { size: sizeText(held.sizeBytes, locale) })}
          action={<DeleteHeldFiles />}
        >
          {held.before ? t("heldWithBackup", { date: dateOf(held.before) }) : t("heldAlone")}
        </Notice>
      )}
      <SectionCard title={t("listTitle")} description={t("listDescription")}>
        <MakeBackup />
        {backups.length === 0 ? (
          <EmptyState icon={DatabaseBackup} title={t("emptyTitle")}>
            {t("emptyDescription")}
          </EmptyState>
        ) : (
          <ul
            aria-label={t("listTitle")}
            className="-mb-5 divide-y divide-line border-t border-line"
          >
            {backups.map((backup) => (
              <BackupRow key={backup.name} backup={backup} date={dateOf(backup.createdAt)} />
            ))}
          </ul>
        )}
        {backups.length > 0 && (
          <div className="-mx-4 -mb-4 grid gap-1 border-t border-line px-4 pt-3 pb-4 text-caption text-faint sm:-mx-5 sm:-mb-5 sm:px-5 sm:pb-5">
            <p>
              {t("folder", {
                size: sizeText(
                  backups.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
                  locale,
                ),
              })}{" "}
              <code dir="ltr" className="break-all text-text select-all">
                {folder}
              </code>
            </p>
            <p>{t("folderHint")}</p>
          </div>
        )}
      </SectionCard>
    </WordsProvider>
  );
}
