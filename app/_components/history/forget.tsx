"use client";

import { Trash2, X } from "lucide-react";
import { useTranslations } from "use-intl";
import { deleteHistoryAction } from "@/lib/playback/actions";
import { CommandButton } from "../ui/command-button";

/** Takes a movie's sittings out of the person's history. */
export function ForgetMovie({ movieId, title }: { movieId: string; title: string }) {
  const t = useTranslations("history");
  return (
    <CommandButton
      square
      tone="quiet"
      label={t("forget", { title })}
      command={() => deleteHistoryAction({ movieId })}
      said={t("forgotten", { title })}
    >
      <X aria-hidden className="size-5" />
    </CommandButton>
  );
}

/** Empties the person's history. */
export function ForgetAll() {
  const t = useTranslations("history");
  return (
    <CommandButton
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
