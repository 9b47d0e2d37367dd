"use client";

import { useTranslations } from "use-intl";
import { Button } from "@/app/_components/ui/button";
import { Field } from "@/app/_components/ui/field";
import { LinkButton } from "@/app/_components/ui/link-button";
import { saveOpenSubtitlesAction } from "@/lib/settings/actions";
import { ActionForm } from "./action-form";

interface OpenSubtitlesFormProps {
  username: string | null;
  skipTo: string;
}

/** The account that subtitles are fetched with, tried before it is kept; a person may insist. */
export function OpenSubtitlesForm({ username, skipTo }: OpenSubtitlesFormProps) {
  const t = useTranslations("setup");
  return (
    <ActionForm
      action={saveOpenSubtitlesAction}
      submit={t("continue")}
      aside={<LinkButton href={skipTo}>{t("skip")}</LinkButton>}
    >
      {({ errors, sent, problem }) => (
        <>
          <Field
            name="openSubtitlesApiKey"
            label={t("openSubtitlesKey")}
            hint={t("openSubtitlesKeyHint")}
            autoComplete="off"
            spellCheck={false}
            required
            defaultValue={sent.openSubtitlesApiKey}
            error={errors.openSubtitlesApiKey}
          />
          <Field
            name="openSubtitlesUsername"
            label={t("openSubtitlesUsername")}
            hint={t("openSubtitlesUsernameHint")}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            defaultValue={sent.openSubtitlesUsername ?? username ?? undefined}
            error={errors.openSubtitlesUsername}
          />
          <Field
            name="openSubtitlesPassword"
            type="password"
            label={t("openSubtitlesPassword")}
            autoComplete="off"
            defaultValue={sent.openSubtitlesPassword}
            error={errors.openSubtitlesPassword}
          />
          {problem && !problem.errors && (
            <Button type="submit" name="unchecked" value="1" className="justify-self-start">
              {t("tmdbUnchecked")}
            </Button>
          )}
        </>
      )}
    </ActionForm>
  );
}
