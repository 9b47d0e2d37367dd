"use client";

import { useTranslations } from "use-intl";
import { Field } from "@/app/_components/ui/field";
import { resetPasswordAction } from "@/lib/users/actions";
import { ActionForm } from "./action-form";

/** A new password for whoever the link is for. The name is there for password managers. */
export function ResetForm({ code, username }: { code: string; username: string }) {
  const t = useTranslations("resetLink");
  const password = useTranslations("password");
  return (
    <ActionForm action={resetPasswordAction} submit={t("submit")}>
      {({ errors, sent }) => (
        <>
          <input type="hidden" name="code" value={code} />
          <input type="hidden" autoComplete="username" value={username} readOnly />
          <Field
            name="password"
            type="password"
            label={password("new")}
            hint={password("newHint")}
            autoComplete="new-password"
            minLength={8}
            maxLength={200}
            required
            defaultValue={sent.password}
            error={errors.password}
          />
        </>
      )}
    </ActionForm>
  );
}
