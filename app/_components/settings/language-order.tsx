"use client";

import { useOptimistic, useState, useTransition } from "react";
import { useTranslations } from "use-intl";
import { changeSettingsAction } from "@/lib/settings/actions";
import { countMissingAction, fetchLanguageAction } from "@/lib/subtitles/actions";
import { ChoiceOrder } from "../ui/choice-order";
import { CommandButton } from "../ui/command-button";
import { Notice } from "../ui/notice";
import { showToast } from "../ui/toast";
import { useCommand } from "../ui/use-command";

interface LanguageOrderProps {
  languages: { code: string; name: string }[];
  chosen: string[];
  /** The variable that owns the list: then it is only shown. */
  variable: string | null;
}

/** The household's subtitle languages, best first. Every change is saved at once. */
export function LanguageOrder({ languages, chosen, variable }: LanguageOrderProps) {
  const t = useTranslations("settingsForm");
  const { run } = useCommand();
  const [, startTransition] = useTransition();
  const [shown, show] = useOptimistic(chosen);
  const [missing, setMissing] = useState<{ code: string; movies: number } | null>(null);
  const nameOf = (code: string) => languages.find((one) => one.code === code)?.name ?? code;

  function change(next: string[]) {
    startTransition(() => {
      show(next);
      run(
        () => changeSettingsAction({ subtitleLanguages: next }),
        () => showToast({ message: t("languagesSaved") }),
      );
    });
  }

  /** A language that is new may be wanted for the films that are there already, too. */
  function add(code: string) {
    change([...shown, code]);
    startTransition(async () => {
      const counted = await countMissingAction({ language: code }).catch(() => null);
      setMissing(counted?.ok && counted.data.movies > 0 ? { code, ...counted.data } : null);
    });
  }

  return (
    <div className="grid grid-cols-1 gap-4">
      <ChoiceOrder
        label={t("languagesList")}
        choices={languages}
        chosen={shown}
        most={20}
        none={t("noLanguages")}
        addLabel={t("addLanguage")}
        onChange={variable === null ? change : undefined}
        onAdd={add}
      />
      {missing && shown.includes(missing.code) && (
        <Notice
          live
          title={t("languageMissing", { count: missing.movies, language: nameOf(missing.code) })}
          action={
            <CommandButton
              command={async () => {
                const outcome = await fetchLanguageAction({ language: missing.code });
                if (outcome.ok) setMissing(null);
                return outcome;
              }}
              said={({ jobs }) => t("languageFetchSaid", { count: jobs })}
            >
              {t("languageFetch")}
            </CommandButton>
          }
        />
      )}
      {variable !== null && <p className="text-caption text-faint">{t("owned", { variable })}</p>}
    </div>
  );
}
