"use client";

import { useLocale, useTranslations } from "use-intl";
import {
  changeOpenSubtitlesAction,
  checkFormAction,
  removeOpenSubtitlesAction,
  testOpenSubtitlesAction,
} from "@/lib/settings/actions";
import { CommandButton } from "../ui/command-button";
import { momentText } from "../words/measures";
import { SavingForm } from "./saving-form";
import { SettingField, type SettingState } from "./setting-field";
import { useTrial } from "./test-button";

interface OpenSubtitlesAccountFormProps {
  username: string | null;
  apiKey: SettingState;
  usernameState: SettingState;
  password: SettingState;
}

/** The account that subtitles are fetched with, tried at OpenSubtitles before it is kept. */
export function OpenSubtitlesAccountForm(props: OpenSubtitlesAccountFormProps) {
  const { username, apiKey, usernameState, password } = props;
  const t = useTranslations("settingsForm");
  const states = [apiKey, usernameState, password];
  const isOwned = states.every(({ variable }) => variable !== null);
  const mayRemove = apiKey.isSet && states.every(({ variable }) => variable === null);
  const locale = useLocale();
  const { button, answer, forget } = useTrial(testOpenSubtitlesAction, (quota) => {
    if (quota?.remaining == null) return t("openSubtitlesAnswers");
    const { remaining, allowed, resetAt } = quota;
    return (
      <>
        {t("openSubtitlesLeft", { remaining, allowed })}
        {resetAt && (
          <> {t("openSubtitlesRenewed", { when: momentText(resetAt, new Date(), locale) })}</>
        )}
      </>
    );
  });
  return (
    <SavingForm
      action={changeOpenSubtitlesAction}
      check={(values) => checkFormAction({ form: "openSubtitles", values })}
      submit={t("checkAndSave")}
      said={(quota) =>
        quota?.remaining != null
          ? t("openSubtitlesSavedWithQuota", { remaining: quota.remaining, allowed: quota.allowed })
          : t("openSubtitlesSaved")
      }
      insist={{ label: t("saveUnchecked"), when: () => true }}
      disabled={isOwned}
      aside={
        <>
          {button}
          {mayRemove && (
            <CommandButton
              tone="quiet"
              command={() => removeOpenSubtitlesAction({})}
              said={t("openSubtitlesRemoved")}
              ask={{
                title: t("openSubtitlesRemoveTitle"),
                description: t("openSubtitlesRemoveDescription"),
                confirm: t("remove"),
              }}
            >
              {t("removeAccount")}
            </CommandButton>
          )}
        </>
      }
    >
      {(errors) => (
        <div onInput={forget} className="grid grid-cols-1 gap-5">
          <SettingField
            name="openSubtitlesApiKey"
            label={t("openSubtitlesKey")}
            hint={t("openSubtitlesKeyHint")}
            secret
            required={!apiKey.isSet}
            state={apiKey}
            error={errors.openSubtitlesApiKey}
          />
          <SettingField
            name="openSubtitlesUsername"
            label={t("openSubtitlesUsername")}
            hint={t("openSubtitlesUsernameHint")}
            defaultValue={username ?? ""}
            state={usernameState}
            error={errors.openSubtitlesUsername}
          />
          <SettingField
            name="openSubtitlesPassword"
            label={t("openSubtitlesPassword")}
            secret
            state={password}
            error={errors.openSubtitlesPassword}
          />
          {answer}
        </div>
      )}
    </SavingForm>
  );
}
