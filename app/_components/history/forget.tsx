"use client";

import { Trash2 } from "lucide-react";
import { useTranslations } from "use-intl";
import { deleteHistoryAction } from "@/lib/playback/actions";
import { CommandButton } from "../ui/command-button";

/** Empties the person's history. */
export function ForgetAll() {
  const t = useTranslations("history");
  return (
    <CommandButton
      tone="quiet"
      command={() => deleteHistoryAction({})}
      said={t("allForgotten")}
      ask={{
        title: t("forgetAllTitle"),
        description: t("forgetAllDescription"),
        confirm: t("forgetAll"),
      }}
    >
      <Trash2 aria-hidden className="size-5" />
      {t("forgetAll")}
    </CommandButton>
  );
}
