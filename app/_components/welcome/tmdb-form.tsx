"use client";

import { useTranslations } from "use-intl";
import { Button } from "@/app/_components/ui/button";
import { Field } from "@/app/_components/ui/field";
import { LinkButton } from "@/app/_components/ui/link-button";
import { saveTmdbKeyAction } from "@/lib/settings/actions";
import { ActionForm } from "./action-form";

/** The TMDB key, tried at TMDB before it is kept; when TMDB can't be asked, a person may insist. */
export function TmdbForm({ skipTo }: { skipTo: string }) {
  const t = useTranslations("setup");
  return (
    <ActionForm
      action={saveTmdbKeyAction}
      submit={t("tmdbSubmit")}
      aside={<LinkButton href={skipTo}>{t("skip")}</LinkButton>}
    >
      {({ errors, sent, problem }) => (
        <>
          <Field
            name="tmdbApiKey"
            label={t("tmdbKey")}
            hint={t("tmdbKeyHint")}
            autoComplete="off"
            spellCheck={false}
            required
            defaultValue={sent.tmdbApiKey}
            error={errors.tmdbApiKey}
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
