"use client";

import { useOptimistic, useTransition } from "react";
import { useTranslations } from "use-intl";
import {
  changeMetadataLanguageAction,
  changeSettingsAction,
  changeTmdbKeyAction,
  checkFormAction,
  testTmdbKeyAction,
} from "@/lib/settings/actions";
import { CommandButton } from "../ui/command-button";
import { Select } from "../ui/select";
import { showToast } from "../ui/toast";
import { useCommand } from "../ui/use-command";
import { SavingForm } from "./saving-form";
import { SettingField, type SettingState } from "./setting-field";
import { useTrial } from "./test-button";

/** The TMDB key, tried at TMDB before it is kept. */
export function TmdbKeyForm({ state }: { state: SettingState }) {
  const t = useTranslations("settingsForm");
  const { button, answer, forget } = useTrial(testTmdbKeyAction, ({ elapsedMs }) =>
    t("tmdbAnswers", { milliseconds: elapsedMs }),
  );
  return (
    <SavingForm
      action={changeTmdbKeyAction}
      check={(values) => checkFormAction({ form: "tmdb", values })}
      submit={t("checkAndSave")}
      said={t("tmdbSaved")}
      insist={{ label: t("saveUnchecked"), when: () => true }}
      disabled={state.variable !== null}
      aside={
        <>
          {button}
          {state.isSet && state.variable === null && (
            <CommandButton
              tone="quiet"
              command={() => changeSettingsAction({ tmdbApiKey: null })}
              said={t("tmdbRemoved")}
              ask={{
                title: t("tmdbRemoveTitle"),
                description: t("tmdbRemoveDescription"),
                confirm: t("remove"),
              }}
            >
              {t("removeKey")}
            </CommandButton>
          )}
        </>
      }
    >
      {(errors) => (
        // What was tried is no longer what stands here once somebody types.
        <div onInput={forget} className="grid grid-cols-1 gap-5">
          <SettingField
            name="tmdbApiKey"
            label={t("tmdbKey")}
            hint={t("tmdbKeyHint")}
            secret
            required
            state={state}
            error={errors.tmdbApiKey}
          />
          {answer}
        </div>
      )}
    </SavingForm>
  );
}

interface MetadataLanguageProps {
  languages: { code: string; name: string }[];
  chosen: string;
}

/** The language of titles and stories. Saved at once, as other languages are. */
export function MetadataLanguage({ languages, chosen }: MetadataLanguageProps) {
  const t = useTranslations("settingsForm");
  const { run } = useCommand();
  const [, startTransition] = useTransition();
  const [shown, show] = useOptimistic(chosen);
  const isListed = languages.some(({ code }) => code === shown);
  return (
    <Select
      label={<span className="sr-only">{t("metadataLanguage")}</span>}
      hint={t("metadataLanguageHint")}
      value={shown}
      onChange={({ target: { value: metadataLanguage } }) =>
        startTransition(() => {
          show(metadataLanguage);
          run(
            () => changeMetadataLanguageAction({ metadataLanguage }),
            () => showToast({ message: t("metadataLanguageSaved") }),
          );
        })
      }
    >
      {!isListed && <option value={shown}>{shown}</option>}
      {languages.map(({ code, name }) => (
        <option key={code} value={code}>
          {name}
        </option>
      ))}
    </Select>
  );
}
