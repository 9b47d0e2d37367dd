"use client";

import { History } from "lucide-react";
import { useState } from "react";
import { useLocale, useTranslations } from "use-intl";
import type { BackupView } from "@/lib/backups/schema";
import { Button } from "../ui/button";
import { sizeText } from "../words/measures";
import { RestoreBackup } from "./restore-backup";

interface BackupRowProps {
  backup: BackupView;
  /** When it was made, in words. */
  date: string;
}

/** One backup: when and why it was made, what is in it, and the way back to it. */
export function BackupRow({ backup, date }: BackupRowProps) {
  const t = useTranslations("backups");
  const locale = useLocale();
  const [asking, setAsking] = useState(false);
  return (
    <li className="flex items-center gap-3 py-3">
      <div className="grid min-w-0 grow gap-1">
        <p data-numbers className="font-medium">
          {date}
        </p>
        <p data-numbers className="flex flex-wrap gap-x-4 text-caption text-faint">
          <span className="text-text">{t(`reason.${backup.reason}`)}</span>
          <span>{t("movies", { count: backup.movies })}</span>
          <span>{t("people", { count: backup.people })}</span>
          <span>{sizeText(backup.sizeBytes, locale)}</span>
        </p>
        {backup.isNewer && <p className="text-caption text-faint">{t("isNewer")}</p>}
      </div>
      <Button
        disabled={backup.isNewer}
        aria-label={t("restoreLabel", { date })}
        onClick={() => setAsking(true)}
      >
        <History aria-hidden className="size-5 max-sm:hidden" />
        {t("restore")}
      </Button>
      {asking && <RestoreBackup name={backup.name} date={date} onClose={() => setAsking(false)} />}
    </li>
  );
}
