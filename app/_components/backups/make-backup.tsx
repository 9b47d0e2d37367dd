"use client";

import { DatabaseBackup } from "lucide-react";
import { useTranslations } from "use-intl";
import { makeBackupAction } from "@/lib/backups/actions";
import { CommandButton } from "../ui/command-button";

/** Makes a backup now. */
export function MakeBackup() {
  const t = useTranslations("backups");
  return (
    <div>
      <CommandButton tone="primary" command={() => makeBackupAction({})} said={t("madeSaid")}>
        <DatabaseBackup aria-hidden className="size-5" />
        {t("make")}
      </CommandButton>
    </div>
  );
}
