"use client";

import { useTranslations } from "use-intl";
import { changeOpenSubtitlesAction, removeOpenSubtitlesAction } from "@/lib/settings/actions";
import { CommandButton } from "../ui/command-button";
import { SavingForm } from "./saving-form";
import { SettingField, type SettingState } from "./setting-field";

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
  return (
    <SavingForm
      action={changeOpenSubtitlesAction}
      submit={t("checkAndSave")}
      said={(quota) =>
        quota?.remaining != null
          ? t("openSubtitlesSavedWithQuota", { remaining: quota.remaining, allowed: quota.allowed })
          : t("openSubtitlesSaved")
      }
      insist={{ label: t("saveUnchecked"), when: (problem) => !problem.errors }}
      disabled={isOwned}
      aside={
        mayRemove && (
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
        )
      }
    >
      {(errors) => (
        <>
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
        </>
      )}
    </SavingForm>
  );
}
