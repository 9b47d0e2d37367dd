"use client";

import { ArrowDown, ArrowUp, X } from "lucide-react";
import { useOptimistic, useState, useTransition } from "react";
import { useTranslations } from "use-intl";
import { changeSettingsAction } from "@/lib/settings/actions";
import { countMissingAction, fetchLanguageAction } from "@/lib/subtitles/actions";
import { Button } from "../ui/button";
import { CommandButton } from "../ui/command-button";
import { Notice } from "../ui/notice";
import { Select } from "../ui/select";
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

  function move(code: string, by: -1 | 1) {
    const from = shown.indexOf(code);
    const next = shown.filter((one) => one !== code);
    next.splice(from + by, 0, code);
    change(next);
  }

  const isOwned = variable !== null;
  return (
    <div className="grid grid-cols-1 gap-4">
      {shown.length === 0 ? (
        <p className="text-faint">{t("noLanguages")}</p>
      ) : (
        <ol className="divide-y divide-line rounded-lg border border-line bg-ink">
          {shown.map((code, at) => (
            <li key={code} className="flex min-h-13 items-center gap-1 ps-4 pe-1">
              <span data-numbers className="w-6 text-faint">
                {at + 1}
              </span>
              <span className="min-w-0 grow truncate font-medium">{nameOf(code)}</span>
              {!isOwned && (
                <>
                  <Button
                    square
                    tone="quiet"
                    disabled={at === 0}
                    aria-label={t("languageUp", { language: nameOf(code) })}
                    onClick={() => move(code, -1)}
                  >
                    <ArrowUp aria-hidden className="size-5" />
                  </Button>
                  <Button
                    square
                    tone="quiet"
                    disabled={at === shown.length - 1}
                    aria-label={t("languageDown", { language: nameOf(code) })}
                    onClick={() => move(code, 1)}
                  >
                    <ArrowDown aria-hidden className="size-5" />
                  </Button>
                  <Button
                    square
                    tone="quiet"
                    aria-label={t("languageRemove", { language: nameOf(code) })}
                    onClick={() => change(shown.filter((one) => one !== code))}
                  >
                    <X aria-hidden className="size-5" />
                  </Button>
                </>
              )}
            </li>
          ))}
        </ol>
      )}
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
      {isOwned ? (
        <p className="text-caption text-faint">{t("owned", { variable })}</p>
      ) : (
        <Select
          label={t("addLanguage")}
          value=""
          disabled={shown.length >= 20}
          onChange={(event) => add(event.target.value)}
        >
          <option value="">{t("chooseLanguage")}</option>
          {languages
            .filter(({ code }) => !shown.includes(code))
            .map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
        </Select>
      )}
    </div>
  );
}
