"use client";

import { useTranslations } from "use-intl";
import { Field } from "@/app/_components/ui/field";
import { setupAction } from "@/lib/users/actions";
import { ActionForm } from "./action-form";
import { NewAccountFields } from "./new-account-fields";

/** The first account; the code of the log for whoever is not at the machine itself. */
export function SetupForm({ needsCode }: { needsCode: boolean }) {
  const t = useTranslations("setup");
  return (
    <ActionForm action={setupAction} submit={t("createAdmin")}>
      {({ errors, sent }) => (
        <>
          {needsCode && (
            <Field
              name="code"
              label={t("code")}
              hint={t("codeHint")}
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
              required
              className="font-mono tracking-widest"
              defaultValue={sent.code}
              error={errors.code}
            />
          )}
          <NewAccountFields errors={errors} sent={sent} />
        </>
      )}
    </ActionForm>
  );
}
