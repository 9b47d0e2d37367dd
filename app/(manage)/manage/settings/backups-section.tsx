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
  const [{ backups, problem, held }, locale, timeZone, t] = await Promise.all([
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
            className="-mb-3 divide-y divide-line border-t border-line"
          >
            {backups.map((backup) => (
              <BackupRow key={backup.name} backup={backup} date={dateOf(backup.createdAt)} />
            ))}
          </ul>
        )}
      </SectionCard>
    </WordsProvider>
  );
}
