"use client";

import { Trash2 } from "lucide-react";
import { useTranslations } from "use-intl";
import { deleteVersionAction } from "@/lib/versions/actions";
import { CommandButton } from "../ui/command-button";

interface DeleteVersionProps {
  versionId: string;
  /** What the version is called on its card. */
  name: string;
}

/** Deletes a version with its files and its download, after a question. */
export function DeleteVersion({ versionId, name }: DeleteVersionProps) {
  const t = useTranslations("versionMenu");
  return (
    <CommandButton
      square
      tone="quiet"
      label={t("delete", { name })}
      command={() => deleteVersionAction({ versionId })}
      said={t("deleted")}
      ask={{
        title: t("deleteTitle"),
        description: t("deleteDescription"),
        confirm: t("deleteConfirm"),
      }}
    >
      <Trash2 aria-hidden className="size-5" />
    </CommandButton>
  );
}
