"use client";

import { useOptimistic, useTransition } from "react";
import { useTranslations } from "use-intl";
import { changeSettingsAction } from "@/lib/settings/actions";
import { Select } from "../ui/select";
import { showToast } from "../ui/toast";
import { useCommand } from "../ui/use-command";

const choices = [1, 2, 3, 4, 5];

/** How many subtitles a search gets in each language. Saved at once. */
export function PerLanguage({ chosen }: { chosen: number }) {
  const t = useTranslations("settingsForm");
  const { run } = useCommand();
  const [, startTransition] = useTransition();
  const [shown, show] = useOptimistic(chosen);
  return (
    <Select
      label={t("perLanguage")}
      hint={t("perLanguageHint")}
      value={shown}
      onChange={(event) => {
        const subtitlesPerLanguage = Number(event.target.value);
        startTransition(() => {
          show(subtitlesPerLanguage);
          run(
            () => changeSettingsAction({ subtitlesPerLanguage }),
            () => showToast({ message: t("perLanguageSaved") }),
          );
        });
      }}
    >
      {choices.map((count) => (
        <option key={count} value={count}>
          {count}
        </option>
      ))}
    </Select>
  );
}
