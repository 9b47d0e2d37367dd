"use client";

import { Trash2 } from "lucide-react";
import { useTranslations } from "use-intl";
import { deleteHeldFilesAction } from "@/lib/backups/actions";
import { CommandButton } from "../ui/command-button";

/** Deletes what a restore left without an owner, after a question. */
export function DeleteHeldFiles() {
  const t = useTranslations("backups");
  return (
    <CommandButton
      command={() => deleteHeldFilesAction({})}
      said={t("heldDeletedSaid")}
      ask={{
        title: t("heldDeleteTitle"),
        description: t("heldDeleteDescription"),
        confirm: t("heldDelete"),
      }}
    >
      <Trash2 aria-hidden className="size-5" />
      {t("heldDelete")}
    </CommandButton>
  );
}
